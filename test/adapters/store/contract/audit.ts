import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { commitment } from '../../../../src/audit/commitment.ts';
import { parseEntry } from '../../../../src/audit/entry.ts';
import { parseVkey } from '../../../../src/audit/note.ts';
import { proveEntry } from '../../../../src/audit/prove.ts';
import { provesEntry } from '../../../../src/audit/tlog-proof.ts';
import { verifyTrail } from '../../../../src/audit/verify.ts';
import { approver, draftOf, sampleRequest, transition } from '../../../support/store-samples.ts';
import type { Fixture } from './fixture.ts';

const verify = ({ store }: Fixture) => store.readAudit(verifyTrail);
const entriesOf = async ({ store }: Fixture) =>
  (await store.readAudit((trail) => trail.entries(0, 999))).map(({ bytes }) => parseEntry(bytes));

export function auditContract(now: () => Fixture): void {
  describe('the audit trail', () => {
    test('is intact from nothing on, at every size', async () => {
      expect(await verify(now())).toMatchObject({
        verdict: 'intact',
        entries: 0,
        root: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      });
      for (let version = 1; version <= 17; version += 1) {
        await now().store.commit(transition(sampleRequest(1, version)));
        expect(await verify(now())).toMatchObject({ verdict: 'intact', entries: version, requests: 1, findings: [] });
      }
    });

    test('goes on where another process left it', async () => {
      const other = await now().another();
      for (let version = 1; version <= 9; version += 1) {
        await (version % 3 === 0 ? other : now().store).commit(transition(sampleRequest(1, version)));
      }
      expect(await verify(now())).toMatchObject({ verdict: 'intact', entries: 9 });
    });

    test('takes several entries of one commit in their order', async () => {
      const request = sampleRequest(1);
      const audit = ['one', 'two', 'three'].map((type) => draftOf(request, { type }));
      await now().store.commit({ request: { expected: null, next: request }, audit });
      expect((await entriesOf(now())).map((entry) => entry?.type)).toEqual(['one', 'two', 'three']);
      expect(await verify(now())).toMatchObject({ verdict: 'intact', entries: 3 });
    });

    test('never runs back in time, though the clock does', async () => {
      const { store, clock } = now();
      await store.commit(transition(sampleRequest(1, 1)));
      clock.set('2026-11-19T09:00:00.000Z');
      await store.commit(transition(sampleRequest(1, 2)));
      clock.set('2026-11-21T09:00:00.000Z');
      await store.commit(transition(sampleRequest(1, 3)));
      expect((await entriesOf(now())).map((entry) => entry?.at)).toEqual(['20', '20', '21'].map((day) => `2026-11-${day}T09:00:00.000Z`));
    });

    test('names nobody: a person keeps one pseudonym, an account of a platform another', async () => {
      const { store } = now();
      const request = sampleRequest(1);
      const by = (actor: ReturnType<typeof draftOf>['actor']) => ({ audit: [draftOf(request, { actor })] });
      const account = { kind: 'account' as const, platform: 'slack', id: 'U0STRANGER' };
      for (const actor of [{ kind: 'person' as const, person: approver }, account, account, { kind: 'system' as const }])
        await store.commit(by(actor));
      await store.commit(by({ kind: 'person', person: approver }));
      const actors = (await entriesOf(now())).map((entry) => entry?.actor);
      expect(actors[4]).toEqual(actors[0]);
      expect(actors[2]).toEqual(actors[1]);
      expect(actors[3]).toEqual({ kind: 'system' });
      expect(JSON.stringify(actors)).not.toMatch(/approver|STRANGER/);
    });

    test('holds free text as a commitment alone, its value and salt beside it', async () => {
      const { store } = now();
      await store.commit({ audit: [draftOf(sampleRequest(1), { personal: { text: 'fine by me', address: '192.0.2.10' } })] });
      const [stored] = await store.readAudit((trail) => trail.entries(0, 1));
      const bytes = Buffer.from(stored?.bytes ?? []).toString();
      expect(bytes).not.toMatch(/fine by me|192\.0\.2\.10/);
      const values = await store.readAudit((trail) => trail.personal(0, 1));
      expect(new Set(values.map(({ salt }) => Buffer.from(salt).toString('hex'))).size).toBe(2);
      for (const { name, salt, value } of values) {
        expect(salt).toHaveLength(32);
        expect(bytes).toContain(`"${name}":"${commitment(salt, JSON.parse(value))}"`);
      }
    });
  });

  describe('what is signed', () => {
    const { privateKey: current } = generateKeyPairSync('ed25519');
    const keys = () => ({ current, previous: null, newOrigin: () => 'log.example/audit' });

    test('goes on from one checkpoint to the next, whoever signs, and proves each entry', async () => {
      const other = await now().another();
      for (let version = 1; version <= 9; version += 1) {
        await now().store.commit(transition(sampleRequest(1, version)));
        if (version % 2 === 0) await (version % 4 === 0 ? other : now().store).sealAudit(keys);
      }
      const sealed = await now().store.sealAudit(keys);
      expect(await other.sealAudit(keys)).toEqual({ ...sealed, isNew: false });
      expect(await verify(now())).toMatchObject({ verdict: 'intact', entries: 15, checkpoints: 5, signed: 15, findings: [] });
      const about = await now().store.readAudit((trail) => trail.about('FCR-1'));
      expect(about).toHaveLength(9);
      for (const { idx, bytes } of about) {
        const { proof } = await now().store.readAudit((trail) => proveEntry(trail, idx, sealed));
        const key = parseVkey(sealed.vkey);
        expect(key && provesEntry(bytes, proof, key)).toBe(true);
      }
    });

    test('by two at once is signed once', async () => {
      const other = await now().another();
      await now().store.commit(transition(sampleRequest(1)));
      const sealed = await Promise.all([now().store.sealAudit(keys), other.sealAudit(keys)]);
      expect(sealed.map(({ isNew }) => isNew).toSorted()).toEqual([false, true]);
    });

    test.each([`update audit_checkpoint set note = ''`, 'delete from audit_checkpoint', `insert into audit_checkpoint values (1, '')`])(
      'is kept from: %s',
      async (statement) => {
        await now().store.sealAudit(keys);
        await expect(now().execute(statement)).rejects.toThrow('audit_checkpoint');
      },
    );
  });

  describe('a table of the audit trail', () => {
    test.each([
      ['audit_entry', 'update audit_entry set leaf = bytes where idx = 1'],
      ['audit_entry', 'delete from audit_entry where idx = 2'],
      ['audit_entry', 'insert into audit_entry select idx + 2, bytes, leaf from audit_entry where idx = 2'],
      ['audit_entry', 'insert into audit_entry select -1, bytes, leaf from audit_entry where idx = 2'],
      ['audit_node', 'update audit_node set i = 9 where level = 1'],
      ['audit_node', 'delete from audit_node'],
      ['audit_node', 'insert into audit_node select level, i + 2, hash from audit_node'],
      ['audit_personal', `update audit_personal set value = '"forged"'`],
    ])('%s refuses: %s', async (table, statement) => {
      for (let version = 1; version <= 3; version += 1) await now().store.commit(transition(sampleRequest(1, version)));
      await expect(now().execute(statement)).rejects.toThrow(table);
      expect(await verify(now())).toMatchObject({ verdict: 'intact', entries: 3 });
    });
  });
}
