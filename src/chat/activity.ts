import type { ActionData } from './card.ts';
import type { FormSubmission } from './form.ts';

/** A place where messages stand. A `thread` is the id of the message it hangs under. */
export type Conversation = {
  readonly platform: string;
  readonly id: string;
  readonly kind: 'direct' | 'channel';
  readonly thread: string | null;
};

/** A message the bot posted, to be edited later. */
export type MessageRef = { readonly conversation: Conversation; readonly id: string };

/**
 * An account, as its platform vouches for it. `standing`: a member of the installed workspace or tenant, a guest in it, or
 * somebody of another one.
 */
export type Sender = {
  readonly platform: string;
  readonly tenant: string | null;
  readonly id: string;
  readonly name: string;
  readonly standing: 'member' | 'guest' | 'foreign';
};

/** How a message reached the bot: said to it, said in a thread it takes part in, or said where it happens to listen. */
export type Heard = 'addressed' | 'thread' | 'overheard';

/**
 * What somebody did, in neutral words. `id` is the platform's, or the client's: the same id is the same deed. `surface`: where a
 * dialog that this opens can be shown now, as a form or question by question in the conversation.
 */
export type Activity = {
  readonly id: string;
  readonly conversation: Conversation;
  readonly sender: Sender;
  readonly surface: 'chat' | 'form';
} & (
  | { readonly kind: 'message'; readonly text: string; readonly heard: Heard }
  | { readonly kind: 'click'; readonly action: string; readonly data: ActionData; readonly message: string }
  | { readonly kind: 'form'; readonly submission: FormSubmission }
);
