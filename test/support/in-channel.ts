import type { Activity, Conversation, Heard, Sender } from '../../src/chat/activity.ts';

let acts = 0;

/** Something said in a channel, or in a thread of it. */
export function inChannel(
  who: string,
  text: string,
  heard: Heard,
  {
    channel = 'general',
    thread = null,
    standing = 'member',
  }: { channel?: string; thread?: string | null; standing?: Sender['standing'] } = {},
): Activity {
  acts += 1;
  const conversation: Conversation = { platform: 'web', id: channel, kind: 'channel', thread };
  const sender: Sender = { platform: 'web', tenant: null, id: who, name: who, standing };
  return { id: `said-${acts}`, conversation, sender, surface: 'chat', kind: 'message', text, heard };
}
