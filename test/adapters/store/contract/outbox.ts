import { describe, expect, test } from 'vitest';
import type { NewOutboxRow } from '../../../../src/app/ports.ts';
import { card, direct, engineer, later, outboxRow, sampleRequest } from '../../../support/store-samples.ts';
import type { Fixture } from './fixture.ts';

export function outboxContract(now: () => Fixture): void {
  const put = (...outbox: NewOutboxRow[]) => now().store.commit({ audit: [], outbox });
  const due = async (minutes: number) => (await now().store.dueOutbox(['web', 'terminal'], later(minutes))).map(({ id }) => id);

  describe('the outbox', () => {
    test('gives the oldest of each conversation, and the next once it is delivered', async () => {
      await put(outboxRow('a1', direct('a')), outboxRow('a2', direct('a')), outboxRow('b1', direct('b')));
      await put(outboxRow('a3', direct('a')));
      expect(await due(0)).toEqual(['a1', 'b1']);
      await now().store.delivered('a1', null);
      expect(await due(0)).toEqual(['a2', 'b1']);
      await now().store.delivered('a1', null);
      expect(await due(0)).toEqual(['a2', 'b1']);
    });

    test('keeps threads of one channel apart', async () => {
      const thread = (thread: string | null) => ({ platform: 'web', id: 'channel', kind: 'channel' as const, thread });
      await put(outboxRow('top', thread(null)), outboxRow('one', thread('1')), outboxRow('two', thread('2')));
      expect(await due(0)).toEqual(['top', 'one', 'two']);
    });

    test('gives what it was given, whole', async () => {
      const rows: NewOutboxRow[] = [
        { id: 'x', conversation: direct('a'), content: { kind: 'card', request: null, card: card('你好 <b>') } },
        { id: 'y', conversation: direct('b'), content: { kind: 'request-card', request: sampleRequest(1).id, reader: null } },
      ];
      await put(...rows);
      const times = { attempts: 0, due_at: later(0), created_at: later(0) };
      expect(await now().store.dueOutbox(['web'], later(0))).toEqual(rows.map((row) => ({ ...row, ...times })));
    });

    test('says nothing of other platforms', async () => {
      await put(outboxRow('slack', { ...direct('a'), platform: 'slack' }));
      expect(await due(9)).toEqual([]);
      expect(await now().store.dueOutbox([], later(9))).toEqual([]);
    });

    test('holds a conversation back while its oldest waits for another try', async () => {
      await put(outboxRow('a1', direct('a')), outboxRow('a2', direct('a')));
      await now().store.postpone('a1', later(5), 'rate limited');
      expect(await due(4)).toEqual([]);
      expect(await due(5)).toEqual(['a1']);
      expect((await now().store.dueOutbox(['web'], later(5)))[0]?.attempts).toBe(1);
    });

    test('goes on after a delivery that was given up', async () => {
      await put(outboxRow('a1', direct('a')), outboxRow('a2', direct('a')));
      await now().store.abandon('a1', 'channel archived');
      expect(await due(0)).toEqual(['a2']);
      await now().store.postpone('a1', later(0), 'too late');
      expect(await due(0)).toEqual(['a2']);
    });
  });

  describe('a posted card', () => {
    const request = sampleRequest(1).id;
    const posted = (reader: typeof engineer | null, conversation: string, id: string) => ({
      request,
      reader,
      message: { conversation: direct(conversation), id },
    });

    test('is remembered for its request, once for each reader and place: the latest', async () => {
      await put(outboxRow('a1', direct('a')), outboxRow('a2', direct('a')), outboxRow('b1', direct('b')));
      await now().store.delivered('a1', posted(engineer, 'a', 'm1'));
      await now().store.delivered('b1', posted(null, 'b', 'm2'));
      await now().store.delivered('a2', posted(engineer, 'a', 'm3'));
      const cards = await now().store.postedCards(request);
      expect(cards).toHaveLength(2);
      expect(cards).toEqual(expect.arrayContaining([posted(engineer, 'a', 'm3'), posted(null, 'b', 'm2')]));
      expect(await now().store.postedCards(sampleRequest(2).id)).toEqual([]);
    });
  });
}
