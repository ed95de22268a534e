import { describe, expect, test } from 'vitest';
import type { Draft } from '../../../../src/app/ports.ts';
import { approver, dialogState, direct, engineer, later, sampleRequest, transition } from '../../../support/store-samples.ts';
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
    const draft = (over: Partial<Draft>): Draft => ({
      id: 'd1',
      person: engineer,
      conversation: direct('engineer'),
      state: dialogState,
      updated_at: later(1),
      ...over,
    });

    test('is found where it was begun, and nowhere else', async () => {
      const { store } = now();
      await store.commit({ audit: [], saveDraft: draft({}) });
      expect(await store.openDraft(engineer, direct('engineer'))).toEqual(draft({}));
      expect(await store.openDraft(approver, direct('engineer'))).toBeNull();
      expect(await store.openDraft(engineer, { ...direct('engineer'), thread: '1' })).toBeNull();
    });

    test('that was put aside is listed and is no longer open', async () => {
      const { store } = now();
      await store.commit({ audit: [], saveDraft: draft({}) });
      await store.commit({ audit: [], saveDraft: draft({ conversation: null, updated_at: later(2) }) });
      await store.commit({ audit: [], saveDraft: draft({ id: 'd2', updated_at: later(3) }) });
      expect((await store.openDraft(engineer, direct('engineer')))?.id).toBe('d2');
      expect((await store.drafts(engineer)).map(({ id }) => id)).toEqual(['d2', 'd1']);
      expect((await store.draft('d1'))?.conversation).toBeNull();
    });

    test('is there after a restart', async () => {
      const { store, another } = now();
      await store.commit({ audit: [], saveDraft: draft({}) });
      expect(await (await another()).openDraft(engineer, direct('engineer'))).toEqual(draft({}));
    });
  });
}
