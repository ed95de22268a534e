import { z } from 'zod';
import type { Store } from '../../app/ports.ts';
import type { Activity, Conversation, Heard } from '../../chat/activity.ts';
import { within } from '../../chat/within.ts';
import { AppError } from '../../errors.ts';
import type { DirectChannels } from './direct-channels.ts';
import type { Identity } from './identity.ts';
import { directConversation } from './platform.ts';
import { mentions, readText } from './read-text.ts';
import { type createSenders, slackPlatformId } from './senders.ts';

/** Slack sends an event again that is not acknowledged within three seconds. */
const storedWithinMs = 2_000;
const requestId = /\bFCR-\d+/i;
/** Subtypes by which somebody still says something themselves. */
const spoken = ['file_share', 'thread_broadcast'];

const said = z.object({
  event: z.object({
    channel: z.string(),
    user: z.string(),
    text: z.string(),
    ts: z.string(),
    thread_ts: z.string().nullish(),
    subtype: z.string().nullish(),
    bot_id: z.string().nullish(),
    edited: z.unknown().optional(),
    user_team: z.string().nullish(),
    source_team: z.string().nullish(),
    team: z.string().nullish(),
  }),
});
type Said = z.infer<typeof said>['event'];

export type EventParts = {
  readonly receive: (activity: Activity) => Promise<'new' | 'known'>;
  readonly store: Pick<Store, 'hasSpokenIn' | 'requestAt'>;
  readonly identity: () => Promise<Identity>;
  readonly senderOf: ReturnType<typeof createSenders>;
  readonly direct: DirectChannels;
};

/**
 * Takes in a message or a mention, as Slack's Events API reports them. Resolves once it is stored, or once it is clear that it
 * is nothing for us; rejects where it can't be stored within two seconds. A mention in a channel is reported twice, once of
 * each kind: both have the same id, made of the channel and the message's own id, and so are one.
 */
export function createEvents(parts: EventParts): (body: unknown) => Promise<void> {
  const { identity, store, senderOf, direct } = parts;
  return async (body) => {
    const event = said.safeParse(body);
    if (!event.success || !isSpoken(event.data.event)) return;
    const outcome = await within(take(event.data.event), storedWithinMs);
    if (outcome.kind === 'late') throw new AppError('store-busy', 'it could not be stored within two seconds');
  };

  async function take(event: Said): Promise<void> {
    const self = await identity();
    if (event.user === self.user) return;
    const conversation = conversationOf(event);
    if (conversation.kind === 'direct') direct.learn(event.user, event.channel);
    const heard = await heardAs(event, conversation, self);
    if (heard === null) return;
    const team = event.user_team ?? event.source_team ?? event.team ?? null;
    await parts.receive({
      kind: 'message',
      id: `${event.channel}:${event.ts}`,
      conversation,
      sender: await senderOf({ id: event.user, name: null, team }, self),
      surface: 'chat',
      text: readText(event.text, self.user),
      heard,
    });
  }

  async function heardAs(event: Said, conversation: Conversation, self: Identity): Promise<Heard | null> {
    if (conversation.kind === 'direct' || mentions(event.text, self.user)) return 'addressed';
    if (event.thread_ts) {
      const root = { conversation: { ...conversation, thread: null }, id: event.thread_ts };
      if ((await store.hasSpokenIn(conversation)) || (await store.requestAt(root)) !== null) return 'thread';
    }
    return requestId.test(event.text) ? 'overheard' : null;
  }
}

/** Said by a person, now, and not an edit, a join or another app's words. */
function isSpoken({ subtype, bot_id, edited }: Said): boolean {
  return !bot_id && edited == null && (!subtype || spoken.includes(subtype));
}

/** A direct conversation is known by its other person; what is said in a channel belongs to its thread, or begins one. */
function conversationOf({ channel, user, ts, thread_ts }: Said): Conversation {
  if (channel.startsWith('D')) return directConversation(user);
  return { platform: slackPlatformId, id: channel, kind: 'channel', thread: thread_ts ?? ts };
}
