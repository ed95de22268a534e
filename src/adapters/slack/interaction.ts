import type { HandleTurn, TurnReply } from '../../app/ports.ts';
import type { Activity } from '../../chat/activity.ts';
import type { Reader, Say } from '../../locale.ts';
import type { Identity } from './identity.ts';
import type { KeptPayloads } from './kept-payloads.ts';
import type { Modals } from './modals.ts';
import type { createSenders } from './senders.ts';
import type { TableChoice } from './tables.ts';
import type { Tell } from './tell.ts';

/** What clicks, submissions and commands need. */
export type InteractionParts = {
  readonly handleTurn: HandleTurn;
  readonly identity: () => Promise<Identity>;
  readonly senderOf: ReturnType<typeof createSenders>;
  readonly modals: Modals;
  readonly tell: Tell;
  readonly kept: KeptPayloads;
  readonly tables: TableChoice;
  readonly say: () => Say;
  /** Whether a command asks something whatever else it says. */
  readonly beginsDialog: (text: string) => boolean;
  /** The language an account is spoken to in. */
  readonly readerOf: (account: string) => Reader;
  /** Work that goes on after its acknowledgement. */
  readonly later: (work: Promise<unknown>) => void;
  readonly onFault: (fault: unknown) => void;
};

/** Acknowledges to Slack, with an answer where the kind of interaction has one. */
export type Ack = (answer?: Readonly<Record<string, unknown>>) => Promise<void>;

/** One interaction: resolves once it is acknowledged. */
export type Interaction = (body: unknown, ack: Ack) => Promise<void>;

/** Slack waits for three seconds. */
export const acknowledgedWithinMs = 2_500;

/** Handles a turn; a fault is told in general words, as Slack would not tell it at all. */
export async function takeTurn(
  activity: Activity,
  delivered: 'here' | 'outbox',
  { handleTurn, say, readerOf, onFault }: InteractionParts,
): Promise<TurnReply> {
  try {
    return await handleTurn(activity, delivered);
  } catch (fault) {
    onFault(fault);
    const reader = readerOf(activity.sender.id);
    const text = say()({ key: 'request.fault' }, reader);
    const card = {
      locale: reader.locale,
      title: null,
      elements: [{ kind: 'notice', tone: 'error', spans: [text] }],
      actions: [],
      summary: text,
    } as const;
    return { cards: [card], private: true, unsaved: true };
  }
}
