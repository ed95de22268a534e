import { describe, expect, test } from 'vitest';
import { direct, later } from '../../../support/store-samples.ts';
import type { Fixture } from './fixture.ts';

export function lastQuestionContract(now: () => Fixture): void {
  const asker = (account: string, conversation = 'a') => ({ account, conversation: direct(conversation) });
  const keep = (account: string, conversation: string, kind: string, since = later(0)) =>
    now().store.commit({ audit: [], lastQuestion: { asker: asker(account, conversation), intent: { kind }, since } });
  const last = (account: string, conversation = 'a', since = later(0)) => now().store.lastQuestion(asker(account, conversation), since);

  describe('the last question', () => {
    test('is the latest of one account in one conversation', async () => {
      await keep('ann', 'a', 'ports');
      await keep('ann', 'a', 'check');
      await keep('ann', 'b', 'rule');
      expect([await last('ann'), await last('ann', 'b'), await last('bo'), await last('ann', 'c')]).toEqual([
        { kind: 'check' },
        { kind: 'rule' },
        null,
        null,
      ]);
    });

    test('is not told, and is forgotten with the next one, when it is older than asked for', async () => {
      await keep('ann', 'a', 'ports');
      expect(await last('ann', 'a', later(1))).toBeNull();
      await keep('ann', 'b', 'rule', later(1));
      expect(await last('ann', 'a', later(0))).toBeNull();
    });
  });
}
