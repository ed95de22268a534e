import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from '../../src/adapters/store/open-store.ts';
import { verifyTrail } from '../../src/audit/verify.ts';
import { backup } from '../../src/commands/db.ts';
import { temporaryFolder, temporaryStore } from '../support/store.ts';
import { SetClock, sampleRequest, transition } from '../support/store-samples.ts';

let folder: ReturnType<typeof temporaryFolder>;
let db: Awaited<ReturnType<typeof temporaryStore>>;
const failed: string[] = [];
const parts = { write: () => undefined, fail: (line: string) => failed.push(line) };
beforeEach(async () => {
  failed.length = 0;
  folder = temporaryFolder();
  db = await temporaryStore(new SetClock());
});
afterEach(async () => {
  await db.remove();
  folder.remove();
});

const source = () => ({ kind: 'sqlite' as const, file: db.url.slice('sqlite:'.length) });

test('a backup holds everything committed before it, while the store stays open and goes on', async () => {
  const request = sampleRequest(1);
  await db.store.commit(transition(request));
  const file = join(folder.path, 'copy.db');
  expect(await backup(source(), file, parts)).toBe(0);
  await db.store.commit(transition(sampleRequest(1, 2)));
  const copy = await openStore(`sqlite:${file}`, new SetClock());
  expect(await copy.request(request.id)).toEqual(request);
  expect(await copy.readAudit((trail) => verifyTrail(trail))).toMatchObject({ verdict: 'intact', entries: 1 });
  await copy.close();
});

test('a backup never overwrites', async () => {
  const file = join(folder.path, 'copy.db');
  await backup(source(), file, parts);
  expect(await backup(source(), file, parts)).toBe(1);
  expect(failed).toEqual([expect.stringContaining('is there already')]);
});

test.each([
  ['a folder that is not there', (path: string) => join(path, 'none', 'copy.db'), /there is no folder/],
  ['a database that is not there', (path: string) => join(path, 'copy.db'), /there is no database/],
])('%s is named', async (what, target, message) => {
  const database = what.includes('database') ? { kind: 'sqlite' as const, file: join(folder.path, 'none.db') } : source();
  expect(await backup(database, target(folder.path), parts)).toBe(1);
  expect(failed[0]).toMatch(message);
  expect(existsSync(target(folder.path))).toBe(false);
});

test('of PostgreSQL it says what to use instead', async () => {
  expect(await backup({ kind: 'postgres', url: 'postgres://x/y' }, join(folder.path, 'copy.db'), parts)).toBe(1);
  expect(failed[0]).toContain('pg_dump');
});
