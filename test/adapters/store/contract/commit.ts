import { describe, expect, test } from 'vitest';
import { verifyTrail } from '../../../../src/audit/verify.ts';
import { claimed, draft, draftOf, later, reply, sampleRequest, transition } from '../../../support/store-samples.ts';
import type { Fixture } from './fixture.ts';

export function commitContract(now: () => Fixture): void {
  describe('a commit', () => {
    test('brings the request, its deliveries, its receipt and its entry, all readable', async () => {
      const { store } = now();
      const request = sampleRequest(1);
      expect(await store.commit(transition(request))).toEqual({ kind: 'committed' });
      expect(await store.request(request.id)).toEqual(request);
      expect((await claimed(store, 'web', 1)).map(({ id }) => id)).toEqual(['FCR-1-1-a', 'FCR-1-1-b']);
      expect(await store.receipt('click:FCR-1-1')).toEqual({ key: 'click:FCR-1-1', reply: reply('FCR-1-1') });
      expect(await store.readAudit((trail) => trail.entries(0, 9))).toHaveLength(1);
    });

    test('of a version that somebody else overtook is a conflict and leaves nothing behind', async () => {
      const { store } = now();
      await store.commit(transition(sampleRequest(1, 1)));
      await store.commit(transition(sampleRequest(1, 2, 'approved')));
      const late = { ...transition(sampleRequest(1, 2, 'rejected')), receipts: [{ key: 'late', reply: reply() }], outbox: [] };
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
      const again = { ...transition(sampleRequest(1, 2)), receipts: [{ key: 'click:FCR-1-1', reply: reply() }] };
      expect(await store.commit(again)).toEqual({ kind: 'repeated', receipt: { key: 'click:FCR-1-1', reply: reply('FCR-1-1') } });
      expect((await store.request(sampleRequest(1).id))?.version).toBe(1);
    });

    test('that fails among others made at the same time leaves nothing behind, and the others stand', async () => {
      const { store } = now();
      const good = Array.from({ length: 10 }, (_, k) => sampleRequest(k + 1));
      const bad = { ...transition(sampleRequest(20)), audit: [draftOf(sampleRequest(20), { after: { part: 0.5 } })] };
      const batches = [...good.slice(0, 5).map(transition), bad, ...good.slice(5).map(transition)];
      const outcomes = await Promise.allSettled(batches.map((batch) => store.commit(batch)));
      expect(outcomes.map(({ status }) => status)).toEqual(batches.map((batch) => (batch === bad ? 'rejected' : 'fulfilled')));
      expect((await store.requests()).toSorted((one, other) => one.number - other.number)).toEqual(good);
      expect(await store.readAudit(verifyTrail)).toMatchObject({ verdict: 'intact', entries: 10, findings: [] });
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
      await store.commit({ audit: [], saveDraft: draft() });
      expect(await store.draft('d1')).toEqual(draft({ revision: 1 }));
      await store.commit({ ...transition(sampleRequest(1)), deleteDraft: { id: 'd1', revision: 1 } });
      expect(await store.draft('d1')).toBeNull();
    });

    test.each([
      ['begins a draft that is there already', { saveDraft: draft() }],
      ['saves a draft that was saved meanwhile', { saveDraft: draft({ revision: 1 }) }],
      ['saves a draft that is gone', { saveDraft: draft({ id: 'gone', revision: 1 }) }],
      ['ends a draft that was saved meanwhile', { deleteDraft: { id: 'd1', revision: 1 } }],
      ['ends a draft that is gone', { deleteDraft: { id: 'gone', revision: 1 } }],
    ])('that %s is a conflict and leaves nothing behind', async (_, change) => {
      const { store } = now();
      await store.commit({ audit: [], saveDraft: draft() });
      await store.commit({ audit: [], saveDraft: draft({ revision: 1, updated_at: later(2) }) });
      expect(await store.commit({ ...transition(sampleRequest(1)), ...change })).toEqual({ kind: 'conflict' });
      expect(await store.request(sampleRequest(1).id)).toBeNull();
      expect(await store.draft('d1')).toEqual(draft({ revision: 2, updated_at: later(2) }));
      expect(await claimed(store, 'web', 1)).toEqual([]);
    });

    test('of an overtaken request leaves its draft as it is', async () => {
      const { store } = now();
      await store.commit(transition(sampleRequest(1)));
      await store.commit({ audit: [], saveDraft: draft() });
      const late = { request: { expected: 7, next: sampleRequest(1, 8) }, audit: [draftOf(sampleRequest(1, 8))] };
      for (const change of [{ saveDraft: draft({ revision: 1 }) }, { deleteDraft: { id: 'd1', revision: 1 } }])
        expect(await store.commit({ ...late, ...change })).toEqual({ kind: 'conflict' });
      expect(await store.draft('d1')).toEqual(draft({ revision: 1 }));
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

    test('that save what they read of a draft: one wins, whatever the connection', async () => {
      const { store, another } = now();
      await store.commit({ audit: [], saveDraft: draft() });
      const other = await another();
      const results = await Promise.all(
        [store, other, store, other].map((each, k) => each.commit({ audit: [], saveDraft: draft({ revision: 1, updated_at: later(k) }) })),
      );
      expect(results.map(({ kind }) => kind).sort()).toEqual(['committed', 'conflict', 'conflict', 'conflict']);
      expect((await store.draft('d1'))?.revision).toBe(2);
    });

    test('with the same receipt: one is done, the others get its reply', async () => {
      const { store, another } = now();
      const other = await another();
      const results = await Promise.all(
        [store, other, store, other].map((each, k) =>
          each.commit({ audit: [draftOf(sampleRequest(1))], receipts: [{ key: 'same', reply: reply(`answer ${k}`) }] }),
        ),
      );
      expect(results.map(({ kind }) => kind).sort()).toEqual(['committed', 'repeated', 'repeated', 'repeated']);
      const first = await store.receipt('same');
      for (const result of results) if (result.kind === 'repeated') expect(result.receipt).toEqual(first);
    });
  });
}
