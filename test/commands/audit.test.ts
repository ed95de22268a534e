import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connect } from '../../src/adapters/store/sqlite.ts';
import { auditLog } from '../../src/commands/audit.ts';
import { auditVerify } from '../../src/commands/audit-verify.ts';
import { temporaryStore } from '../support/store.ts';
import { approver, draftOf, SetClock, sampleRequest, transition } from '../support/store-samples.ts';

let db: Awaited<ReturnType<typeof temporaryStore>>;
const written: string[] = [];
const failed: string[] = [];
beforeEach(async () => {
  written.length = 0;
  failed.length = 0;
  db = await temporaryStore(new SetClock());
  for (let version = 1; version <= 4; version += 1) await db.store.commit(transition(sampleRequest(1, version)));
  const refused = { outcome: 'refused' as const, after: { refusal: 'not-yours' }, personal: {} };
  await db.store.commit({ audit: [draftOf(sampleRequest(1, 4), refused)] });
  await db.store.commit(transition(sampleRequest(2)));
  await db.store.commit({ audit: [draftOf(sampleRequest(2), { object: null, actor: { kind: 'account', platform: 'slack', id: 'U1' } })] });
});
afterEach(() => db.remove());

const parts = (json = false) => ({
  store: db.store,
  json,
  write: (line: string) => written.push(line),
  fail: (line: string) => failed.push(line),
});

/** Edits the database as somebody with a shell could, the triggers out of the way. */
function behindItsBack(...statements: readonly string[]): void {
  const connection = connect(db.url.slice('sqlite:'.length));
  const triggers = connection.prepare<[], string>(`select name from sqlite_master where type = 'trigger'`).pluck().all();
  for (const trigger of triggers) connection.exec(`drop trigger ${trigger}`);
  for (const statement of statements) connection.exec(statement);
  connection.close();
}

describe('audit log', () => {
  test('prints an entry a line: index, time, deed, pseudonym, object, outcome', async () => {
    expect(await auditLog(parts())).toBe(0);
    expect(written).toHaveLength(7);
    expect(written[0]).toMatch(/^0 {2}2026-11-20T09:00:00\.000Z {2}request\.approve {2}[\w-]{16} {2}FCR-1 {2}done$/);
    expect(written[4]).toMatch(/FCR-1 {2}refused$/);
    expect(written[6]).toMatch(/slack\/[\w-]{16} {2}- {2}done$/);
    expect(written.join()).not.toContain(approver);
  });

  test('prints the exact bytes as JSON lines', async () => {
    expect(await auditLog(parts(true))).toBe(0);
    expect(written.map((line) => JSON.parse(line).object)).toEqual(['FCR-1', 'FCR-1', 'FCR-1', 'FCR-1', 'FCR-1', 'FCR-2', null]);
  });

  test('shows no terminal control that an entry carries', async () => {
    await db.store.commit({ audit: [draftOf(sampleRequest(2), { object: 'x\u001b[31m' })] });
    await auditLog(parts());
    expect(written.at(-1)).toContain('x␛[31m');
  });
});

describe('audit verify', () => {
  test('says intact, with the root, and exits 0', async () => {
    expect(await auditVerify(parts())).toBe(0);
    expect(written).toEqual([expect.stringMatching(/^intact: 7 entries, 2 requests, root [0-9a-f]{64}$/)]);
    expect(failed).toEqual([]);
  });

  test('says the same as JSON', async () => {
    expect(await auditVerify(parts(true))).toBe(0);
    expect(JSON.parse(written[0] ?? '')).toEqual({
      verdict: 'intact',
      since: 0,
      entries: 7,
      checkpoints: 0,
      signed: 0,
      requests: 2,
      redacted: 0,
      root: expect.stringMatching(/^[0-9a-f]{64}$/),
      findings: [],
    });
  });

  const document = (change: string) => `update request set document = ${change} where number = 1`;
  test.each<[string, number, RegExp, readonly string[]]>([
    [
      'a byte of an entry',
      2,
      /^tampered: entry 2, FCR-1: its bytes/,
      [`update audit_entry set bytes = cast(replace(cast(bytes as text), 'event-1-3', 'event-1-9') as blob) where idx = 2`],
    ],
    ['an entry replaced by text', 2, /^tampered: entry 2: /, [`update audit_entry set bytes = 'x' where idx = 2`]],
    ['a leaf', 2, /^tampered: entry 3, FCR-1: its bytes and its leaf/, ['update audit_entry set leaf = zeroblob(32) where idx = 3']],
    [
      'two entries that changed places',
      2,
      /^tampered: entry 0: entries 0 to 1 are not those/m,
      [
        'update audit_entry set idx = -9 where idx = 0',
        'update audit_entry set idx = 0 where idx = 1',
        'update audit_entry set idx = 1 where idx = -9',
      ],
    ],
    [
      'an entry and its leaf, rewritten together',
      2,
      /^tampered: entry 4: entries 4 to 5 are not those/m,
      [
        'update audit_entry set bytes = (select bytes from audit_entry where idx = 6), leaf = (select leaf from audit_entry where idx = 6) where idx = 5',
      ],
    ],
    ['an entry cut out', 3, /^missing: entry 2: the entry is missing/, ['delete from audit_entry where idx = 2']],
    ['entries cut out', 3, /^missing: entry 2: this entry and all up to 4/, ['delete from audit_entry where idx between 2 and 4']],
    ['entries cut off the end', 3, /^missing: entry 4: the tree was built over at least 6/, ['delete from audit_entry where idx >= 4']],
    ['all of it', 3, /^missing: entry 0: the tree was built/, ['delete from audit_entry', 'delete from request']],
    [
      'an entry added',
      2,
      /^tampered: entry 7: its bytes are no audit entry/m,
      [`insert into audit_entry values (7, '', x'6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d')`],
    ],
    [
      'an entry put before the first',
      2,
      /^tampered: entry -1: an entry has no place/,
      ['insert into audit_entry select -1, bytes, leaf from audit_entry where idx = 0'],
    ],
    [
      'a node',
      2,
      /^tampered: entry 2: entries 2 to 3 are not those/,
      ['update audit_node set hash = zeroblob(32) where level = 1 and i = 1'],
    ],
    ['a node taken out', 3, /^missing: entry 3: node 1 of level 1/, ['delete from audit_node where level = 1 and i = 1']],
    [
      'a node added',
      3,
      /^missing: entry 7: the tree was built over at least 8/,
      ['insert into audit_node select 1, 3, hash from audit_node where level = 2'],
    ],
    [
      'a node of a level that is none',
      2,
      /^tampered: audit trail: the tree has nodes of level 0/,
      ['insert into audit_node select 0, 3, hash from audit_node where level = 2'],
    ],
    [
      'a node of a negative number',
      2,
      /^tampered: audit trail: level 1 of the tree/,
      ['insert into audit_node select 1, -1, hash from audit_node where level = 2'],
    ],
    [
      'a personal text',
      2,
      /^tampered: entry 0, FCR-1: its personal value "text" was changed/,
      [`update audit_personal set value = '"forged"' where idx = 0`],
    ],
    ['its salt', 2, /^tampered: entry 0, FCR-1: its personal value/, ['update audit_personal set salt = zeroblob(32) where idx = 0']],
    [
      'two personal texts that changed places',
      2,
      /^tampered: entry 0/,
      [
        'update audit_personal set idx = 9 where idx = 0',
        'update audit_personal set idx = 0 where idx = 1',
        'update audit_personal set idx = 1 where idx = 9',
      ],
    ],
    [
      'a personal text taken out',
      3,
      /^missing: entry 0, FCR-1: its personal value "text" is missing/,
      ['delete from audit_personal where idx = 0'],
    ],
    [
      'a personal text added',
      2,
      /^tampered: entry 4, FCR-1: its personal value "more" was added/,
      [`insert into audit_personal values (4, 'more', x'00', '1')`],
    ],
    ['a personal text beyond the end', 3, /^missing: entry 99: /, [`insert into audit_personal values (99, 'text', x'00', '1')`]],
    ['the state of a request', 2, /FCR-1: its columns and its document/, [`update request set state = 'approved' where number = 1`]],
    [
      'the state in its document too',
      2,
      /FCR-1: it is "approved", the log says "in-approval"/,
      [
        `update request set state = 'approved' where number = 1`,
        document(`replace(document, '"state":"in-approval"', '"state":"approved"')`),
      ],
    ],
    ['what it asks for', 2, /FCR-1: what it asks for is not/, [document(`replace(document, '198.51.100.20', '198.51.100.99')`)]],
    ['its content hash', 2, /FCR-1: what it asks for is not/, [document(`replace(document, '"content_hash":"', '"content_hash":"0')`)]],
    ['its approvals', 2, /FCR-1: something in it was changed/, [document(`replace(document, '"approvals":[]', '"approvals":[1]')`)]],
    ['the spacing of its document', 2, /FCR-1: something in it was changed/, [document(`document || ' '`)]],
    ['its document, made unreadable', 2, /FCR-1: its document cannot be read/, [document(`'{'`)]],
    ['its requester', 2, /FCR-1: its requester was changed/, [`update request set requester = 'approver' where number = 1`]],
    ['its version', 2, /FCR-1: its columns and its document/, ['update request set version = 9 where number = 1']],
    ['its number', 2, /FCR-1: its columns and its document/, ['update request set number = 9 where number = 1']],
    ['its id', 2, /FCR-9: the log knows no such request/, [`update request set id = 'FCR-9' where number = 1`]],
    ['a request taken out', 3, /^missing: entry 5, FCR-2: the request is missing/, ['delete from request where number = 2']],
    [
      'a request added',
      2,
      /FCR-3: the log knows no such request/,
      [`insert into request select 'FCR-3', 3, version, state, requester, document from request where number = 2`],
    ],
    [
      'an earlier version of a request put back',
      2,
      /FCR-1: it has version 1, the log says 4/,
      ['update request set version = 1 where number = 1', document(`replace(document, '"version":4', '"version":1')`)],
    ],
  ])('finds %s', async (_, exitCode, first, statements) => {
    behindItsBack(...statements);
    expect(await auditVerify(parts())).toBe(exitCode);
    expect(failed.join('\n')).toMatch(first);
    expect(written.at(-1)).toMatch(exitCode === 2 ? /^tampered: / : /^incomplete: /);
  });
});
