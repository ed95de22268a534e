import { describe, expect, test } from 'vitest';
import { card, dialogState, direct, draftOf, engineer, later, sampleRequest, transition } from '../../../support/store-samples.ts';
import type { Fixture } from './fixture.ts';

export function commitContract(now: () => Fixture): void {
  describe('a commit', () => {
    test('brings the request, its deliveries, its receipt and its entry, all readable', async () => {
      const { store } = now();
      const request = sampleRequest(1);
      expect(await store.commit(transition(request))).toEqual({ kind: 'committed' });
      expect(await store.request(request.id)).toEqual(request);
      expect((await store.dueOutbox(['web'], later(1))).map(({ id }) => id)).toEqual(['FCR-1-1-a', 'FCR-1-1-b']);
      expect(await store.receipt('click:FCR-1-1')).toEqual({ key: 'click:FCR-1-1', reply: [card('FCR-1-1')] });
      expect(await store.readAudit((trail) => trail.entries(0, 9))).toHaveLength(1);
    });

    test('of a version that somebody else overtook is a conflict and leaves nothing behind', async () => {
      const { store } = now();
      await store.commit(transition(sampleRequest(1, 1)));
      await store.commit(transition(sampleRequest(1, 2, 'approved')));
      const late = { ...transition(sampleRequest(1, 2, 'rejected')), receipts: [{ key: 'late', reply: [] }], outbox: [] };
      expect(await store.commit(late)).toEqual({ kind: 'conflict' });
      expect((await store.request(sampleRequest(1).id))?.state).toBe('approved');
      expect(await store.receipt('late')).toBeNull();
      expect(await store.readAudit((trail) => trail.lastIndex())).toBe(1);
    });

    test.each([
      ['id', sampleRequest(1)],
      ['number', { ...sampleRequest(2), number: 1 }],
    ])('of a new request whose %s is taken is a conflict', async (_, request) => {
      const { store } = now();
      await store.commit(transition(sampleRequest(1)));
      expect(await store.commit({ request: { expected: null, next: request }, audit: [draftOf(request)] })).toEqual({ kind: 'conflict' });
    });

    test('of the same deed again gets the first one’s reply, and changes nothing', async () => {
      const { store } = now();
      await store.commit(transition(sampleRequest(1, 1)));
      const again = { ...transition(sampleRequest(1, 2)), receipts: [{ key: 'click:FCR-1-1', reply: [] }] };
      expect(await store.commit(again)).toEqual({ kind: 'repeated', receipt: { key: 'click:FCR-1-1', reply: [card('FCR-1-1')] } });
      expect((await store.request(sampleRequest(1).id))?.version).toBe(1);
    });

    test('that fails half way leaves nothing behind', async () => {
      const { store } = now();
      const request = sampleRequest(1);
      const bad = { ...transition(request), audit: [draftOf(request), draftOf(request, { after: { part: 0.5 } })] };
      await expect(store.commit(bad)).rejects.toMatchObject({ code: 'not-canonical' });
      expect(await store.request(request.id)).toBeNull();
      expect(await store.readAudit((trail) => trail.lastIndex())).toBeNull();
      expect(await store.commit(transition(request))).toEqual({ kind: 'committed' });
    });

    test('that moves a request without an audit entry about it is a fault', async () => {
      const { store } = now();
      await expect(store.commit({ request: { expected: null, next: sampleRequest(1) }, audit: [] })).rejects.toThrow(
        'without an audit entry',
      );
      expect(await store.request(sampleRequest(1).id)).toBeNull();
    });

    test('keeps a draft, or ends it, with the rest', async () => {
      const { store } = now();
      const draft = { id: 'd1', person: engineer, conversation: direct('engineer'), state: dialogState, updated_at: later(1) };
      await store.commit({ audit: [], saveDraft: draft });
      expect(await store.draft('d1')).toEqual(draft);
      await store.commit({ ...transition(sampleRequest(1)), deleteDraft: 'd1' });
      expect(await store.draft('d1')).toBeNull();
    });
  });

  describe('commits sent at the same time', () => {
    test('with the same expected version: one wins, whatever the connection', async () => {
      const { store, another } = now();
      await store.commit(transition(sampleRequest(1, 1)));
      const others = await Promise.all([another(), another()]);
      const results = await Promise.all(
        [store, store, ...others, ...others].map((each, k) => {
          const next = sampleRequest(1, 2, k % 2 === 0 ? 'approved' : 'rejected');
          return each.commit({ request: { expected: 1, next }, audit: [draftOf(next)] });
        }),
      );
      expect(results.map(({ kind }) => kind).sort()).toEqual(['committed', ...Array(5).fill('conflict')]);
      expect(await store.readAudit((trail) => trail.lastIndex())).toBe(1);
    });

    test('with the same receipt: one is done, the others get its reply', async () => {
      const { store, another } = now();
      const other = await another();
      const results = await Promise.all(
        [store, other, store, other].map((each, k) =>
          each.commit({ audit: [draftOf(sampleRequest(1))], receipts: [{ key: 'same', reply: [card(`answer ${k}`)] }] }),
        ),
      );
      expect(results.map(({ kind }) => kind).sort()).toEqual(['committed', 'repeated', 'repeated', 'repeated']);
      const first = await store.receipt('same');
      for (const result of results) if (result.kind === 'repeated') expect(result.receipt).toEqual(first);
    });
  });
}
