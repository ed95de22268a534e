import type { Card, CardAction } from '../chat/card.ts';
import { membersOf } from '../domain/authority.ts';
import type { Message } from '../locale.ts';
import { directoryOf, messageCard, type Turn } from './turn.ts';

/** What the person in front of it may do here, with examples to press. */
export function helpCard(turn: Turn, occasion: 'help' | 'greeting'): Card {
  const { actor, knowledge, reader } = turn;
  const directory = directoryOf(knowledge);
  const person = actor.kind === 'person' ? actor.person : null;
  const approves = person !== null && directory.policy.stages.some((stage) => membersOf(directory, stage).includes(person.id));
  const messages: readonly Message[] = [
    occasion === 'greeting' ? { key: 'help.hello', params: { person: person?.name ?? actor.kind } } : { key: 'help.head' },
    { key: 'help.ask' },
    ...(person?.powers.includes('request') ? [{ key: 'help.request' }] : []),
    ...(approves ? [{ key: 'help.approve' }] : []),
    ...(person?.powers.includes('implement') ? [{ key: 'help.implement' }] : []),
    ...(person === null ? [{ key: 'help.unknown' }] : []),
  ];
  const examples: readonly CardAction[] = ['help.example.ports', 'help.example.check', 'help.example.port'].map((key) => {
    const question = knowledge.say({ key }, reader);
    return { kind: 'button', label: question, action: 'ask', data: { question }, style: 'default' };
  });
  return messageCard(knowledge.say, reader, messages, { actions: examples });
}
