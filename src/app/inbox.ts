import type { Activity } from '../chat/activity.ts';
import { instantOf } from '../domain/instant.ts';
import { AppError } from '../errors.ts';
import type { createHandleTurn } from './handle-turn.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { messageCard, type Surroundings } from './turn.ts';

/** How long a kept activity is nobody else's. */
const leaseMs = 15_000;
const atOnce = 20;
/** After a failure; nobody waits for longer than this for a database that was busy. */
const againMs = { busy: 1_000, fault: 10_000 };
/** A message that the program stumbles over is answered with that after so many tries, and left. */
const mostFaults = 3;
/** Longer than any platform sends an event again. */
const rememberedMs = 24 * 3_600_000;

export type InboxWorker = {
  /** Stores an activity and works on it in the background. Rejects with `AppError('store-busy')` when it can't be stored. */
  readonly receive: (activity: Activity) => Promise<'new' | 'known'>;
  /** Ends what is being worked on here, and works on everything that was left lying, by whomever. */
  readonly drain: () => Promise<void>;
  /** Forgets, once a day, what nobody sends again. */
  readonly forget: () => Promise<void>;
};

export function createInbox(
  surroundings: Surroundings,
  handleTurn: ReturnType<typeof createHandleTurn>,
  onFault: (fault: unknown) => void,
): InboxWorker {
  const { store, clock, platforms } = surroundings;
  const faults = new Map<string, number>();
  const underWay = new Set<Promise<void>>();
  let forgetAt = 0;
  const inMs = (ms: number) => instantOf(new Date(clock.now().getTime() + ms));

  async function work(activity: Activity): Promise<void> {
    try {
      await handleTurn(activity, { delivered: 'outbox', kept: true });
      faults.delete(activity.id);
    } catch (error) {
      if (error instanceof AppError && error.code === 'store-busy') return putBack(activity, againMs.busy);
      onFault(error);
      const count = (faults.get(activity.id) ?? 0) + 1;
      faults.set(activity.id, count);
      if (count < mostFaults) return putBack(activity, againMs.fault);
      faults.delete(activity.id);
      await giveUp(activity);
    }
  }

  const follow = (work: Promise<void>): void => {
    underWay.add(work);
    work.catch(onFault).finally(() => underWay.delete(work));
  };

  async function putBack(activity: Activity, ms: number): Promise<void> {
    // Where even this is not possible, its lease ends.
    await store.putBack(activity, inMs(ms)).catch(() => undefined);
  }

  async function giveUp(activity: Activity): Promise<void> {
    const { say } = surroundings.knowledge.current();
    const card = messageCard(say, surroundings.defaults, [{ key: 'request.fault' }], { tone: 'error' });
    const { conversation, sender } = activity;
    const only = conversation.kind === 'channel' ? sender.id : null;
    const outbox = [
      { id: `fault:${conversation.platform}:${activity.id}`, conversation, content: { kind: 'card' as const, request: null, card, only } },
    ];
    await store.commit({ audit: [], outbox, received: activity }).then(surroundings.wake, onFault);
  }

  return {
    async receive(activity) {
      const outcome = await store.receive(activity, inMs(leaseMs));
      // The acknowledgement goes out before the work begins.
      if (outcome === 'new') follow(new Promise((resolve) => setImmediate(() => resolve(work(activity)))));
      return outcome;
    },
    drain: oneAtATime(async () => {
      await Promise.all(underWay);
      const ids = platforms.filter(({ reach }) => reach === 'everywhere').map(({ id }) => id);
      for (;;) {
        const kept = await store.claimInbox(ids, instantOf(clock.now()), inMs(leaseMs), atOnce);
        if (kept.length === 0) return;
        await Promise.all(kept.map(work));
      }
    }),
    async forget() {
      const now = clock.now().getTime();
      if (now < forgetAt) return;
      forgetAt = now + rememberedMs;
      await store.forgetInbox(inMs(-rememberedMs));
    },
  };
}
