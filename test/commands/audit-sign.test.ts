import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startPageWorkers } from '../../src/adapters/store/page-workers.ts';
import { exportLog } from '../../src/app/audit-export.ts';
import { parseVkey } from '../../src/audit/note.ts';
import { provesEntry } from '../../src/audit/tlog-proof.ts';
import { verifyTrail } from '../../src/audit/verify.ts';
import { auditCheckpoint, auditRotateKey } from '../../src/commands/audit-checkpoint.ts';
import { auditProve } from '../../src/commands/audit-prove.ts';
import { auditVerify, auditVerifyExport } from '../../src/commands/audit-verify.ts';
import { addEntries, behindItsBack, type SignedLog, signedLog } from '../support/signed-log.ts';
import { draftOf, sampleRequest } from '../support/store-samples.ts';

let log: SignedLog;
const written: string[] = [];
const failed: string[] = [];
beforeEach(async () => {
  written.length = 0;
  failed.length = 0;
  log = await signedLog();
  await log.signer().start();
});
afterEach(() => log.remove());

const output = (json = false) => ({ json, write: (line: string) => written.push(line), fail: (line: string) => failed.push(line) });
const parts = (json = false) => ({ store: log.db.store, ...output(json) });
const outFolder = () => join(log.folder, 'proof');
const edit = (...statements: readonly string[]) => behindItsBack(log.db.url.slice('sqlite:'.length), ...statements);
const write = (name: string, text: string) => {
  const path = join(log.folder, name);
  writeFileSync(path, text);
  return path;
};

describe('audit checkpoint', () => {
  test('prints the signed note as it may be kept, and the key beside it', async () => {
    await addEntries(log, 5);
    expect(await auditCheckpoint({ signer: log.signer(), ...output() })).toBe(0);
    const file = write('kept', `${written.join('\n')}\n`);
    expect(failed).toEqual([expect.stringMatching(/^key: log\.example\/audit\/\S+$/)]);
    await addEntries(log, 5);
    expect(await auditVerify({ ...parts(), checkpoints: [file] })).toBe(0);
  });

  test('says the same as JSON, and signs nothing anew when nothing is new', async () => {
    await auditCheckpoint({ signer: log.signer(), ...output(true) });
    await auditCheckpoint({ signer: log.signer(), ...output(true) });
    expect(written[0]).toBe(written[1]);
    expect(JSON.parse(written[0] ?? '')).toMatchObject({
      size: 2,
      vkey: expect.stringContaining('+'),
      checkpoint: expect.stringContaining('\n2\n'),
    });
  });

  test('exits 1 and says why when it could not be anchored', async () => {
    mkdirSync(join(log.folder, 'x'));
    const signer = log.signer();
    for (const name of readdirSync(log.anchors)) writeFileSync(join(log.anchors, name), 'spoilt');
    await expect(auditCheckpoint({ signer, ...output() })).rejects.toThrow(/is no checkpoint of this log/);
  });
});

describe('audit rotate-key', () => {
  test('prints a checkpoint signed with both keys, and the log stays verifiable', async () => {
    expect(await auditRotateKey(log.keyFile, { signer: log.signer(), ...output() })).toBe(0);
    expect(written.join('\n').match(/^— /gm)).toHaveLength(2);
    expect(await auditVerify(parts())).toBe(0);
  });
});

describe('audit prove', () => {
  const proven = () => readdirSync(outFolder()).filter((name) => name.endsWith('.tlog-proof'));

  test('writes every entry about a request, its exact bytes, its proof, the checkpoint and the key', async () => {
    await addEntries(log, 40);
    await log.seal();
    expect(await auditProve({ ...parts(), of: { object: 'FCR-3' }, out: outFolder(), seal: log.seal })).toBe(0);
    const key = parseVkey(readFileSync(join(outFolder(), 'log.vkey'), 'utf8').trim());
    expect(proven()).toHaveLength(4);
    for (const name of proven()) {
      const bytes = readFileSync(join(outFolder(), name.replace('tlog-proof', 'json')));
      expect(JSON.parse(bytes.toString())).toMatchObject({ object: 'FCR-3' });
      expect(key && provesEntry(bytes, readFileSync(join(outFolder(), name), 'utf8'), key)).toBe(true);
    }
    expect(existsSync(join(outFolder(), 'checkpoint'))).toBe(true);
    expect(readFileSync(join(outFolder(), 'README.md'), 'utf8').match(/^```sh$/gm)).toHaveLength(3);
  });

  test('signs first what no checkpoint covers yet', async () => {
    await addEntries(log, 3);
    expect(await auditProve({ ...parts(), of: { entry: 4 }, out: outFolder(), seal: log.seal })).toBe(0);
    expect(proven()).toEqual(['4.tlog-proof']);
  });

  test('prints the proof, or all of it as JSON, without a folder', async () => {
    await auditProve({ ...parts(), of: { entry: 0 }, out: null, seal: log.seal });
    expect(written[0]).toMatch(/^c2sp\.org\/tlog-proof@v1\nindex 0\n/);
    await auditProve({ ...parts(true), of: { entry: 0 }, out: null, seal: log.seal });
    expect(JSON.parse(written[1] ?? '')).toMatchObject({ vkey: expect.any(String), entries: [{ idx: 0, proof: `${written[0]}\n` }] });
  });

  test.each([[{ entry: 99 }], [{ object: 'FCR-9' }]])('says that there is no such thing as %o', async (of) => {
    expect(await auditProve({ ...parts(), of, out: outFolder(), seal: log.seal })).toBe(1);
    expect(failed[0]).toMatch(/no entry/);
    expect(existsSync(outFolder())).toBe(false);
  });

  test('proves nothing of an entry that was changed', async () => {
    await addEntries(log, 3);
    await log.seal();
    edit(`update audit_entry set bytes = cast(replace(cast(bytes as text), 'done', 'DONE') as blob) where idx = 3`);
    await expect(auditProve({ ...parts(), of: { entry: 3 }, out: outFolder(), seal: log.seal })).rejects.toThrow(
      /entry 3 is not what was signed/,
    );
  });
});

describe('audit verify, with what is at hand,', () => {
  test('refuses a file that is no checkpoint, and one that is not there', async () => {
    await expect(auditVerify({ ...parts(), checkpoints: [write('x', 'hello')] })).rejects.toThrow(/is no checkpoint/);
    await expect(auditVerify({ ...parts(), checkpoints: [join(log.folder, 'none')] })).rejects.toThrow(/there is no file/);
  });

  test('finds another log’s checkpoint to be none of this', async () => {
    const stranger = await signedLog();
    const { note } = await stranger.signer().start();
    await stranger.remove();
    expect(await auditVerify({ ...parts(), checkpoints: [write('x', note)] })).toBe(2);
    expect(failed[0]).toMatch(/is of the log log\.example\/audit\/\S+, which this is not/);
  });

  test('finds an outside checkpoint that a stranger signed in the log’s name', async () => {
    const { note } = await log.seal();
    const forged = note.replace(/^(— \S+ .{40})./m, (_, start: string) => `${start}${note.includes(`${start}A`) ? 'B' : 'A'}`);
    expect(await auditVerify({ ...parts(), checkpoints: [write('x', forged)] })).toBe(2);
    expect(failed[0]).toMatch(/none of the log's keys/);
  });
});

describe('audit verify of a long log', () => {
  const most = 3000;
  beforeEach(async () => {
    for (let from = 0; from < most; from += 500) {
      log.clock.set(new Date(Date.parse('2026-11-20T09:00:00.000Z') + from * 60_000).toISOString());
      const audit = Array.from({ length: 500 }, (_, k) => draftOf(sampleRequest(1), { object: null, source_event: `web:${from + k}` }));
      await log.db.store.commit({ audit });
      await log.seal();
    }
  });

  test('since an entry or a day looks at what came from there on alone', async () => {
    edit(`update audit_entry set bytes = cast(replace(cast(bytes as text), 'done', 'DONE') as blob) where idx = 700`);
    expect(await auditVerify(parts())).toBe(2);
    for (const since of ['2100', '2026-11-22']) {
      written.length = 0;
      expect([since, await auditVerify({ ...parts(), since })]).toEqual([since, 0]);
      expect(written[0]).toMatch(/^looked at from entry (1024|2048) on$/);
    }
    expect(await auditVerify({ ...parts(), since: '500' })).toBe(2);
    await expect(auditVerify({ ...parts(), since: 'yesterday' })).rejects.toThrow(/--since takes/);
  });

  test('since an entry still finds what an earlier outside checkpoint contradicts', async () => {
    const notes = await log.db.store.readAudit((trail) => trail.checkpoints());
    const early = write('early', notes[1]?.note ?? '');
    expect(await auditVerify({ ...parts(), since: '2100', checkpoints: [early] })).toBe(0);
    edit('update audit_node set hash = zeroblob(32) where level = 8 and i = 0');
    expect(await auditVerify({ ...parts(), since: '2100', checkpoints: [early] })).toBe(2);
  });

  test('says how far it is', async () => {
    const seen: number[] = [];
    await auditVerify({ ...parts(), progress: (done, of) => seen.push(done / of) });
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.length).toBeGreaterThan(2);
    expect(seen.at(-1)).toBe(1);
  });

  test('comes to the same with other threads, and names what they find', async () => {
    const helpers = startPageWorkers(log.db.url, 2);
    const look = () => log.db.store.readAudit(async (trail) => [await verifyTrail(trail), await verifyTrail(trail, { helpers })]);
    const [alone, together] = await look();
    expect(alone).toMatchObject({ verdict: 'intact', entries: 3008, checkpoints: 7 });
    expect(together).toEqual(alone);
    edit(`update audit_entry set leaf = zeroblob(32) where idx = 1500`, 'update audit_node set hash = zeroblob(32) where level = 11');
    const [found, foundTogether] = await look();
    expect(found?.verdict).toBe('tampered');
    expect(foundTogether).toEqual(found);
    await helpers.close();
    await expect(log.db.store.readAudit((trail) => verifyTrail(trail, { helpers }))).rejects.toThrow(/thread/);
  }, 60_000);

  test('of an export, with no database, comes to the same; its changes are found', async () => {
    const text = await log.db.store.readAudit(async (trail) => {
      let all = '';
      for await (const piece of exportLog(trail, 'jsonl', '0')) all += piece;
      return all;
    });
    const lines = text.trimEnd().split('\n');
    const note = (await log.db.store.readAudit((trail) => trail.checkpoints())).at(-1)?.note ?? '';
    const checkpoints = [write('kept', note)];
    const check = (name: string, changed: readonly string[]) =>
      auditVerifyExport(write(name, `${changed.join('\n')}\n`), { ...output(), checkpoints });
    expect(await check('whole', lines)).toBe(0);
    expect(await check('changed', lines.with(1200, (lines[1200] ?? '').replace('done', 'DONE')))).toBe(2);
    expect(await check('spoilt', lines.with(1200, 'x'))).toBe(2);
    expect(await check('swapped', lines.with(1200, lines[1201] ?? '').with(1201, lines[1200] ?? ''))).toBe(2);
    expect(await check('without one', lines.toSpliced(1200, 1))).toBe(3);
    expect(await check('cut short', lines.slice(0, 1500))).toBe(4);
    await expect(check('another thing', ['hello'])).rejects.toThrow(/no export/);
    await expect(check('nothing', [])).rejects.toThrow(/no export/);
  });
});
