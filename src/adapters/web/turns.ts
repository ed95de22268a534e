import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { BoardMessage, Clock, HandleTurn, Knowledge, MessageBoard } from '../../app/ports.ts';
import type { Activity, Conversation } from '../../chat/activity.ts';
import type { ActionData } from '../../chat/card.ts';
import { personIdSchema } from '../../domain/actor.ts';
import { instantOf } from '../../domain/instant.ts';
import { conversationsOf, mayRead, webPlatformId } from './conversations.ts';
import type { Live } from './live.ts';

const turnsKept = 1000;
const messagesSearched = 1000;
const id = z.string().regex(/^[\w-]{8,64}$/);
/** In characters; ten times a long answer. */
const longestText = 10_000;
const shared = { as: personIdSchema, id, conversation: z.string().max(200), thread: z.string().max(200).nullable() };

/** What the page sends; checked here, trusted no further than local mode must: everybody is who they say. */
export const turnSchema = z.union([
  z.strictObject({ ...shared, kind: z.literal('message'), text: z.string().trim().min(1).max(longestText) }),
  z.strictObject({
    ...shared,
    kind: z.literal('click'),
    message: z.string().max(200),
    data: z
      .unknown()
      .refine((data) => isShallow(data, deepest))
      .pipe(z.record(z.string(), z.json()).and(z.object({ action: z.string().max(100) }))),
  }),
]);
/** Deeper than any button's data; parsers are recursive, and a body of brackets alone would exhaust them. */
const deepest = 8;
function isShallow(value: unknown, room: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return room > 0 && Object.values(value).every((part) => isShallow(part, room - 1));
}

const overlong = z.object({ kind: z.literal('message'), text: z.string().min(longestText + 1) });
/** Whether a turn was refused for the length of its text. */
export const isOverlong = (turn: unknown): boolean => overlong.safeParse(turn).success;

export type Turn = z.infer<typeof turnSchema>;

/** `no-place`: a conversation or message that this account does not see. */
export type TurnOutcome = 'done' | 'no-place';

/**
 * Takes what somebody did on the page to `handleTurn`, and puts both sides on the board. A turn that comes twice, even at
 * the same time, is done once; one that failed may be sent again under the same id. Rejects as `handleTurn` does.
 */
export function createTurns(parts: {
  readonly handleTurn: HandleTurn;
  readonly knowledge: () => Knowledge;
  readonly board: MessageBoard;
  readonly live: Live;
  readonly clock: Clock;
}): (turn: Turn) => Promise<TurnOutcome> {
  const { handleTurn, knowledge, board, live, clock } = parts;
  const turns = new Map<string, Promise<TurnOutcome>>();

  return (turn) => {
    const key = `${turn.as}:${turn.id}`;
    const known = turns.get(key);
    if (known !== undefined) return known;
    const outcome = take(turn, key);
    turns.set(key, outcome);
    outcome.catch(() => turns.delete(key));
    for (const oldest of turns.keys()) {
      if (turns.size <= turnsKept) break;
      turns.delete(oldest);
    }
    return outcome;
  };

  async function take(turn: Turn, key: string): Promise<TurnOutcome> {
    const found = conversationsOf(turn.as, knowledge()).find((candidate) => candidate.id === turn.conversation);
    if (found === undefined) return 'no-place';
    if (turn.kind === 'message') {
      if (turn.thread !== null && (await seen(turn, turn.thread)) === null) return 'no-place';
      const place = { ...found, thread: turn.thread };
      await show(place, { kind: 'text', text: turn.text }, `said:${key}`, turn.as);
      const heard = place.kind === 'direct' ? 'addressed' : 'thread';
      return answer({ ...about(turn, key), conversation: place, kind: 'message', text: turn.text, heard }, key);
    }
    const clicked = await seen(turn, turn.message);
    if (clicked === null) return 'no-place';
    // What a click on a channel's message leads to, a reason asked for, say, stands in that message's thread.
    const place = found.kind === 'channel' ? { ...found, thread: clicked.conversation.thread ?? clicked.id } : found;
    const label = labelOf(clicked, turn.data);
    if (label !== null && place.kind === 'direct') await show(place, { kind: 'text', text: label }, `said:${key}`, turn.as);
    const { action, ...data } = turn.data;
    return answer({ ...about(turn, key), conversation: place, kind: 'click', action, data, message: clicked.id }, key);
  }

  async function seen(turn: Turn, messageId: string): Promise<BoardMessage | null> {
    const messages = await board.list(turn.conversation, messagesSearched);
    return messages.find((message) => message.id === messageId && mayRead(turn.as, message, knowledge())) ?? null;
  }

  async function answer(activity: Activity, key: string): Promise<TurnOutcome> {
    const reply = await handleTurn(activity);
    const sender = personIdSchema.parse(activity.sender.id);
    for (const [index, card] of reply.cards.entries()) {
      const seenBy = reply.private && activity.conversation.kind === 'channel' ? sender : null;
      await show(activity.conversation, { kind: 'card', card }, `reply:${key}:${index}`, null, seenBy);
    }
    return 'done';
  }

  async function show(
    conversation: Conversation,
    content: BoardMessage['content'],
    key: string,
    author: BoardMessage['author'],
    seenBy: BoardMessage['seenBy'] = null,
  ): Promise<void> {
    live.publish(await board.append({ conversation, author, seenBy, content, at: instantOf(clock.now()) }, key));
  }

  function about(turn: Turn, key: string): Pick<Activity, 'id' | 'sender' | 'surface'> {
    const name = knowledge().people.find((person) => person.id === turn.as)?.name ?? turn.as;
    return { id: key, sender: { platform: webPlatformId, tenant: null, id: turn.as, name, standing: 'member' }, surface: 'chat' };
  }
}

/** The label of the button that was pressed, or null when the message has changed since and no longer bears it. */
function labelOf(message: BoardMessage, data: ActionData): string | null {
  if (message.content.kind !== 'card') return null;
  for (const button of message.content.card.actions) {
    if (button.kind === 'button' && isDeepStrictEqual({ ...button.data, action: button.action }, { ...data })) return button.label;
  }
  return null;
}
