import { describe, expect, test } from 'vitest';
import type { NewOutboxRow, PostedCard } from '../../../../src/app/ports.ts';
import type { Conversation } from '../../../../src/chat/activity.ts';
import { direct, engineer, outboxRow, sampleRequest } from '../../../support/store-samples.ts';
import type { Fixture } from './fixture.ts';

export function postedCardContract(now: () => Fixture): void {
  const put = (...outbox: NewOutboxRow[]) => now().store.commit({ audit: [], outbox });
  const request = sampleRequest(1).id;
  const channel = (thread: string | null, id = 'C1'): Conversation => ({ platform: 'web', id, kind: 'channel', thread });
  const posted = (reader: typeof engineer | null, conversation: Conversation, id: string): PostedCard => ({
    request,
    reader,
    message: { conversation, id },
  });

  describe('a posted card', () => {
    test('is remembered for its request, once for each reader and place: the latest', async () => {
      await put(outboxRow('a1', direct('a')), outboxRow('a2', direct('a')), outboxRow('b1', direct('b')));
      await now().store.delivered('a1', posted(engineer, direct('a'), 'm1'));
      await now().store.delivered('b1', posted(null, direct('b'), 'm2'));
      await now().store.delivered('a2', posted(engineer, direct('a'), 'm3'));
      const cards = await now().store.postedCards(request);
      expect(cards).toHaveLength(2);
      expect(cards).toEqual(expect.arrayContaining([posted(engineer, direct('a'), 'm3'), posted(null, direct('b'), 'm2')]));
      expect(await now().store.postedCards(sampleRequest(2).id)).toEqual([]);
    });

    test('leads from its message to the request, also when that is named from within its thread', async () => {
      await put(outboxRow('a1', channel(null)), outboxRow('a2', channel(null)));
      await now().store.delivered('a1', posted(null, channel(null), 'm1'));
      const at = (conversation: Conversation, id: string) => now().store.requestAt({ conversation, id });
      expect(await at(channel(null), 'm1')).toBe(request);
      expect(await at(channel('m1'), 'm1')).toBe(request);
      expect(await at(channel(null, 'C2'), 'm1')).toBeNull();
      expect(await at({ ...channel(null), platform: 'slack' }, 'm1')).toBeNull();
      expect(await at(channel(null), 'm2')).toBeNull();
      await now().store.delivered('a2', posted(null, channel(null), 'm2'));
      expect(await at(channel(null), 'm2')).toBe(request);
    });
  });

  describe('the bot', () => {
    const hasSpoken = (conversation: Conversation) => now().store.hasSpokenIn(conversation);

    test('has spoken where something of it was delivered, in that very thread', async () => {
      await put(outboxRow('a1', channel('t1')), outboxRow('b1', channel('t2')), outboxRow('c1', channel('t3')));
      expect(await hasSpoken(channel('t1'))).toBe(false);
      await now().store.delivered('a1', null);
      await now().store.abandon('b1', 'gone');
      expect(await Promise.all([channel('t1'), channel('t2'), channel('t3'), channel(null)].map(hasSpoken))).toEqual([
        true,
        false,
        false,
        false,
      ]);
    });

    test('has spoken in a thread that hangs under a card of its own', async () => {
      await put(outboxRow('a1', channel(null)));
      await now().store.delivered('a1', posted(null, channel(null), 'm1'));
      expect(await Promise.all([channel('m1'), channel('m2'), channel('m1', 'C2')].map(hasSpoken))).toEqual([true, false, false]);
    });
  });
}
