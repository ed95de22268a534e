import type { Card, CardElement } from '../chat/card.ts';
import { refuse } from '../domain/refusal.ts';
import { planAmend } from './amend-request.ts';
import { planDeed, readRequestId } from './decisions.ts';
import { openDialog } from './dialogs.ts';
import type { Command } from './read-command.ts';
import { requestFromText } from './request-from-text.ts';
import { planList, planShow } from './request-list.ts';
import { asPerson, messageCard, type PersonTurn, type Plan, privately, refusedPlan, type Surroundings, type Turn } from './turn.ts';

type RequestCommand = Exclude<Command, { kind: 'other' | 'ports' }>;

export function planCommand(turn: Turn, command: RequestCommand, surroundings: Surroundings): Promise<Plan> {
  switch (command.kind) {
    case 'help':
      return Promise.resolve(commandsPlan(turn, null));
    case 'list':
      return asPerson(turn, 'request.show', (person) => planList(person, surroundings));
    case 'new':
      return asPerson(turn, 'request.submit', (person) => planNew(person, command.text, surroundings));
    case 'show':
      return asPerson(turn, 'request.show', (person) =>
        command.request === null ? planList(person, surroundings) : planShow(person, command.request, surroundings),
      );
    case 'withdraw':
      return asPerson(turn, 'request.withdraw', async (person) => {
        const request = readRequestId(command.request);
        if (request === null) return refusedPlan(turn, 'request.withdraw', null, refuse('which-request.withdraw'));
        return planDeed(person, { deed: 'withdraw', request, version: null, text: command.text }, surroundings);
      });
    case 'amend':
      return asPerson(turn, 'request.edit', async (person) => {
        const id = readRequestId(command.request);
        if (id === null) return refusedPlan(turn, 'request.edit', null, refuse('which-request.amend'));
        const request = await surroundings.store.request(id);
        if (request === null) return refusedPlan(turn, 'request.edit', id, refuse('no-such-request', { request: id }));
        return planAmend(person, request, surroundings);
      });
  }
}

/** The dialog for a new request: with what a text says, or with nothing known. */
export async function planNew(turn: PersonTurn, text: string, surroundings: Surroundings): Promise<Plan> {
  if (!turn.person.powers.includes('request')) return refusedPlan(turn, 'request.submit', null, refuse('may-not-request'));
  if (text.trim() !== '') return requestFromText(turn, text, surroundings);
  return openDialog(turn, 'request-rule', {}, surroundings);
}

const examples = ['list', 'show FCR-12', 'withdraw FCR-12', 'amend FCR-12', 'new', 'help'] as const;

/** What can stand behind `/fcr`; `typed` is what stood there and is none of it. */
export function commandsPlan(turn: Turn, typed: string | null): Plan {
  return { commit: { audit: [] }, reply: privately(turn, [commandsCard(turn, typed)]) };
}

function commandsCard({ knowledge, reader, actor }: Turn, typed: string | null): Card {
  const say = (key: string) => knowledge.say({ key }, reader);
  const head = typed === null ? { key: 'fcr.head' } : { key: 'fcr.unknown', params: { typed } };
  const elements = examples.map((example): CardElement => {
    const [name] = example.split(' ');
    return { kind: 'text', spans: [{ code: `/fcr ${example}` }, ` ${say(`fcr.${name}`)}`] };
  });
  const actions =
    actor.kind === 'person'
      ? ([
          { kind: 'button', label: say('home.button.list'), action: 'requests.list', data: {}, style: 'default' },
          { kind: 'button', label: say('home.button.new'), action: 'requests.new', data: {}, style: 'default' },
        ] as const)
      : [];
  return messageCard(knowledge.say, reader, [head], { elements, actions });
}
