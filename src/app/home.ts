import type { Sender } from '../chat/activity.ts';
import type { Card, CardAction } from '../chat/card.ts';
import type { Home } from '../chat/home.ts';
import type { Person, PersonId } from '../domain/actor.ts';
import { eligibleApprovers, hasPower } from '../domain/authority.ts';
import type { ChangeRequest, RequestState } from '../domain/change-request.ts';
import { finalStates } from '../domain/lifecycle.ts';
import type { Reader } from '../locale.ts';
import type { Draft, Knowledge, Store } from './ports.ts';
import { requestCard } from './request-card.ts';
import { resolveActor } from './resolve-actor.ts';
import { withSettings } from './roster.ts';
import { directoryOf, messageCard, type Surroundings } from './turn.ts';

/** How many stand in a section; the rest is counted. */
const most = 10;

const implementable: readonly RequestState[] = ['approved', 'scheduled', 'implementing'];

/** What a person has under way and what waits for them, each with its next action. */
export async function homeOf(person: Person, knowledge: Knowledge, store: Pick<Store, 'requests' | 'drafts'>): Promise<Home> {
  const { say } = knowledge;
  const requests = await store.requests();
  const drafts = await store.drafts(person.id);
  const directory = directoryOf(knowledge);
  const open = requests.filter(({ state }) => !finalStates.includes(state));
  const mine = open.filter(({ content }) => content.requester === person.id);
  const deciding = open.filter((request) => eligibleApprovers(directory, request).includes(person.id));
  const doing = hasPower(directory, person.id, 'implement') ? open.filter(({ state }) => implementable.includes(state)) : [];
  const cards = (some: readonly ChangeRequest[]): readonly Card[] => some.map((request) => rowCard(request, person.id, knowledge, person));
  return {
    locale: person.locale,
    title: say({ key: 'home.title', params: { person: person.name } }, person),
    sections: [
      section('deciding', cards(deciding), knowledge, person),
      section(
        'drafts',
        drafts.map((draft) => draftCard(draft, knowledge, person)),
        knowledge,
        person,
      ),
      section('mine', cards(mine), knowledge, person),
      ...(hasPower(directory, person.id, 'implement') ? [section('doing', cards(doing), knowledge, person)] : []),
    ],
    actions: person.powers.includes('request') ? [button('new', 'requests.new', {}, knowledge, person, 'primary')] : [],
  };
}

/** For an account that is nobody: what anyone may do. */
export async function homeFor(sender: Sender, { store, knowledge, defaults }: Surroundings): Promise<Home> {
  const known = withSettings(knowledge.current(), await store.settings());
  const actor = resolveActor(sender, known.people);
  if (actor.kind === 'person') return homeOf(actor.person, known, store);
  const { say } = known;
  return {
    locale: defaults.locale,
    title: say({ key: 'home.stranger', params: { account: sender.id } }, defaults),
    sections: [],
    actions: [],
  };
}

function section(name: string, cards: readonly Card[], { say }: Knowledge, reader: Reader): Home['sections'][number] {
  const left = cards.length - most;
  return {
    heading: say({ key: `home.${name}`, params: { count: cards.length } }, reader),
    cards: cards.slice(0, most),
    none: say({ key: `home.${name}.none` }, reader),
    more: left > 0 ? say({ key: 'home.more', params: { count: left } }, reader) : null,
  };
}

/** A request in a few lines, with what this person can do next. */
function rowCard(request: ChangeRequest, person: PersonId, knowledge: Knowledge, reader: Reader): Card {
  const { title, elements, actions, ...card } = requestCard(request, person, knowledge, reader);
  return { ...card, title: null, elements: [{ kind: 'text', spans: [{ strong: title ?? '' }] }, ...elements.slice(0, 1)], actions };
}

function draftCard(draft: Draft, knowledge: Knowledge, reader: Reader): Card {
  const said = Object.values(draft.state.answers).find(({ prefilled, raw }) => !prefilled && raw !== '')?.echo;
  const elements = said === undefined ? [] : [{ kind: 'text', spans: [{ subtle: said }] } as const];
  return messageCard(knowledge.say, reader, [{ key: 'request.list.draft', params: { at: { at: draft.updated_at } } }], {
    elements,
    actions: [button('resume', 'draft.resume', { draft: draft.id }, knowledge, reader)],
  });
}

function button(
  name: string,
  action: string,
  data: Extract<CardAction, { kind: 'button' }>['data'],
  { say }: Knowledge,
  reader: Reader,
  style: 'default' | 'primary' = 'default',
): CardAction {
  return { kind: 'button', label: say({ key: `home.button.${name}` }, reader), action, data, style };
}
