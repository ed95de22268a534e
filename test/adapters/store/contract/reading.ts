import { describe, expect, test } from 'vitest';
import type { TurnReply } from '../../../../src/app/ports.ts';
import { approver, card, direct, draft, engineer, later, reply, sampleRequest, transition } from '../../../support/store-samples.ts';
import type { Fixture } from './fixture.ts';

export function readingContract(now: () => Fixture): void {
  describe('requests', () => {
    test('are listed newest first, by requester and by state', async () => {
      const { store } = now();
      for (const number of [1, 2, 10]) await store.commit(transition(sampleRequest(number)));
      await store.commit(transition(sampleRequest(2, 2, 'approved')));
      expect((await store.requests()).map(({ id }) => id)).toEqual(['FCR-10', 'FCR-2', 'FCR-1']);
      expect((await store.requests({ states: ['approved', 'rejected'] })).map(({ id }) => id)).toEqual(['FCR-2']);
      expect(await store.requests({ requester: approver })).toEqual([]);
      expect(await store.requests({ requester: engineer, states: ['in-approval'] })).toHaveLength(2);
    });

    test('are numbered on from the highest', async () => {
      const { store } = now();
      expect(await store.nextRequestNumber()).toBe(1);
      await store.commit(transition(sampleRequest(7)));
      expect(await store.nextRequestNumber()).toBe(8);
    });

    test('that nobody asked for are null', async () => {
      expect(await now().store.request(sampleRequest(404).id)).toBeNull();
    });

    test('keep every character that was typed', async () => {
      const { store } = now();
      const odd = sampleRequest(1);
      const request = {
        ...odd,
        remarks: [{ kind: 'answer' as const, by: engineer, at: later(1), text: '前端 → 边缘 😂 \u0000 \u2028 \\ " \' `' }],
      };
      await store.commit(transition(request));
      expect(await store.request(request.id)).toEqual(request);
    });

    test('that cannot be read any more are a fault that names them', async () => {
      const { store, execute } = now();
      await store.commit(transition(sampleRequest(1)));
      await execute(`update request set document = '{}'`);
      await expect(store.request(sampleRequest(1).id)).rejects.toMatchObject({
        code: 'store-corrupt',
        message: expect.stringContaining('FCR-1'),
      });
    });
  });

  describe('a draft', () => {
    test('is found where it was begun, and nowhere else', async () => {
      const { store } = now();
      await store.commit({ audit: [], saveDraft: draft() });
      expect(await store.openDraft(engineer, direct('engineer'))).toEqual(draft({ revision: 1 }));
      expect(await store.openDraft(approver, direct('engineer'))).toBeNull();
      expect(await store.openDraft(engineer, { ...direct('engineer'), thread: '1' })).toBeNull();
    });

    test('that was put aside is listed and is no longer open', async () => {
      const { store } = now();
      await store.commit({ audit: [], saveDraft: draft() });
      await store.commit({ audit: [], saveDraft: draft({ conversation: null, updated_at: later(2), revision: 1 }) });
      await store.commit({ audit: [], saveDraft: draft({ id: 'd2', updated_at: later(3) }) });
      expect((await store.openDraft(engineer, direct('engineer')))?.id).toBe('d2');
      expect((await store.drafts(engineer)).map(({ id }) => id)).toEqual(['d2', 'd1']);
      expect((await store.draft('d1'))?.conversation).toBeNull();
    });

    test('is there after a restart', async () => {
      const { store, another } = now();
      await store.commit({ audit: [], saveDraft: draft() });
      expect(await (await another()).openDraft(engineer, direct('engineer'))).toEqual(draft({ revision: 1 }));
    });

    test.each([
      ['d1', 'd2'],
      ['d2', 'd1'],
    ])('of two of the same moment (%s, %s) it is always the same one', async (...ids) => {
      const { store } = now();
      for (const id of ids) await store.commit({ audit: [], saveDraft: draft({ id }) });
      expect((await store.openDraft(engineer, direct('engineer')))?.id).toBe('d2');
      expect((await store.drafts(engineer)).map(({ id }) => id)).toEqual(['d2', 'd1']);
    });
  });

  describe('what a deed was answered with', () => {
    const form: TurnReply['form'] = {
      locale: 'zh-CN',
      draft: 'd1',
      page: 'what',
      seen: 'sha256:0',
      title: '申请',
      position: { number: 1, of: 3 },
      elements: card('x').elements,
      fields: [
        {
          name: 'site',
          label: 'Site',
          hint: 'Where?',
          input: 'choice',
          options: [{ value: 'a', label: 'Site A' }],
          value: '',
          optional: false,
          problem: 'Pick one.',
        },
      ],
      next: 'Next',
      close: 'Close',
      buttons: [
        { label: 'Back', press: { kind: 'back' }, style: 'default' },
        { label: 'Flows', press: { kind: 'go', page: 'flows' }, style: 'danger' },
      ],
    };

    test.each([
      ['cards', reply('one', 'two')],
      ['cards for one person', { ...reply('one'), private: true }],
      ['cards for the direct conversation', { ...reply(), direct: [card('there')] }],
      ['a form', { ...reply(), form }],
    ])('is told again as it was: %s', async (_, answer) => {
      const { store } = now();
      await store.commit({ audit: [], receipts: [{ key: 'k', reply: answer }] });
      expect(await store.receipt('k')).toEqual({ key: 'k', reply: answer });
    });

    test('is read as earlier versions kept it: cards alone', async () => {
      const { store, execute } = now();
      await execute(`insert into receipt (key, reply, at) values ('old', '${JSON.stringify([card('was')])}', '${later(0)}')`);
      expect(await store.receipt('old')).toEqual({ key: 'old', reply: reply('was') });
    });
  });
}
