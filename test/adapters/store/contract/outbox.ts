import { describe, expect, test } from 'vitest';
import type { NewOutboxRow } from '../../../../src/app/ports.ts';
import { card, claimed, direct, engineer, later, outboxRow, sampleRequest } from '../../../support/store-samples.ts';
import type { Fixture } from './fixture.ts';

export function outboxContract(now: () => Fixture): void {
  const put = (...outbox: NewOutboxRow[]) => now().store.commit({ audit: [], outbox });
  const take = async (minutes: number, leaseEnds?: number) => (await claimed(now().store, 'web', minutes, leaseEnds)).map(({ id }) => id);

  describe('the outbox', () => {
    test('gives the oldest of each conversation, and the next once it is delivered', async () => {
      await put(outboxRow('a1', direct('a')), outboxRow('a2', direct('a')), outboxRow('b1', direct('b')));
      await put(outboxRow('a3', direct('a')));
      expect(await take(0)).toEqual(['a1', 'b1']);
      await now().store.delivered('a1', null);
      expect(await take(0)).toEqual(['a2']);
      await now().store.delivered('a1', null);
      expect(await take(0)).toEqual([]);
    });

    test('keeps threads of one channel apart', async () => {
      const thread = (thread: string | null) => ({ platform: 'web', id: 'channel', kind: 'channel' as const, thread });
      await put(outboxRow('top', thread(null)), outboxRow('one', thread('1')), outboxRow('two', thread('2')));
      expect(await take(0)).toEqual(['top', 'one', 'two']);
    });

    test('gives what it was given, whole', async () => {
      const rows: NewOutboxRow[] = [
        { id: 'x', conversation: direct('a'), content: { kind: 'card', request: null, card: card('你好 <b>'), only: 'U1' } },
        { id: 'y', conversation: direct('b'), content: { kind: 'request-card', request: sampleRequest(1).id, reader: null } },
        { id: 'z', conversation: direct('c'), content: { kind: 'home', request: null, reader: engineer } },
      ];
      await put(...rows);
      const rest = { attempts: 0, again: false, due_at: later(0), created_at: later(0) };
      expect(await claimed(now().store, 'web', 0)).toEqual(rows.map((row) => ({ ...row, ...rest })));
    });

    test('takes a row whose id is there already once, whatever became of it', async () => {
      await put(outboxRow('a1', direct('a')));
      await put(outboxRow('a1', direct('a')), outboxRow('a2', direct('a')));
      expect(await take(0)).toEqual(['a1']);
      await now().store.delivered('a1', null);
      await put(outboxRow('a1', direct('a')));
      expect(await take(0)).toEqual(['a2']);
      await now().store.delivered('a2', null);
      expect(await take(0)).toEqual([]);
    });

    test('says nothing of other platforms, nor of other conversations than the one asked for', async () => {
      await put(outboxRow('slack', { ...direct('a'), platform: 'slack' }), outboxRow('a1', direct('a')), outboxRow('b1', direct('b')));
      const claim = { platform: 'web', within: direct('b'), now: later(0), leaseEnds: later(1), limit: 9 };
      expect((await now().store.claimOutbox(claim)).map(({ id }) => id)).toEqual(['b1']);
      expect(await take(0)).toEqual(['a1']);
    });

    test('gives no more than asked for', async () => {
      await put(...['a', 'b', 'c'].map((name) => outboxRow(name, direct(name))));
      const claim = { platform: 'web', within: null, now: later(0), leaseEnds: later(1), limit: 2 };
      expect(await now().store.claimOutbox(claim)).toHaveLength(2);
      expect(await now().store.claimOutbox(claim)).toHaveLength(1);
    });

    test('holds a conversation back while its oldest waits for another try', async () => {
      await put(outboxRow('a1', direct('a')), outboxRow('a2', direct('a')));
      await take(0);
      await now().store.postpone('a1', later(5), 'rate limited');
      expect(await take(4)).toEqual([]);
      expect(await claimed(now().store, 'web', 5)).toMatchObject([{ id: 'a1', attempts: 1, again: true }]);
    });

    test('goes on after a delivery that was given up', async () => {
      await put(outboxRow('a1', direct('a')), outboxRow('a2', direct('a')));
      await now().store.abandon('a1', 'channel archived');
      expect(await take(0)).toEqual(['a2']);
      await now().store.postpone('a1', later(0), 'too late');
      expect(await take(0)).toEqual([]);
    });

    test('gives a row to one taker, and to another when the lease is over: it may have been posted', async () => {
      const other = await now().another();
      await put(outboxRow('a1', direct('a')), outboxRow('a2', direct('a')));
      expect(await take(0, 3)).toEqual(['a1']);
      expect(await claimed(other, 'web', 2)).toEqual([]);
      expect(await claimed(other, 'web', 3, 6)).toMatchObject([{ id: 'a1', attempts: 1, again: true }]);
      expect(await take(5)).toEqual([]);
      expect(await claimed(now().store, 'web', 6)).toMatchObject([{ id: 'a1', attempts: 2, again: true }]);
    });

    test('gives each row once to those who ask at the same time', async () => {
      const { store, another } = now();
      const others = [await another(), await another()];
      await put(...Array.from({ length: 30 }, (_, k) => outboxRow(`r${k}`, direct(`c${k}`))));
      const takers = [store, ...others, store, ...others];
      const all = (await Promise.all(takers.map((each) => claimed(each, 'web', 0)))).flat();
      expect(all.map(({ id }) => id).sort()).toEqual(Array.from({ length: 30 }, (_, k) => `r${k}`).sort());
    });

    test('is not stopped by a row that cannot be read, and says so when there is nothing else', async () => {
      await put(outboxRow('bad', direct('a')));
      await now().execute(`update outbox set content = '{}'`);
      await put(outboxRow('good', direct('b')));
      expect(await take(0)).toEqual(['good']);
      await now().store.delivered('good', null);
      await expect(take(1)).rejects.toMatchObject({ code: 'store-corrupt', message: expect.stringContaining('bad') });
    });

    test('reads a card that an earlier version put there', async () => {
      await put({ id: 'x', conversation: direct('a'), content: { kind: 'card', request: null, card: card('was'), only: null } });
      await now().execute(`update outbox set content = replace(content, ',"only":null', '')`);
      expect(await claimed(now().store, 'web', 0)).toMatchObject([{ content: { card: card('was'), only: null } }]);
    });
  });

  describe('what could not be said of a request', () => {
    const { id: request } = sampleRequest(1);
    const undelivered = () => now().store.undelivered(request);

    test('is named with its place and the latest reason, until it could be said there', async () => {
      await put(outboxRow('a1', direct('a')), outboxRow('a2', direct('a')), outboxRow('b1', direct('b')), outboxRow('c1', direct('c')));
      await now().store.delivered('b1', null);
      await now().store.abandon('a1', 'archived');
      await now().store.abandon('c1', 'not invited');
      expect(await undelivered()).toEqual([
        { conversation: direct('a'), reason: 'archived' },
        { conversation: direct('c'), reason: 'not invited' },
      ]);
      await now().store.abandon('a2', 'gone');
      expect(await undelivered()).toEqual([
        { conversation: direct('a'), reason: 'gone' },
        { conversation: direct('c'), reason: 'not invited' },
      ]);
      await put(outboxRow('a3', direct('a')));
      await now().store.delivered('a3', null);
      expect(await undelivered()).toEqual([{ conversation: direct('c'), reason: 'not invited' }]);
      expect(await now().store.undelivered(sampleRequest(2).id)).toEqual([]);
    });

    test('is not made good by an earlier delivery, nor by one about something else', async () => {
      await put(outboxRow('a0', direct('a')), outboxRow('a1', direct('a')));
      await now().store.delivered('a0', null);
      await now().store.abandon('a1', 'archived');
      await put({ id: 'other', conversation: direct('a'), content: { kind: 'card', request: null, card: card('x'), only: null } });
      await now().store.delivered('other', null);
      expect(await undelivered()).toHaveLength(1);
    });
  });
}
