import type { Clock } from '../../app/ports.ts';

/** What Teams lets one bot send into one conversation. */
const limits = [
  { most: 7, withinMs: 1_000 },
  { most: 8, withinMs: 2_000 },
  { most: 60, withinMs: 30_000 },
  { most: 1_800, withinMs: 3_600_000 },
] as const;
const longestMs = Math.max(...limits.map(({ withinMs }) => withinMs));
const mostConversations = 2_000;

export type Throttle = {
  /** Milliseconds until another message may go there; with 0 it counts as sent now. */
  readonly take: (conversation: string) => number;
};

/** Keeps this process under the limits, so that they are met only where several processes send. */
export function createThrottle(clock: Clock): Throttle {
  const sent = new Map<string, number[]>();
  return {
    take(conversation) {
      const now = clock.now().getTime();
      const times = (sent.get(conversation) ?? []).filter((time) => time > now - longestMs);
      const wait = Math.max(0, ...limits.map(({ most, withinMs }) => (times.at(-most) ?? Number.NEGATIVE_INFINITY) + withinMs - now));
      if (wait > 0) return wait;
      sent.delete(conversation);
      sent.set(conversation, [...times, now]);
      const [oldest] = sent.keys();
      if (sent.size > mostConversations && oldest !== undefined) sent.delete(oldest);
      return 0;
    },
  };
}
