import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { replaceKey } from '../../src/adapters/anchors/key-file.ts';
import { exportLog } from '../../src/app/audit-export.ts';
import { readCheckpoint } from '../../src/audit/checkpoint.ts';
import { consistencySpans, proofOf } from '../../src/audit/proof.ts';
import { subtreesOf } from '../../src/audit/tree.ts';
import { auditProve } from '../../src/commands/audit-prove.ts';
import { addEntries, type SignedLog, signedLog } from '../support/signed-log.ts';

const gopath = '/usr/share/gocode';
const goIsThere = spawnSync('go', ['version']).status === 0 && existsSync(join(gopath, 'src/golang.org/x/mod/sumdb/tlog'));
const needs = goIsThere ? '' : ' (needs golang-go and golang-golang-x-mod-dev: apt-get install them)';

let log: SignedLog;
let proofs: string;
let vkey: string;
const sizes: number[] = [];
beforeAll(async () => {
  log = await signedLog();
  for (const count of [0, 1, 1, 3, 7, 20, 41]) {
    await addEntries(log, count);
    sizes.push((await log.seal()).size);
  }
  proofs = join(log.folder, 'proof');
  const said: string[] = [];
  const parts = { store: log.db.store, json: false, write: (line: string) => said.push(line), fail: (line: string) => said.push(line) };
  expect(await auditProve({ ...parts, of: { object: 'FCR-3' }, out: proofs, seal: log.seal })).toBe(0);
  for (const entry of [0, 1, sizes.at(-1) ?? 0])
    await auditProve({ ...parts, of: { entry: entry - (entry > 1 ? 1 : 0) }, out: proofs, seal: log.seal });
  vkey = join(proofs, 'log.vkey');
});
afterAll(() => log.remove());

/** The note over so many entries, in a file. */
async function checkpointFile(size: number): Promise<string> {
  const path = join(log.folder, `${size}.checkpoint`);
  const all = await log.db.store.readAudit((trail) => trail.checkpoints());
  writeFileSync(path, all.find((one) => one.size === size)?.note ?? '');
  return path;
}

async function consistencyFile(old: number, size: number): Promise<string> {
  const spans = consistencySpans(old, size);
  const nodes = await log.db.store.readAudit((trail) => trail.subtrees(spans.flatMap(subtreesOf)));
  const steps = proofOf(spans, (level, i) => nodes.find((node) => node.level === level && node.i === i)?.hash);
  const path = join(log.folder, `${old}-${size}`);
  writeFileSync(path, steps.map((hash) => `${Buffer.from(hash).toString('base64')}\n`).join(''));
  return path;
}

describe.skipIf(!goIsThere)(`Go's own note and tlog${needs}`, () => {
  let binary: string;
  beforeAll(() => {
    binary = join(log.folder, 'verifier');
    const source = fileURLToPath(new URL('main.go', import.meta.url));
    const cache = process.env['GOCACHE'] ?? join(log.folder, 'go-cache');
    const env = { ...process.env, GO111MODULE: 'off', GOPATH: gopath, GOCACHE: cache, GOFLAGS: '' };
    expect(spawnSync('go', ['build', '-o', binary, source], { env, encoding: 'utf8' })).toMatchObject({ status: 0 });
  }, 240_000);
  const go = (...args: readonly string[]): SpawnSyncReturns<string> => spawnSync(binary, args, { encoding: 'utf8' });

  test('find every proof that was written to be right', () => {
    const { stdout, status, stderr } = go('proofs', proofs);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const proven = readdirSync(proofs).filter((name) => name.endsWith('.tlog-proof'));
    expect(proven.length).toBeGreaterThan(5);
    expect(stdout.trim().split('\n')).toHaveLength(proven.length);
  });

  test('find each checkpoint to go on from every one before it', async () => {
    for (const size of sizes) {
      for (const old of sizes.filter((one) => one < size)) {
        const { stdout, stderr } = go(
          'consistency',
          vkey,
          await checkpointFile(old),
          await checkpointFile(size),
          await consistencyFile(old, size),
        );
        expect(stdout + stderr).toBe(`${size} entries go on from ${old}\n`);
      }
    }
  });

  test('compute the root that was signed from an export', async () => {
    const lines = await log.db.store.readAudit(async (trail) => {
      let text = '';
      for await (const piece of exportLog(trail, 'jsonl', '0')) text += piece;
      return text;
    });
    const path = join(log.folder, 'export.jsonl');
    writeFileSync(path, lines);
    const size = sizes.at(-1) ?? 0;
    expect(go('log', vkey, path, await checkpointFile(size)).stdout).toBe(`${size} entries have the root that was signed\n`);
    writeFileSync(path, lines.replace('in-approval', 'IN-approval'));
    expect(go('log', vkey, path, await checkpointFile(size)).status).toBe(1);
  });

  test('refuse what was changed', async () => {
    const name = readdirSync(proofs).find((one) => one.endsWith('.tlog-proof') && !one.startsWith('0')) ?? '';
    const path = join(proofs, name);
    const text = readFileSync(path, 'utf8');
    const lines = text.split('\n');
    const spoilt = [
      text.replace(/^index \d+$/m, 'index 0'),
      lines.toSpliced(2, 1).join('\n'),
      lines.toSpliced(2, 0, lines[2] ?? '').join('\n'),
      text.replace(/^— (\S+) (.{30})./m, (_, origin: string, start: string) => `— ${origin} ${start}!`),
    ];
    for (const change of spoilt) {
      writeFileSync(path, change);
      expect(go('proofs', proofs).status).toBe(1);
    }
    writeFileSync(path, text);
    const [first = 0, second = 0] = sizes.slice(2);
    const wrong = go('consistency', vkey, await checkpointFile(first), await checkpointFile(second), await consistencyFile(1, second));
    expect(wrong.status).toBe(1);
  });

  test('accept the checkpoint of a replaced key under both keys', async () => {
    const before = readFileSync(vkey, 'utf8');
    replaceKey(log.keyFile);
    const { size, vkey: after } = await log.seal();
    const [old, fresh] = [join(log.folder, 'old.vkey'), join(log.folder, 'new.vkey')];
    writeFileSync(old, before);
    writeFileSync(fresh, after);
    const last = sizes.at(-1) ?? 0;
    const steps = await consistencyFile(last, size);
    expect(go('consistency', old, await checkpointFile(last), await checkpointFile(size), steps).status).toBe(0);
    expect(go('consistency', fresh, await checkpointFile(size), await checkpointFile(size), await consistencyFile(size, size)).status).toBe(
      0,
    );
    expect(go('consistency', fresh, await checkpointFile(last), await checkpointFile(size), steps).status).toBe(1);
  });
});

describe('the README beside a proof, by a shell and OpenSSL alone,', () => {
  /** Its commands, the first to the third. */
  const commands = () =>
    [...readFileSync(join(proofs, 'README.md'), 'utf8').matchAll(/^```sh\n(.*?)^```$/gms)].map(([, command = '']) => command);
  const shell = (command: string) => spawnSync('sh', ['-c', command], { cwd: proofs, encoding: 'utf8' });
  const idx = () => readCheckpoint(readFileSync(join(proofs, 'checkpoint'), 'utf8'))?.size ?? 0;

  test('shows the checkpoint signed, the proof to be against it, the entry to be in it', () => {
    const [signed = '', against = '', leads = ''] = commands();
    expect(shell(signed)).toMatchObject({ status: 0, stdout: 'Signature Verified Successfully\n' });
    expect(shell(against).stdout).toBe(`proof ${idx() - 1} is against the checkpoint\n`);
    expect(shell(leads).stdout).toBe(`entry ${idx() - 1} is in the log\n`);
  });

  test('shows a changed entry and a changed checkpoint', () => {
    const [signed = '', , leads = ''] = commands();
    const [entry, checkpoint] = [join(proofs, `${idx() - 1}.json`), join(proofs, 'checkpoint')];
    const [bytes, note] = [readFileSync(entry), readFileSync(checkpoint, 'utf8')];
    writeFileSync(entry, bytes.toString('utf8').replace('"v":1', '"v":2'));
    expect(shell(leads).stdout).toContain('NOT in the log');
    writeFileSync(checkpoint, note.replace(/^\d+$/m, '999'));
    expect(shell(signed).status).not.toBe(0);
    writeFileSync(entry, bytes);
    writeFileSync(checkpoint, note);
  });
});
