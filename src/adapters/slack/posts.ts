import { z } from 'zod';
import type { Clock } from '../../app/ports.ts';
import type { Card } from '../../chat/card.ts';
import type { Say } from '../../locale.ts';
import { renderSlackCard, renderSlackMessages, type SlackMessage, type Tables } from './card.ts';
import type { Call } from './client.ts';
import type { Identity } from './identity.ts';
import type { KeptPayloads } from './kept-payloads.ts';
import { findOwnPosts, postMetadata } from './own-posts.ts';
import type { TableChoice } from './tables.ts';

/** Where messages go: a channel of Slack's, direct ones included, or one thread of it. */
export type Place = { readonly channel: string; readonly thread: string | null };

export type PostsParts = {
  readonly call: Call;
  readonly identity: () => Promise<Identity>;
  readonly kept: KeptPayloads;
  readonly clock: Clock;
  readonly tables: TableChoice;
  readonly say: () => Say;
};

/** What the bot says in channels. Each rejects as the call that failed does; done again it goes on where it stopped. */
export type Posts = {
  /** Posts a card once under its key, and returns its first message's id. `again`: some of it may stand already. */
  readonly say: (place: Place, card: Card, key: string, again: boolean) => Promise<string>;
  /** Shows one person alone. Slack neither keeps nor finds it again: after a crash it is said twice, never not at all. */
  readonly whisper: (place: Place, account: string, card: Card) => Promise<string>;
  /** The thread where one person alone can be shown something; null: in the channel itself. */
  readonly whisperedIn: (place: Place) => Promise<string | null>;
  /** Puts another card in a posted one's place. */
  readonly replace: (place: Place, id: string, card: Card) => Promise<void>;
};

const postedMessage = z.object({ ts: z.string() });
const whisperedMessage = z.object({ message_ts: z.string() });
const repliedTo = z.object({ messages: z.array(z.unknown()) });
const quiet = { unfurl_links: false, unfurl_media: false };

export function createPosts({ call, identity, kept, clock, tables, say }: PostsParts): Posts {
  const threadOf = ({ thread }: Place) => (thread === null ? {} : { thread_ts: thread });

  /** A request's card is edited as it moves, so it is one message; whatever else is long goes on in further ones. */
  function messagesOf(card: Card, written: Tables): readonly SlackMessage[] {
    const isEdited = card.actions.some((action) => action.kind === 'button' && action.action === 'request.details');
    return isEdited ? [renderSlackCard(card, say(), written)] : renderSlackMessages(card, say(), written);
  }

  async function standingIn(place: Place): Promise<ReadonlyMap<string, string>> {
    return findOwnPosts(call, place, (await identity()).user, clock.now());
  }

  /** In a thread that nobody has replied in Slack shows it to nobody. */
  async function whisperedIn({ channel, thread }: Place): Promise<string | null> {
    if (thread === null) return null;
    const replies = repliedTo.safeParse(await call('conversations.replies', { channel, ts: thread, limit: 2 }).catch(() => null));
    return replies.success && replies.data.messages.length > 1 ? thread : null;
  }

  return {
    whisperedIn,

    say: (place, card, key, again) =>
      tables.trying(async (written) => {
        const standing = again ? await standingIn(place) : new Map<string, string>();
        let first: string | null = null;
        for (const [index, { text, blocks, kept: payloads }] of messagesOf(card, written).entries()) {
          const partKey = index === 0 ? key : `${key}#${index}`;
          let id = standing.get(partKey);
          if (id === undefined) {
            await kept.keep(payloads);
            const args = { channel: place.channel, ...threadOf(place), text, blocks, ...quiet, metadata: postMetadata(partKey) };
            id = postedMessage.parse(await call('chat.postMessage', args)).ts;
          }
          first ??= id;
        }
        return first ?? '';
      }),

    whisper: (place, account, card) =>
      tables.trying(async (written) => {
        const heard = { channel: place.channel, thread: await whisperedIn(place) };
        const ids: string[] = [];
        for (const { text, blocks, kept: payloads } of renderSlackMessages(card, say(), written)) {
          await kept.keep(payloads);
          const args = { channel: place.channel, user: account, ...threadOf(heard), text, blocks };
          ids.push(whisperedMessage.parse(await call('chat.postEphemeral', args)).message_ts);
        }
        return ids[0] ?? '';
      }),

    replace: (place, id, card) =>
      tables.trying(async (written) => {
        const { text, blocks, kept: payloads } = renderSlackCard(card, say(), written);
        await kept.keep(payloads);
        await call('chat.update', { channel: place.channel, ts: id, text, blocks });
      }),
  };
}
