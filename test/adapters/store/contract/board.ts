import { describe, expect, test } from 'vitest';
import type { BoardMessage } from '../../../../src/app/ports.ts';
import { card, direct, engineer, later } from '../../../support/store-samples.ts';
import type { Fixture } from './fixture.ts';

export function boardContract(now: () => Fixture): void {
  const message = (text: string, over: Partial<BoardMessage> = {}): Omit<BoardMessage, 'id' | 'editedAt'> => ({
    conversation: direct('engineer'),
    author: engineer,
    seenBy: null,
    content: { kind: 'text', text },
    at: later(0),
    ...over,
  });

  describe('the message board', () => {
    test('shows the latest, oldest first, threads included', async () => {
      const { store } = now();
      for (const text of ['one', 'two']) await store.append(message(text), text);
      await store.append(
        message('three', { conversation: { ...direct('engineer'), thread: 'x' }, author: null, seenBy: engineer }),
        'three',
      );
      await store.append(message('elsewhere', { conversation: direct('approver') }), 'elsewhere');
      const texts = (await store.list('engineer', 2)).map(({ content }) => content);
      expect(texts).toEqual([
        { kind: 'text', text: 'two' },
        { kind: 'text', text: 'three' },
      ]);
    });

    test('takes a message once, also when it is sent twice at the same time', async () => {
      const { store, another } = now();
      const other = await another();
      const copies = await Promise.all([store, other, store].map((board, k) => board.append(message(`try ${k}`), 'same')));
      expect(new Set(copies.map(({ id }) => id)).size).toBe(1);
      expect(await store.list('engineer', 9)).toEqual([copies[0]]);
    });

    test('puts another content in a message’s place', async () => {
      const { store } = now();
      const { id } = await store.append(message('before'), 'k');
      const content = { kind: 'card' as const, card: card('after') };
      const edited = await store.replace(id, content, later(3));
      expect(edited).toMatchObject({ id, content, at: later(0), editedAt: later(3) });
      expect(await store.list('engineer', 9)).toEqual([edited]);
      expect(await store.replace('nothing', content, later(3))).toBeNull();
    });
  });
}
