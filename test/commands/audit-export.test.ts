import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openExport } from '../../src/adapters/anchors/export-file.ts';
import { connect } from '../../src/adapters/store/sqlite.ts';
import { exportLog } from '../../src/app/audit-export.ts';
import { csvHeader, csvRow } from '../../src/app/audit-export-csv.ts';
import { ocsfEvent } from '../../src/app/audit-export-ocsf.ts';
import { type AuditEntry, auditEntrySchema, entryBytes, parseEntry } from '../../src/audit/entry.ts';
import { leafHash } from '../../src/audit/tree.ts';
import { verifyExport } from '../../src/audit/verify.ts';
import { auditExport } from '../../src/commands/audit-export.ts';
import { temporaryFolder, temporaryStore } from '../support/store.ts';
import { draftOf, engineer, SetClock, sampleRequest, transition } from '../support/store-samples.ts';

let folder: ReturnType<typeof temporaryFolder>;
let db: Awaited<ReturnType<typeof temporaryStore>>;
const failed: string[] = [];
beforeEach(async () => {
  failed.length = 0;
  folder = temporaryFolder();
  db = await temporaryStore(new SetClock());
  await db.store.commit(transition(sampleRequest(1)));
  await db.store.commit({ audit: [draftOf(sampleRequest(1), { outcome: 'refused', after: { refusal: 'own-request' }, personal: {} })] });
});
afterEach(async () => {
  await db.remove();
  folder.remove();
});

async function exported(format: string, file: string | null = join(folder.path, 'out')): Promise<{ code: number; text: string }> {
  let written = '';
  const output = new Writable({
    write(chunk, _encoding, done) {
      written += String(chunk);
      done();
    },
  });
  const parts = { store: db.store, seal: async () => undefined, version: '1.2.3', fail: (line: string) => failed.push(line) };
  const code = await auditExport({ ...parts, format, file, output });
  return { code, text: file !== null && existsSync(file) ? readFileSync(file, 'utf8') : written };
}

describe('an export', () => {
  test('in JSON Lines is what verify takes, and its own entry is in it', async () => {
    const { code, text } = await exported('jsonl');
    expect(code).toBe(0);
    expect(text.split('\n').filter((line) => line !== '')).toHaveLength(3);
    expect(text).toContain(String.raw`\"type\":\"audit.export\"`);
    const verdict = await verifyExport(await openExport(join(folder.path, 'out')));
    expect(verdict).toMatchObject({ verdict: 'intact', entries: 3 });
  });

  test('goes to the output when no file is named', async () => {
    expect((await exported('csv', null)).text).toMatch(/^idx,at,type/);
  });

  test.each<[string, string]>([
    ['xml', '--format is one of jsonl, csv, ocsf'],
    ['csv', 'is there already: name a new file'],
  ])('as %s into a file that is there is refused, and no entry says otherwise', async (format, what) => {
    writeFileSync(join(folder.path, 'out'), 'mine');
    expect((await exported(format)).code).toBe(1);
    expect(failed.join()).toContain(what);
    expect(readFileSync(join(folder.path, 'out'), 'utf8')).toBe('mine');
    expect(await db.store.readAudit((trail) => trail.lastIndex())).toBe(1);
  });

  test('as CSV has no cell that a spreadsheet would take for a formula', async () => {
    for (const object of ['=cmd|x', '+1', '-1', '@sum(a1)', '\t=1', '\r=1', 'a,"b"\r\n=2', '=1;2'])
      await db.store.commit({ audit: [draftOf(sampleRequest(1), { object, source_event: object })] });
    const { text } = await exported('csv');
    const rows = z.array(z.array(z.string())).parse(parse(text));
    expect(rows).toHaveLength(12);
    expect(new Set(rows.map((row) => row.length)).size).toBe(1);
    expect(rows.flat().filter((one) => /^[=+\-@\t\r]/.test(one))).toEqual([]);
    expect(rows.map((row) => row[7])).toContain("'=cmd|x");
  });

  test('says of an entry that cannot be read where it stands', async () => {
    const connection = connect(db.url.slice('sqlite:'.length));
    connection.exec('drop trigger audit_entry_no_update');
    connection.exec(`update audit_entry set bytes = x'ff00' where idx = 1`);
    connection.close();
    expect((await exported('csv', join(folder.path, 'a'))).text).toMatch(/^1,{14}[0-9a-f]{64}\r$/m);
    expect((await exported('ocsf', join(folder.path, 'b'))).text).toContain('unreadable; run');
    await exported('jsonl', join(folder.path, 'c'));
    expect((await verifyExport(await openExport(join(folder.path, 'c')))).verdict).toBe('tampered');
  });

  test('reads a page at a time, as fast as it is taken', async () => {
    await db.store.commit({ audit: Array.from({ length: 2000 }, (_, k) => draftOf(sampleRequest(1), { object: `FCR-${k + 1}` })) });
    let read = 0;
    await db.store.readAudit(async (trail) => {
      const counted = async (from: number, until: number) => {
        const page = await trail.entries(from, until);
        read += page.length;
        return page;
      };
      const pieces = exportLog({ ...trail, entries: counted }, 'jsonl', '1.2.3');
      await pieces.next();
      expect(read).toBeLessThan(600);
      await pieces.return(undefined);
    });
  });
});

const pseudonym = 'AbCdEfGh12345678';
const entry = (over: Partial<AuditEntry>): AuditEntry =>
  auditEntrySchema.parse({
    v: 1,
    type: 'request.submit',
    at: '2026-11-23T09:00:00.000Z',
    actor: { kind: 'person', ref: pseudonym },
    object: 'FCR-12',
    request_digest: 'ab'.repeat(32),
    before: null,
    after: { state: 'submitted', version: 1, stage: null },
    source_event: 'web:1',
    policy_version: 'sha256:0',
    outcome: 'done',
    commitments: { content: 'cd'.repeat(32) },
    ...over,
  });
const samples: readonly AuditEntry[] = [
  entry({}),
  entry({
    type: 'request.approve',
    before: { state: 'in-approval', version: 2, stage: 0 },
    after: { state: 'approved', version: 3, stage: null },
  }),
  entry({ type: 'request.approve', after: { refusal: 'own-request' }, outcome: 'refused', commitments: {} }),
  entry({
    type: 'question.answer',
    actor: { kind: 'account', platform: 'slack', ref: '-starts-with-minus' },
    object: null,
    request_digest: null,
    after: { intent: 'ports', rules: ['DIR-6'] },
  }),
  entry({ type: 'delivery.give-up', actor: { kind: 'system' }, after: { attempts: 300 }, outcome: 'failed' }),
  entry({
    type: 'audit.erase',
    actor: { kind: 'system' },
    object: null,
    after: { by: 'operator', count: 1, values: [[3, 'question']], refs: [] },
  }),
  entry({ type: 'request.show', object: '=HYPERLINK("http://x")', source_event: '@x,\r\ny', after: null }),
];
const stored = samples.map((one, idx) => {
  const bytes = entryBytes(one);
  return { idx, bytes, leaf: leafHash(bytes) };
});

test('CSV looks like this', async () => {
  const text = csvHeader + stored.map((one) => csvRow(one, parseEntry(one.bytes))).join('');
  await expect(text).toMatchFileSnapshot('../golden/audit/export.csv');
});

test('OCSF looks like this, with all that the class demands', async () => {
  const events = stored.map((one) => ocsfEvent(one, parseEntry(one.bytes), '1.2.3'));
  await expect(`${events.map((event) => JSON.stringify(event, null, 1)).join('\n')}\n`).toMatchFileSnapshot(
    '../golden/audit/export.ocsf.json',
  );
  for (const event of events) ocsf.parse(event);
  expect(events.map(({ type_uid }) => type_uid)).toEqual([300401, 300403, 300403, 300402, 300499, 300404, 300402]);
  expect(JSON.stringify(events)).not.toContain(engineer);
});

/** OCSF 1.3.0, Entity Management: what is required, and what its constraints ask for. */
const managed = z
  .looseObject({ uid: z.string().optional(), name: z.string().optional(), type: z.string(), type_id: z.literal(99) })
  .refine(({ uid, name }) => uid !== undefined || name !== undefined);
const ocsf = z
  .looseObject({
    activity_id: z.union([z.int().min(0).max(13), z.literal(99)]),
    category_uid: z.literal(3),
    class_uid: z.literal(3004),
    type_uid: z.int(),
    severity_id: z.int().min(0).max(6),
    status_id: z.int().min(0).max(2),
    time: z.int().min(1_600_000_000_000),
    metadata: z.looseObject({ version: z.literal('1.3.0'), product: z.looseObject({ name: z.string(), vendor_name: z.string() }) }),
    actor: z.union([z.object({ user: z.looseObject({ uid: z.string(), type_id: z.int() }) }), z.object({ app_name: z.string() })]),
    entity: managed,
    entity_result: managed.optional(),
  })
  .refine(({ type_uid, class_uid, activity_id }) => type_uid === class_uid * 100 + activity_id);
