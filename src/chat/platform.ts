import type { Conversation, MessageRef } from './activity.ts';
import type { Card } from './card.ts';
import type { Home } from './home.ts';

/** What a platform can do and the rest of the program has to know. */
export type Capabilities = {
  /** The channel where approvers meet, by the platform's configuration; null where each approver is written to alone. */
  readonly approvals: Conversation | null;
  /** Where a dialog opened in a channel is walked: there, for the person's eyes alone, or in their direct conversation. */
  readonly dialogs: 'here' | 'direct';
  /** Whether a dialog can be shown as a form. */
  readonly forms: boolean;
  /** Whether each person has a page of their own. */
  readonly home: boolean;
  /** Whether one message shows every reader times of their own zone. */
  readonly localTimes?: true;
};

/** How a delivery ended. `gone`: the message or conversation is no more, trying again is useless. */
export type Delivery =
  | { readonly kind: 'delivered'; readonly message: MessageRef }
  | { readonly kind: 'retry'; readonly afterMs: number | null; readonly reason: string }
  | { readonly kind: 'gone'; readonly reason: string };

/** What a message shows. `views`: some accounts may decide on this request, and may be shown a card of their own. */
export type Showing = {
  readonly card: Card;
  readonly views: { readonly request: string; readonly version: number; readonly accounts: readonly string[] } | null;
};

export type Posting = Showing & {
  readonly conversation: Conversation;
  /** The same key posts once: a second call finds the first one's message. */
  readonly key: string;
  /** The account that alone sees it, also in a channel; null: everyone there. */
  readonly only: string | null;
  /** An earlier try may have posted it. */
  readonly again: boolean;
};

/** A chat platform, as the outbox sees it. */
export interface ChatPlatform {
  readonly id: string;
  readonly capabilities: Capabilities;
  /** The conversation with one person alone, by their id on this platform; null where this process can't reach them now. */
  direct(accountId: string): Conversation | null;
  /** Where this process can deliver: one platform's terminals, say, are each a process of their own. */
  readonly reach: 'everywhere' | 'nowhere' | Conversation;
  post(posting: Posting): Promise<Delivery>;
  /** Puts another card in a posted message's place. */
  edit(message: MessageRef, showing: Showing): Promise<Delivery>;
  /** Shows a person their page. Only called where `capabilities.home`. */
  showHome?(account: string, home: Home): Promise<Delivery>;
  /** The accounts in one of the platform's own groups. Rejects when it can't be read now. */
  membersOf?(group: string): Promise<readonly string[]>;
  /** What keeps it from working, for the operator; null when it works. */
  trouble?(): string | null;
}
