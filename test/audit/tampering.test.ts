import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publicKeys } from '../../src/adapters/anchors/key-file.ts';
import { backupSqlite } from '../../src/adapters/store/backup-sqlite.ts';
import { migrateStore, openStore } from '../../src/adapters/store/open-store.ts';
import { auditVerify } from '../../src/commands/audit-verify.ts';
import { addEntries, behindItsBack, type SignedLog, signedLog } from '../support/signed-log.ts';
import { draftOf, SetClock, sampleRequest } from '../support/store-samples.ts';

/** A log of 1,000 entries with ten checkpoints, one of them kept outside, and the file as it was the day before. */
let log: SignedLog;
let file: string;
let whole: string;
let yesterday: string;
let outside: string;
let entries: number;
beforeAll(async () => {
  log = await signedLog();
  file = log.db.url.slice('sqlite:'.length);
  whole = join(log.folder, 'whole.db');
  yesterday = join(log.folder, 'yesterday.db');
  outside = join(log.folder, 'outside');
  // What each checkpoint adds counts as well.
  for (let k = 0; k < 9; k += 1) {
    await addEntries(log, k === 0 ? 98 : 99);
    await log.seal();
    if (k === 5) await backupSqlite(file, yesterday);
  }
  await addEntries(log, 99);
  const { note, size } = await log.seal();
  entries = size;
  writeFileSync(outside, note);
  await backupSqlite(file, whole);
}, 120_000);
afterAll(() => log.remove());

const other = (k: number) => draftOf(sampleRequest(1), { object: null, source_event: `web:other-${k}` });

type Seen = { readonly exit: number; readonly findings: string; readonly verdict: string };

async function verify(path: string, options: { readonly outside?: boolean; readonly key?: boolean } = {}): Promise<Seen> {
  const store = await openStore(`sqlite:${path}`, new SetClock());
  const [found, written]: [string[], string[]] = [[], []];
  try {
    const exit = await auditVerify({
      store,
      json: false,
      checkpoints: options.outside === true ? [outside] : [],
      keys: options.key === false ? [] : publicKeys(log.keyFile),
      write: (line) => written.push(line),
      fail: (line) => found.push(line),
    });
    return { exit, findings: found.join('\n'), verdict: written.at(-1) ?? '' };
  } finally {
    await store.close();
  }
}

async function after(...statements: readonly string[]): Promise<Seen> {
  const path = join(log.folder, 'changed.db');
  for (const ending of ['', '-wal', '-shm']) rmSync(`${path}${ending}`, { force: true });
  copyFileSync(whole, path);
  behindItsBack(path, ...statements);
  return verify(path);
}

test('of 1,000 entries, untouched, nothing is found', async () => {
  const seen = await verify(whole, { outside: true });
  expect(entries).toBe(1000);
  expect(seen).toMatchObject({ exit: 0, findings: '', verdict: expect.stringContaining(`intact: ${entries} entries, 10 requests`) });
});

const flipped = (column: string, at: number) =>
  `cast(substr(${column}, 1, ${at - 1}) || char((unicode(substr(${column}, ${at}, 1)) % 9) + 48) || substr(${column}, ${at + 1}) as blob)`;
const swap = (table: string, key: string, columns: readonly string[], one: string, other: string): readonly string[] => [
  `create table keep as select * from ${table} where ${key} in (${one}, ${other})`,
  ...columns.flatMap((column) =>
    [
      [one, other],
      [other, one],
    ].map(([to, from]) => `update ${table} set ${column} = (select ${column} from keep where ${key} = ${from}) where ${key} = ${to}`),
  ),
  'drop table keep',
];

/** What was done, the exit code, what is said of where. */
const deeds: readonly (readonly [string, number, RegExp, readonly string[]])[] = [
  [
    'audit_entry: one byte',
    2,
    /^tampered: entry 517, .*bytes/,
    [`update audit_entry set bytes = ${flipped('cast(bytes as text)', 40)} where idx = 517`],
  ],
  ['audit_entry: a row taken out', 3, /^missing: entry 517: the entry is missing/, ['delete from audit_entry where idx = 517']],
  [
    'audit_entry: a row added',
    2,
    /entry 1000: its bytes and its leaf|checkpoint/,
    ['insert into audit_entry select max(idx) + 1, bytes, zeroblob(32) from audit_entry'],
  ],
  ['audit_entry: two swapped', 2, /^tampered: entry 516/, swap('audit_entry', 'idx', ['bytes', 'leaf'], '516', '517')],
  ['audit_entry: two far apart swapped', 2, /^tampered: entry 100/, swap('audit_entry', 'idx', ['bytes', 'leaf'], '101', '901')],
  [
    'audit_node: one byte',
    2,
    /^tampered: entry 512: entries 512 to 515 /,
    [`update audit_node set hash = x'00' || substr(hash, 2) where level = 2 and i = 128`],
  ],
  ['audit_node: a row taken out', 3, /^missing: entry 515: node 128 of level 2/, ['delete from audit_node where level = 2 and i = 128']],
  [
    'audit_node: a row added',
    3,
    /^missing: entry \d+: the tree was built over at least/,
    ['insert into audit_node select 2, 999, hash from audit_node where level = 2 and i = 0'],
  ],
  [
    'audit_node: two swapped',
    2,
    /^tampered: entry 512: entries 512 to 515 /,
    swap('audit_node', 'level = 2 and i', ['hash'], '128', '129'),
  ],
  [
    'audit_personal: one byte',
    2,
    /^tampered: entry 517, FCR-\d+: its personal value "text" was changed/,
    [`update audit_personal set value = '"Fine by me"' where idx = 517`],
  ],
  [
    'audit_personal: a row taken out',
    3,
    /^missing: entry 517, FCR-\d+: its personal value "text"/,
    ['delete from audit_personal where idx = 517'],
  ],
  [
    'audit_personal: a row added',
    2,
    /^tampered: entry 517, FCR-\d+: its personal value "more" was added/,
    [`insert into audit_personal values (517, 'more', x'00', '1')`],
  ],
  [
    'audit_personal: two swapped',
    2,
    /^tampered: entry 516, .* was changed/,
    swap('audit_personal', 'idx', ['salt', 'value'], '516', '517'),
  ],
  [
    'audit_checkpoint: one byte',
    2,
    /^tampered: entry 199: the checkpoint over 200 entries/,
    [`update audit_checkpoint set note = replace(note, '200', '202') where size = 200`],
  ],
  [
    'audit_checkpoint: one byte of a signature',
    2,
    /^tampered: entry 199: the checkpoint over 200 entries/,
    [`update audit_checkpoint set note = substr(note, 1, length(note) - 8) || 'AAAAAA=' || char(10) where size = 200`],
  ],
  [
    'audit_checkpoint: a row taken out',
    3,
    /^missing: entry 199: the checkpoint over 200 entries is missing/,
    ['delete from audit_checkpoint where size = 200'],
  ],
  [
    'audit_checkpoint: the last row taken out',
    3,
    /^missing: entry 999: the checkpoint over 1000 entries is missing/,
    ['delete from audit_checkpoint where size = (select max(size) from audit_checkpoint)'],
  ],
  ['audit_checkpoint: all taken out', 3, /^missing: entry 99: the checkpoint over/, ['delete from audit_checkpoint']],
  [
    'audit_checkpoint: a row added',
    2,
    /there is a checkpoint over 250 entries that the log knows nothing of/,
    ['insert into audit_checkpoint select 250, note from audit_checkpoint where size = 200'],
  ],
  [
    'audit_checkpoint: two swapped',
    2,
    /^tampered: entry 199: the checkpoint over 200 entries/,
    swap('audit_checkpoint', 'size', ['note'], '200', '300'),
  ],
  [
    'pseudonym: one byte',
    2,
    /^tampered: entry \d+: the pseudonym \S+ was given to somebody else/,
    [`update pseudonym set subject = 'person/approveR' where subject = 'person/approver'`],
  ],
  [
    'pseudonym: a row taken out',
    3,
    /^missing: entry \d+: whom the pseudonym \S+ stands for is missing/,
    [`delete from pseudonym where subject = 'person/approver'`],
  ],
  [
    'pseudonym: a row added',
    2,
    /the pseudonym .* (was given to somebody else|stands in no entry)/,
    [`insert into pseudonym values ('person/x', 'AAAAAAAAAAAAAAAA', x'00')`],
  ],
  [
    'pseudonym: two swapped',
    2,
    /the pseudonym \S+ was given to somebody else/,
    swap('pseudonym', 'ref', ['salt'], '(select min(ref) from pseudonym)', '(select max(ref) from pseudonym)'),
  ],
  [
    'request: one byte',
    2,
    /^tampered: entry \d+, FCR-3: something in it was changed/,
    [`update request set document = replace(document, '"approvals":[]', '"approvals":[0]') where number = 3`],
  ],
  ['request: a row taken out', 3, /^missing: entry \d+, FCR-3: the request is missing/, ['delete from request where number = 3']],
  [
    'request: a row added',
    2,
    /FCR-99: the log knows no such request/,
    [`insert into request select 'FCR-99', 99, version, state, requester, document from request where number = 3`],
  ],
  ['request: two swapped', 2, /FCR-3: its columns and its document/, swap('request', 'number', ['document'], '3', '4')],
];

describe('somebody with a shell is found out who changes', () => {
  test.each(deeds)('%s', async (_, exit, said, statements) => {
    const seen = await after(...statements);
    expect(seen.findings).toMatch(new RegExp(said.source, 'm'));
    expect(seen.exit).toBe(exit);
  });
});

describe('yesterday’s file put back', () => {
  test('is found against a checkpoint from outside, and what is missing is said', async () => {
    const seen = await verify(yesterday, { outside: true });
    expect(seen.exit).toBe(4);
    expect(seen.findings).toMatch(/^older: entry \d+: the outside checkpoint over \d+ entries is later than this log/);
  });

  test('looks intact without one', async () => {
    expect((await verify(yesterday)).exit).toBe(0);
  });

  test('and gone on with and signed again is found as tampered with', async () => {
    const path = join(log.folder, 'forked.db');
    copyFileSync(yesterday, path);
    const forked = await openStore(`sqlite:${path}`, new SetClock());
    for (let k = 0; k < 600; k += 1) await forked.commit({ audit: [other(k)] });
    await forked.sealAudit(log.keys);
    await forked.close();
    expect((await verify(path)).exit).toBe(0);
    const seen = await verify(path, { outside: true });
    expect(seen.exit).toBe(2);
    expect(seen.findings).toMatch(/the outside checkpoint over \d+ entries was signed over other entries/);
  });
});

test('a table that is put back as it was yesterday is found', async () => {
  for (const table of ['audit_entry', 'audit_node', 'audit_personal', 'audit_checkpoint', 'request']) {
    const seen = await after(
      `attach '${yesterday}' as old`,
      `delete from main.${table}`,
      `insert into main.${table} select * from old.${table}`,
    );
    expect([table, seen.exit]).toEqual([table, table === 'request' ? 2 : 3]);
  }
});

describe('a log rewritten from its first entry', () => {
  const rewrite = async (keys: SignedLog['keys'], path: string) => {
    const clock = new SetClock();
    await migrateStore(`sqlite:${path}`, clock);
    const store = await openStore(`sqlite:${path}`, clock);
    for (let k = 0; k < 1100; k += 100) await store.commit({ audit: Array.from({ length: 100 }, (_, n) => other(k + n)) });
    await store.sealAudit(keys);
    await store.close();
  };

  test('and signed with the stolen key passes, but not against a checkpoint from outside', async () => {
    const path = join(log.folder, 'rewritten.db');
    await rewrite((isFirst) => ({ ...log.keys(isFirst), newOrigin: () => readFileSync(outside, 'utf8').split('\n')[0] ?? '' }), path);
    expect((await verify(path)).exit).toBe(0);
    expect(await verify(path, { outside: true })).toMatchObject({
      exit: 2,
      findings: expect.stringContaining('was signed over other entries'),
    });
  });

  test('and signed with another key is found by the key at hand', async () => {
    const path = join(log.folder, 'resigned.db');
    const stranger = await signedLog();
    await rewrite(stranger.keys, path);
    await stranger.remove();
    expect((await verify(path, { key: false })).exit).toBe(0);
    expect(await verify(path)).toMatchObject({ exit: 2, findings: expect.stringContaining('another key than the one at hand') });
    expect((await verify(path, { key: false, outside: true })).exit).toBe(2);
  });
});
