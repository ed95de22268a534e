import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { replaceKey } from '../../src/adapters/anchors/key-file.ts';
import { connect } from '../../src/adapters/store/sqlite.ts';
import { readCheckpoint } from '../../src/audit/checkpoint.ts';
import { parseNote, parseVkey, signersOf } from '../../src/audit/note.ts';
import { verifyTrail } from '../../src/audit/verify.ts';
import { addEntries, behindItsBack, type SignedLog, signedLog } from '../support/signed-log.ts';

let log: SignedLog;
beforeEach(async () => {
  log = await signedLog();
});
afterEach(() => log.remove());

const sizeOf = (note: string) => readCheckpoint(note)?.size;
const stored = () => log.db.store.readAudit(async (trail) => (await trail.checkpoints()).map(({ size }) => size));
const anchored = () => readdirSync(log.anchors).map((name) => sizeOf(readFileSync(join(log.anchors, name), 'utf8')));
const intact = async () => expect(await log.db.store.readAudit((trail) => verifyTrail(trail))).toMatchObject({ verdict: 'intact' });
const minutes = (count: number) => log.clock.set(new Date(Date.parse('2026-11-20T09:00:00.000Z') + count * 60_000).toISOString());

describe('the first start', () => {
  test('makes a key that only its owner reads, and a first checkpoint', async () => {
    const { size, note, vkey } = await log.signer().start();
    expect(statSync(log.keyFile).mode & 0o777).toBe(0o600);
    expect(size).toBe(2);
    const verifier = parseVkey(vkey);
    const read = parseNote(note);
    expect(verifier && read && signersOf(read, [verifier])).toHaveLength(1);
    expect(vkey).toMatch(/^log\.example\/audit\/[0-9a-f]{8}\+/);
    await intact();
  });

  test('of two at once ends with one key and one log', async () => {
    const sealed = await Promise.all([log.signer().start(), log.signer().start()]);
    expect(new Set(sealed.map(({ vkey }) => vkey)).size).toBe(1);
    await intact();
  });
});

describe('a checkpoint', () => {
  test('is signed after a hundred entries, or five minutes, and not before', async () => {
    const signer = log.signer();
    await signer.start();
    await addEntries(log, 99);
    await signer.tick();
    expect(await stored()).toEqual([2]);
    await addEntries(log, 1);
    await signer.tick();
    expect(await stored()).toEqual([2, 103]);
    await addEntries(log, 1);
    await signer.tick();
    minutes(4);
    await signer.tick();
    expect(await stored()).toEqual([2, 103]);
    minutes(5);
    await signer.tick();
    expect(await stored()).toEqual([2, 103, 105]);
    minutes(60);
    await signer.tick();
    expect(await stored()).toEqual([2, 103, 105]);
    await intact();
  });

  test('is signed at the end, and at the next start after an end that came too suddenly', async () => {
    const signer = log.signer();
    await signer.start();
    await addEntries(log, 3);
    await signer.finish();
    expect(await stored()).toEqual([2, 6]);
    await addEntries(log, 3);
    await log.signer().start();
    expect(await stored()).toEqual([2, 6, 10]);
    expect(anchored()).toEqual([10]);
  });

  test('only grows: no row of its table can be changed, taken out or put between', async () => {
    await log.signer().start();
    const connection = connect(log.db.url.slice('sqlite:'.length));
    for (const statement of [
      `update audit_checkpoint set note = ''`,
      'delete from audit_checkpoint',
      `insert into audit_checkpoint values (1, '')`,
      `replace into audit_checkpoint values (2, '')`,
    ])
      expect(() => connection.exec(statement)).toThrow('audit_checkpoint');
    connection.close();
    await intact();
  });
});

describe('a start is refused', () => {
  const refused = (what: RegExp) => expect(log.signer().start()).rejects.toThrow(what);
  beforeEach(async () => {
    await log.signer().start();
    await addEntries(log, 20);
    await log.seal();
    await addEntries(log, 5);
  });
  const edit = (...statements: readonly string[]) => behindItsBack(log.db.url.slice('sqlite:'.length), ...statements);

  test('when an entry after the last checkpoint was changed', async () => {
    edit(`update audit_entry set bytes = cast(replace(cast(bytes as text), 'FCR', 'XCR') as blob) where idx = 25`);
    await refused(/entry 25: its bytes and its leaf/);
  });

  test('when the checkpoint is ahead of the log', async () => {
    edit('delete from audit_entry where idx > 10', 'delete from audit_node where (i + 1) * (1 << level) > 11');
    await refused(/not the one that was signed/);
  });

  test('when the log was rewritten before the checkpoint', async () => {
    edit(
      'update audit_entry set leaf = zeroblob(32), bytes = (select bytes from audit_entry where idx = 5) where idx = 4',
      'update audit_node set hash = zeroblob(32) where level = 1 and i = 2',
    );
    await refused(/not the one that was signed/);
  });

  test('when the last checkpoint was taken out', async () => {
    edit('delete from audit_checkpoint where size = (select max(size) from audit_checkpoint)');
    await refused(/the checkpoint over 23 entries is missing/);
  });

  test('when the key is gone, is another, is no key, or lies open', async () => {
    chmodSync(log.keyFile, 0o644);
    await refused(/chmod 600/);
    chmodSync(log.keyFile, 0o600);
    renameSync(log.keyFile, `${log.keyFile}.away`);
    await refused(/there is no key at .* put its key back/);
    expect(existsSync(log.keyFile)).toBe(false);
    writeFileSync(log.keyFile, 'secret', { mode: 0o600 });
    await refused(/no Ed25519 private key/);
    rmSync(log.keyFile);
    const stranger = await signedLog();
    await stranger.signer().start();
    writeFileSync(log.keyFile, readFileSync(stranger.keyFile), { mode: 0o600 });
    await stranger.remove();
    await refused(/holds another key than the one the audit log was signed with/);
    rmSync(log.keyFile);
    renameSync(`${log.keyFile}.away`, log.keyFile);
    await log.signer().start();
  });

  test('when the anchor folder knows a later checkpoint: a backup was restored', async () => {
    await log.signer().start();
    const [later] = anchored();
    const size = (await stored()).at(-2);
    edit(
      `delete from audit_checkpoint where size = ${later}`,
      `delete from audit_entry where idx >= ${size}`,
      `delete from audit_node where (i + 1) * (1 << level) > ${size}`,
    );
    await refused(/the outside checkpoint over 29 entries is later than this log/);
    expect(anchored()).toEqual([later]);
  });
});

describe('anchoring', () => {
  test('that stops is said once, and once that it works again; work goes on meanwhile', async () => {
    const signer = log.signer();
    await signer.start();
    expect(signer.trouble()).toBeNull();
    rmSync(log.anchors, { recursive: true });
    writeFileSync(log.anchors, 'a file where the folder should be');
    await addEntries(log, 100);
    await signer.tick();
    expect(signer.trouble()).toMatch(/anchors/);
    await addEntries(log, 100);
    minutes(2);
    await signer.tick();
    expect(log.heard.troubles).toHaveLength(1);
    rmSync(log.anchors);
    mkdirSync(log.anchors);
    minutes(4);
    await signer.tick();
    expect(log.heard.troubles).toEqual([expect.stringContaining('anchors'), null]);
    expect(signer.trouble()).toBeNull();
    expect(anchored()).toEqual([(await stored()).at(-1)]);
  });

  test('never overwrites a later checkpoint, nor what is none', async () => {
    const signer = log.signer();
    await signer.start();
    const [name = ''] = readdirSync(log.anchors);
    const path = join(log.anchors, name);
    const own = readFileSync(path, 'utf8');
    for (const text of [own.replace(/^2$/m, '500'), 'nothing of the sort']) {
      writeFileSync(path, text);
      await addEntries(log, 1);
      await signer.finish();
      expect(signer.trouble()).not.toBeNull();
      expect(readFileSync(path, 'utf8')).toBe(text);
    }
  });
});

describe('a key that is replaced', () => {
  test('is named in the log and vouched for by the one before it; later checkpoints carry both', async () => {
    const { vkey: before } = await log.signer().start();
    await addEntries(log, 5);
    replaceKey(log.keyFile);
    expect(statSync(log.keyFile).mode & 0o777).toBe(0o600);
    const { vkey: after, note } = await log.seal();
    const verifiers = [before, after].map(parseVkey).filter((one) => one !== null);
    const read = parseNote(note);
    expect(after).not.toBe(before);
    expect(read && signersOf(read, verifiers)).toHaveLength(2);
    await addEntries(log, 1);
    expect(parseNote((await log.seal()).note)?.signatures).toHaveLength(2);
    await intact();
    rmSync(`${log.keyFile}.previous`);
    await addEntries(log, 1);
    expect(parseNote((await log.signer().start()).note)?.signatures).toHaveLength(1);
    await intact();
  });

  test('may be replaced again', async () => {
    await log.signer().start();
    for (let k = 0; k < 3; k += 1) {
      replaceKey(log.keyFile);
      await log.seal();
    }
    await intact();
  });

  test('whose checkpoint lost the former key’s signature is found', async () => {
    await log.signer().start();
    replaceKey(log.keyFile);
    const { size, note } = await log.seal();
    const alone = note.split('\n').toSpliced(5, 1).join('\n');
    behindItsBack(log.db.url.slice('sqlite:'.length), `update audit_checkpoint set note = '${alone}' where size = ${size}`);
    const { findings } = await log.db.store.readAudit((trail) => verifyTrail(trail));
    expect(findings).toEqual([expect.objectContaining({ kind: 'tampered', what: expect.stringContaining('not signed as it must be') })]);
  });
});
