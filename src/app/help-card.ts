import type { Card, CardAction } from '../chat/card.ts';
import { membersOf } from '../domain/authority.ts';
import type { Message } from '../locale.ts';
import { directoryOf, messageCard, type Plan, privately, type Surroundings, type Turn } from './turn.ts';

/** What the person in front of it may do here, with examples to press. */
export function helpCard(turn: Turn, occasion: 'help' | 'greeting', { platforms }: Pick<Surroundings, 'platforms'>): Card {
  const { actor, knowledge, reader, activity } = turn;
  const directory = directoryOf(knowledge);
  const person = actor.kind === 'person' ? actor.person : null;
  const platform = platforms.find(({ id }) => id === activity.conversation.platform);
  const approves = person !== null && directory.policy.stages.some((stage) => membersOf(directory, stage).includes(person.id));
  const has = (power: 'request' | 'implement' | 'administer'): boolean => person?.powers.includes(power) ?? false;
  const elsewhere = platforms.filter(({ id }) => id !== platform?.id);
  const when = (holds: boolean, key: string): readonly Message[] => (holds ? [{ key }] : []);
  const messages: readonly Message[] = [
    occasion === 'greeting' ? { key: 'help.hello', params: { person: person?.name ?? actor.kind } } : { key: 'help.head' },
    { key: 'help.ask' },
    ...when(has('request'), 'help.request'),
    ...when(has('request') && platform?.capabilities.forms === true, 'help.forms'),
    ...when(person !== null, 'help.commands'),
    ...when(approves, 'help.approve'),
    ...when(has('implement'), 'help.implement'),
    ...when(person !== null && elsewhere.length > 0, 'help.link'),
    ...when(has('administer'), 'help.administer'),
    ...when(person === null, 'help.unknown'),
  ];
  return messageCard(knowledge.say, reader, messages, { actions: exampleQuestions(turn) });
}

/** `/ports` alone: how one asks. */
export function askingPlan(turn: Turn): Plan {
  const { say } = turn.knowledge;
  const card = messageCard(say, turn.reader, [{ key: 'help.ports' }, { key: 'help.ask' }], { actions: exampleQuestions(turn) });
  return { commit: { audit: [] }, reply: privately(turn, [card]) };
}

function exampleQuestions({ knowledge, reader }: Turn): readonly CardAction[] {
  return ['help.example.ports', 'help.example.check', 'help.example.port'].map((key) => {
    const question = knowledge.say({ key }, reader);
    return { kind: 'button', label: question, action: 'ask', data: { question }, style: 'default' };
  });
}
