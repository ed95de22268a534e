import type { Conversation, MessageRef } from './activity.ts';
import type { Card } from './card.ts';

/** What a platform can do and the rest of the program has to know. */
export type Capabilities = {
  /** A channel where approvers meet; null where there is none, and each approver is written to alone. */
  readonly approvals: Conversation | null;
};

/** How a delivery ended. `gone`: the message or conversation is no more, trying again is useless. */
export type Delivery =
  | { readonly kind: 'delivered'; readonly message: MessageRef }
  | { readonly kind: 'retry'; readonly afterMs: number | null; readonly reason: string }
  | { readonly kind: 'gone'; readonly reason: string };

/** A chat platform, as the outbox sees it. */
export interface ChatPlatform {
  readonly id: string;
  readonly capabilities: Capabilities;
  /** The conversation with one person alone, by their id on this platform; null where this process can't reach them now. */
  direct(accountId: string): Conversation | null;
  /** Whether this process can deliver there now. */
  serves(conversation: Conversation): boolean;
  /** Posts a card. The same `key` posts once: a second call finds the first one's message. */
  post(conversation: Conversation, card: Card, key: string): Promise<Delivery>;
  /** Puts another card in a posted message's place. */
  edit(message: MessageRef, card: Card): Promise<Delivery>;
}
