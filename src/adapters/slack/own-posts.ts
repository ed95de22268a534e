import { z } from 'zod';
import type { Call } from './client.ts';

const eventType = 'portclerk_post';

/** Goes with a message so that it is found again by the key it was posted under. */
export function postMetadata(key: string): { readonly event_type: string; readonly event_payload: { readonly key: string } } {
  return { event_type: eventType, event_payload: { key } };
}

const page = z.object({
  messages: z.array(
    z.object({
      ts: z.string(),
      user: z.string().nullish(),
      metadata: z.object({ event_type: z.string(), event_payload: z.object({ key: z.string().nullish() }).nullish() }).nullish(),
    }),
  ),
  response_metadata: z.object({ next_cursor: z.string().nullish() }).nullish(),
});

/** Nothing is tried again for longer than this, so that no message looked for is older. */
const oldestMs = 2 * 24 * 3_600_000;
const perPage = 200;
const mostPages = 10;

/** The bot's own messages of late in a channel, or in one thread of it: their ids by the keys they were posted under. */
export async function findOwnPosts(
  call: Call,
  place: { readonly channel: string; readonly thread: string | null },
  botUser: string,
  now: Date,
): Promise<ReadonlyMap<string, string>> {
  const method = place.thread === null ? 'conversations.history' : 'conversations.replies';
  const found = new Map<string, string>();
  let cursor: string | null = null;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const args: Record<string, unknown> = {
      channel: place.channel,
      ...(place.thread === null ? {} : { ts: place.thread }),
      ...(cursor === null ? {} : { cursor }),
      oldest: String((now.getTime() - oldestMs) / 1000),
      include_all_metadata: true,
      limit: perPage,
    };
    const { messages, response_metadata } = page.parse(await call(method, args));
    for (const { ts, user, metadata } of messages) {
      const key = metadata?.event_type === eventType ? metadata.event_payload?.key : null;
      // Another app may write the same metadata; its messages are not ours.
      if (key && user === botUser && !found.has(key)) found.set(key, ts);
    }
    cursor = response_metadata?.next_cursor || null;
    if (cursor === null) break;
  }
  return found;
}
