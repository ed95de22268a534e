import type { Activity, Conversation, Heard, Sender } from '../../chat/activity.ts';
import { conversationOf, type Incoming, teamsPlatformId, typeOf } from './incoming.ts';
import { mentionsBot, messageText } from './message-text.ts';
import type { TeamsAction } from './read-action.ts';
import type { Standing } from './references.ts';

/** Who acted, as Teams vouches for them. The name is for show alone. */
export function senderOf(incoming: Incoming, account: string, tenant: string | null, standing: Standing): Sender {
  return { platform: teamsPlatformId, tenant, id: account, name: incoming.from.name ?? '', standing };
}

/** What somebody wrote, and how it reached the bot. */
export function messageOf(incoming: Incoming, sender: Sender, heard: Heard): Activity {
  const conversation = conversationOf(incoming, sender.id);
  return { id: incoming.id ?? '', conversation, sender, surface: 'chat', kind: 'message', text: messageText(incoming), heard };
}

/** What somebody pressed. Only a form, and the button that asks for one, can be shown as a form: in the place of their card. */
export function pressOf(incoming: Incoming, sender: Sender, action: TeamsAction, id: string): Activity {
  const conversation = conversationOf(incoming, sender.id);
  if (action.kind === 'form') return { id, conversation, sender, surface: 'form', ...action };
  const surface = action.action === 'dialog.form' ? 'form' : 'chat';
  return { id, conversation, sender, surface, ...action, message: incoming.replyToId ?? '' };
}

/** What the bot has said before, as far as it matters for what is said under it. */
export type Said = {
  readonly inThread: (conversation: Conversation) => Promise<boolean>;
  readonly requestAt: (conversation: Conversation, message: string) => Promise<boolean>;
};

/** How a message reached the bot; null where it is none of its business. */
export async function heardHow(incoming: Incoming, account: string, said: Said): Promise<Heard | null> {
  if (typeOf(incoming) === 'personal' || mentionsBot(incoming)) return 'addressed';
  const conversation = conversationOf(incoming, account);
  const { thread } = conversation;
  // The message that begins a thread is in none yet.
  if (thread !== null && thread !== incoming.id) {
    if (await said.inThread(conversation)) return 'thread';
    if (await said.requestAt({ ...conversation, thread: null }, thread)) return 'thread';
  }
  return /\bFCR-\d+/i.test(incoming.text ?? '') ? 'overheard' : null;
}
