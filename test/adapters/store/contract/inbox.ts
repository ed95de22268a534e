import { describe, expect, test } from 'vitest';
import type { Activity, Conversation } from '../../../../src/chat/activity.ts';
import { heard, later } from '../../../support/store-samples.ts';
import type { Fixture } from './fixture.ts';

export function inboxContract(now: () => Fixture): void {
  const receive = (activity: Activity, leaseEnds = 1) => now().store.receive(activity, later(leaseEnds));
  const take = async (minutes: number, leaseEnds = minutes + 1) =>
    (await now().store.claimInbox(['slack'], later(minutes), later(leaseEnds), 99)).map(({ id }) => id);
  const done = (activity: Activity) => now().store.commit({ audit: [], received: activity });
  const channel = (thread: string | null): Conversation => ({ platform: 'slack', id: 'C1', kind: 'channel', thread });

  describe('the inbox', () => {
    test('takes an event once, and knows it after it was done', async () => {
      expect(await receive(heard('e1'))).toBe('new');
      expect(await receive(heard('e1'))).toBe('known');
      expect(await done(heard('e1'))).toEqual({ kind: 'committed' });
      expect(await receive(heard('e1'))).toBe('known');
      expect(await take(9)).toEqual([]);
    });

    test('takes the copies of an event that come at the same time once', async () => {
      const { store, another } = now();
      const other = await another();
      const said = await Promise.all([store, other, store, other].map((each) => each.receive(heard('e1'), later(1))));
      expect(said.sort()).toEqual(['known', 'known', 'known', 'new']);
    });

    test('keeps events apart that two conversations number alike', async () => {
      expect(await receive(heard('1', { conversation: channel(null) }))).toBe('new');
      expect(await receive(heard('1', { conversation: channel('t') }))).toBe('new');
    });

    test('gives back what whoever took it on did not end, whole, once the lease is over', async () => {
      const from = (id: string, sender: string) => {
        const { conversation, sender: account } = heard(id, { sender });
        return { id, conversation, sender: account };
      };
      const events: Activity[] = [
        heard('text'),
        {
          ...from('click', 'U2'),
          surface: 'chat',
          kind: 'click',
          action: 'request.approve',
          data: { request: 'FCR-1', version: 2 },
          message: 'm1',
        },
        {
          ...from('form', 'U3'),
          surface: 'form',
          kind: 'form',
          submission: { draft: 'd1', page: 'what', seen: 's', press: { kind: 'go', page: 'flows' }, values: { site: '站点 \u0000' } },
        },
      ];
      for (const event of events) await receive(event, 2);
      expect(await take(1)).toEqual([]);
      expect(await now().store.claimInbox(['slack'], later(2), later(3), 99)).toEqual(events);
      expect(await take(2)).toEqual([]);
    });

    test('gives the oldest of each account in each conversation, and the next when that is done', async () => {
      const events = [
        heard('a1', { conversation: channel('t') }),
        heard('a2', { conversation: channel('t') }),
        heard('b1', { conversation: channel('t'), sender: 'U2' }),
        heard('c1', { conversation: channel(null) }),
      ];
      for (const event of events) await receive(event);
      expect(await take(1)).toEqual(['a1', 'b1', 'c1']);
      expect(await take(2)).toEqual(['a1', 'b1', 'c1']);
      await done(heard('a1', { conversation: channel('t') }));
      expect(await take(2)).toEqual(['a2']);
    });

    test('holds the later ones of an account back while an earlier one is being worked at or waits', async () => {
      await receive(heard('a1'), 5);
      await receive(heard('a2'), 1);
      expect(await take(2)).toEqual([]);
      await now().store.putBack(heard('a1'), later(4));
      expect(await take(3)).toEqual([]);
      expect(await take(4)).toEqual(['a1']);
    });

    test('gives one that was put back at its time, also before the lease is over', async () => {
      await receive(heard('a1'), 60);
      await now().store.putBack(heard('a1'), later(2));
      expect(await take(1)).toEqual([]);
      expect(await take(2)).toEqual(['a1']);
      await done(heard('a1'));
      await now().store.putBack(heard('a1'), later(3));
      expect(await take(9)).toEqual([]);
    });

    test('gives no more than asked for, of the platforms asked for', async () => {
      for (const sender of ['U1', 'U2', 'U3']) await receive(heard('x', { sender }));
      const { store } = now();
      expect(await store.claimInbox([], later(1), later(2), 9)).toEqual([]);
      expect(await store.claimInbox(['teams'], later(1), later(2), 9)).toEqual([]);
      expect(await store.claimInbox(['slack', 'teams'], later(1), later(2), 2)).toHaveLength(2);
      expect(await store.claimInbox(['slack'], later(1), later(2), 2)).toHaveLength(1);
    });

    test('gives each event once to those who ask at the same time', async () => {
      const { store, another } = now();
      const others = [await another(), await another()];
      const senders = Array.from({ length: 20 }, (_, k) => `U${k}`);
      for (const sender of senders) await receive(heard(sender, { sender }));
      const takers = [store, ...others, store, ...others];
      const all = (await Promise.all(takers.map((each) => each.claimInbox(['slack'], later(1), later(2), 99)))).flat();
      expect(all.map(({ id }) => id).sort()).toEqual(senders.sort());
    });

    test('ends an event with the effect it had, and not without', async () => {
      const { store } = now();
      await receive(heard('a1'));
      const setting = { kind: 'code' as const, digest: 'not there', value: null };
      expect(await store.commit({ audit: [], settings: [setting], received: heard('a1') })).toEqual({ kind: 'conflict' });
      expect(await take(1)).toEqual(['a1']);
    });

    test('has nothing to end where the event was never kept', async () => {
      expect(await done(heard('never'))).toEqual({ kind: 'committed' });
      expect(await receive(heard('never'))).toBe('new');
    });

    test('forgets what was done long ago, and nothing else', async () => {
      const { store, clock } = now();
      await receive(heard('old'));
      await done(heard('old'));
      await receive(heard('open', { sender: 'U2' }));
      clock.set(later(60));
      await receive(heard('new', { sender: 'U3' }));
      await done(heard('new', { sender: 'U3' }));
      await store.forgetInbox(later(60));
      expect(await receive(heard('old'))).toBe('new');
      expect(await receive(heard('new', { sender: 'U3' }))).toBe('known');
      expect(await receive(heard('open', { sender: 'U2' }))).toBe('known');
    });

    test('is not stopped by one that cannot be read, and says so when there is nothing else', async () => {
      await receive(heard('bad'));
      await now().execute(`update inbox set activity = '{}'`);
      await receive(heard('good', { sender: 'U2' }));
      expect(await take(1)).toEqual(['good']);
      await expect(take(2)).resolves.toEqual(['good']);
      await done(heard('good', { sender: 'U2' }));
      await expect(take(3)).rejects.toMatchObject({ code: 'store-corrupt', message: expect.stringContaining('bad') });
    });

    test('keeps nothing of what was said once it is answered', async () => {
      await receive(heard('a1'));
      await done(heard('a1'));
      await now().execute(`insert into note (platform, key, value) select 'kept', activity, 'true' from inbox`);
      expect(await now().store.note('kept', '')).toBe(true);
    });
  });
}
