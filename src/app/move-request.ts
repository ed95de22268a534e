import type { Card, CardAction } from '../chat/card.ts';
import type { Person, PersonId } from '../domain/actor.ts';
import { personById } from '../domain/authority.ts';
import type { ChangeRequest } from '../domain/change-request.ts';
import { consequence, type LifecycleEvent, openQuestion, transition } from '../domain/lifecycle.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Message, Reader } from '../locale.ts';
import { type Addressing, cardRows, homeRows, tellRows, threadRows } from './audience.ts';
import { moveEntry } from './audit-drafts.ts';
import type { AuditDraft, Commit, NewOutboxRow } from './ports.ts';
import { directoryOf, messageCard, type Surroundings, type Turn } from './turn.ts';

/** A request that was moved, and everything to be written with it in one transaction. */
export type Move = { readonly kind: 'moved'; readonly next: ChangeRequest; readonly commit: Commit };

/**
 * Moves a request by an event and by what follows of itself, and works out who is to be told. `expected` is null for a request
 * that is not stored yet.
 */
export async function moveRequest(
  turn: Turn,
  before: ChangeRequest,
  event: LifecycleEvent,
  surroundings: Surroundings,
  options: { expected: number | null; covered?: boolean },
): Promise<Move | Refusal> {
  const directory = directoryOf(turn.knowledge);
  const audit: AuditDraft[] = [];
  let request = before;
  for (let next: LifecycleEvent | null = event; next; next = consequence(request, turn.now, options.covered ?? false)) {
    const moved = transition(request, next, directory);
    if (moved.kind === 'refused') return moved;
    audit.push(moveEntry(turn, options.expected === null && request === before ? null : request, next, moved.next));
    request = moved.next;
  }
  const posted = options.expected === null ? [] : await surroundings.store.postedCards(request.id);
  const addressing = { ...surroundings, settings: turn.settings };
  const outbox = [
    ...cardRows(request, turn.knowledge, posted, addressing),
    ...told(turn, before, request, event, addressing),
    ...homeRows(request, turn.knowledge, addressing),
  ];
  return { kind: 'moved', next: request, commit: { request: { expected: options.expected, next: request }, audit, outbox } };
}

/** Who hears of an event besides seeing their card change: the requester by a message, the thread by a line. */
const hears: Partial<Record<LifecycleEvent['type'], readonly ('requester' | 'thread' | 'asker')[]>> = {
  approve: ['requester', 'thread'],
  reassess: ['thread'],
  reject: ['requester', 'thread'],
  'send-back': ['requester', 'thread'],
  'take-back': ['requester', 'thread'],
  withdraw: ['thread'],
  question: ['requester', 'thread'],
  answer: ['asker', 'thread'],
  start: ['requester', 'thread'],
  record: ['requester', 'thread'],
  verify: ['thread'],
};

function told(
  turn: Turn,
  before: ChangeRequest,
  request: ChangeRequest,
  event: LifecycleEvent,
  addressing: Addressing,
): readonly NewOutboxRow[] {
  const { knowledge } = turn;
  const by = event.by === null ? null : personById(directoryOf(knowledge), event.by);
  const message = tale(request, event, by);
  const card = (reader: Reader, actions: readonly CardAction[] = []): Card => messageCard(knowledge.say, reader, [message], { actions });
  const direct = (id: PersonId | undefined): readonly NewOutboxRow[] => {
    const person = knowledge.people.find((someone) => someone.id === id);
    if (!person || person.id === event.by) return [];
    const label = nextLabel(event);
    const actions: readonly CardAction[] = label
      ? [
          {
            kind: 'button',
            label: knowledge.say({ key: label.key }, person),
            action: label.action,
            data: { request: request.id, version: request.version },
            style: 'primary',
          },
        ]
      : [];
    return tellRows(person, request, card(person, actions), addressing);
  };
  return (hears[event.type] ?? []).flatMap((whom) => {
    if (whom === 'thread') return threadRows(request, card, addressing);
    return direct(whom === 'requester' ? request.content.requester : openQuestion(before)?.by);
  });
}

/** The one thing the requester can do about it, as a button under the message. */
function nextLabel(event: LifecycleEvent): { key: string; action: string } | null {
  if (event.type === 'question') return { key: 'request.button.answer', action: 'request.answer' };
  if (event.type === 'send-back') return { key: 'request.button.edit', action: 'request.edit' };
  if (event.type === 'record' && event.result === 'implemented') return { key: 'request.button.verify', action: 'request.verify' };
  return null;
}

/** What happened, in one line. */
export function tale(request: ChangeRequest, event: LifecycleEvent, by: Person | null): Message {
  const text = event.type === 'approve' ? event.comment : 'text' in event ? event.text : null;
  const kind = event.type === 'record' ? `record.${event.result}` : event.type;
  const params = { request: request.id, person: by?.name ?? '' };
  return text ? { key: `tell.${kind}.said`, params: { ...params, text } } : { key: `tell.${kind}`, params };
}
