import type { ActionData } from './card.ts';

/** A place where messages stand. A `thread` is the id of the message it hangs under. */
export type Conversation = {
  readonly platform: string;
  readonly id: string;
  readonly kind: 'direct' | 'channel';
  readonly thread: string | null;
};

/** A message the bot posted, to be edited later. */
export type MessageRef = { readonly conversation: Conversation; readonly id: string };

/** What somebody did, in neutral words. `id` is the platform's, or the client's: the same id is the same deed. */
export type Activity = {
  readonly id: string;
  readonly conversation: Conversation;
  readonly sender: { readonly platform: string; readonly tenant: string | null; readonly id: string; readonly name: string };
} & (
  | { readonly kind: 'message'; readonly text: string }
  | { readonly kind: 'click'; readonly action: string; readonly data: ActionData; readonly message: string }
);
