import type { Conversation } from '../../chat/activity.ts';
import type { Card } from '../../chat/card.ts';
import type { Say } from '../../locale.ts';
import { renderSlackMessages } from './card.ts';
import type { DirectChannels } from './direct-channels.ts';
import { failureOf } from './errors.ts';
import type { KeptPayloads } from './kept-payloads.ts';
import type { Log } from './log.ts';
import type { Posts } from './posts.ts';
import type { TableChoice } from './tables.ts';

const timeoutMs = 5_000;

/** Somebody who did something and waits for its answer. */
export type Waiting = {
  readonly account: string;
  readonly conversation: Conversation;
  /** Slack's address for answers to just this deed; it works where the bot is no member, too. */
  readonly responseUrl: string | null;
};

/** Says something to one person, or, `openly`, to everyone where they are, outside the outbox. Does not reject: what fails is logged. */
export type Tell = (waiting: Waiting, cards: readonly Card[], key: string, openly?: boolean) => Promise<void>;

/** Ways are tried in turn: the answer to the deed itself, a message in its place, and a direct one. */
export function createTell(parts: {
  readonly posts: Posts;
  readonly direct: DirectChannels;
  readonly kept: KeptPayloads;
  readonly tables: TableChoice;
  readonly say: () => Say;
  readonly log: Log;
}): Tell {
  const { posts, direct, kept, tables, say, log } = parts;

  async function respond(url: string, thread: string | null, card: Card, openly: boolean): Promise<void> {
    for (const { text, blocks, kept: payloads } of renderSlackMessages(card, say(), tables.known())) {
      await kept.keep(payloads);
      const how = {
        response_type: openly ? 'in_channel' : 'ephemeral',
        replace_original: false,
        ...(thread === null ? {} : { thread_ts: thread }),
      };
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...how, text, blocks }),
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`the response address answered ${response.status}`);
    }
  }

  return async ({ account, conversation, responseUrl }, cards, key, openly = false) => {
    const { kind, id, thread } = conversation;
    const ways: readonly ((card: Card, key: string) => Promise<unknown>)[] = [
      ...(responseUrl === null ? [] : [async (card: Card) => respond(responseUrl, await answeredIn(), card, openly)]),
      ...(kind === 'direct' ? [] : [(card: Card, one: string) => inPlace(card, one)]),
      async (card, one) => posts.say({ channel: await direct.of(account), thread: null }, card, one, false),
    ];
    for (const [index, card] of cards.entries()) await one(card, `${key}:${index}`);

    async function answeredIn(): Promise<string | null> {
      return openly ? thread : posts.whisperedIn({ channel: id, thread });
    }

    async function inPlace(card: Card, oneKey: string): Promise<unknown> {
      const place = { channel: id, thread };
      return openly ? posts.say(place, card, oneKey, false) : posts.whisper(place, account, card);
    }

    async function one(card: Card, oneKey: string): Promise<void> {
      for (const way of ways) {
        try {
          await way(card, oneKey);
          return;
        } catch (error) {
          log({ level: 'warn', what: `an answer could not be shown: ${failureOf(error).reason}` });
        }
      }
    }
  };
}
