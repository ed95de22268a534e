import { createHash } from 'node:crypto';
import type { Clock } from '../../app/ports.ts';
import type { Incoming } from './incoming.ts';

/** Teams tries an invoke again after 15 s under the same id, then after about 30 s under another one. */
const sameClickMs = 60_000;
/** Once it was answered it is not tried again; but a finger may have pressed twice. */
const afterAnswerMs = 3_000;
const mostRemembered = 5_000;

export type Clicks = {
  readonly idOf: (incoming: Incoming, account: string) => string;
  /** Soon the same press is another click: somebody wants it again. */
  readonly answered: (id: string) => void;
};

const markLength = 22;

/**
 * Tells a click that was sent again from one that was made again: the same person, card and payload is the same click until
 * it was answered, or for a minute. Where another process hears of it, the versions of requests and pages of forms still tell.
 */
export function createClicks(clock: Clock): Clicks {
  const seen = new Map<string, { readonly id: string; readonly until: number }>();
  return {
    idOf(incoming, account) {
      const about = JSON.stringify([account, incoming.conversation.id, incoming.replyToId ?? null, incoming.value ?? null]);
      const mark = createHash('sha256').update(about).digest('base64url').slice(0, markLength);
      const now = clock.now().getTime();
      const earlier = seen.get(mark);
      if (earlier !== undefined && earlier.until > now) return earlier.id;
      const id = `${incoming.id ?? now}:${mark}`;
      seen.delete(mark);
      seen.set(mark, { id, until: now + sameClickMs });
      const [oldest] = seen.keys();
      if (seen.size > mostRemembered && oldest !== undefined) seen.delete(oldest);
      return id;
    },
    answered(id) {
      const mark = id.slice(-markLength);
      const click = seen.get(mark);
      if (click?.id === id) seen.set(mark, { id, until: Math.min(click.until, clock.now().getTime() + afterAnswerMs) });
    },
  };
}
