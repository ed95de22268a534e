import { createHash } from 'node:crypto';
import type { Clock } from '../../app/ports.ts';
import type { Incoming } from './incoming.ts';

/** Teams tries an invoke again after 15 s under the same id, then after about 30 s under another one. */
const sameClickMs = 60_000;
const mostRemembered = 5_000;

export type Clicks = { readonly idOf: (incoming: Incoming, account: string) => string };

/**
 * Tells a click that was sent again from one that was made again: the same person, card and payload within a minute is the same
 * click. Where another process hears of it, the versions of requests and pages of forms still tell.
 */
export function createClicks(clock: Clock): Clicks {
  const seen = new Map<string, { readonly id: string; readonly until: number }>();
  return {
    idOf(incoming, account) {
      const about = JSON.stringify([account, incoming.conversation.id, incoming.replyToId ?? null, incoming.value ?? null]);
      const digest = createHash('sha256').update(about).digest('base64url');
      const now = clock.now().getTime();
      const earlier = seen.get(digest);
      if (earlier !== undefined && earlier.until > now) return earlier.id;
      const id = `${incoming.id ?? now}:${digest.slice(0, 22)}`;
      seen.delete(digest);
      seen.set(digest, { id, until: now + sameClickMs });
      const [oldest] = seen.keys();
      if (seen.size > mostRemembered && oldest !== undefined) seen.delete(oldest);
      return id;
    },
  };
}
