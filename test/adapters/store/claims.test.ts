import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { migrateStore, openStore } from '../../../src/adapters/store/open-store.ts';
import { startPostgres } from '../../support/postgres.ts';
import { temporaryFolder } from '../../support/store.ts';
import { StoreProcess } from '../../support/store-processes.ts';
import { claimed, direct, heard, later, outboxRow, SetClock } from '../../support/store-samples.ts';

const script = fileURLToPath(new URL('../../support/store-claims.ts', import.meta.url));
const clock = new SetClock();
/** Starting a process costs seconds on a busy machine. */
vi.setConfig({ testTimeout: 120_000 });
const places = Array.from({ length: 20 }, (_, k) => `P${String(k).padStart(2, '0')}`);
const ids = (place: string): readonly string[] => ['1', '2', '3'].map((number) => `${place}-${number}`);
const firsts = places.map((place) => `${place}-1`);

let folder: ReturnType<typeof temporaryFolder>;
let running: StoreProcess[];
beforeEach(() => {
  folder = temporaryFolder();
  running = [];
});
afterEach(async () => {
  for (const process of running) await process.kill();
  folder.remove();
});

/** Three deliveries to each of twenty people, and three events of each, all taken in by a process that is gone. */
async function prepared(url: string): Promise<string> {
  await migrateStore(url, clock);
  const store = await openStore(url, clock);
  for (const place of places) {
    await store.commit({ audit: [], outbox: ids(place).map((id) => outboxRow(id, direct(place))) });
    for (const id of ids(place)) await store.receive(heard(id, { sender: place }), later(0));
  }
  await store.close();
  return url;
}

async function started(url: string, mode: 'work' | 'hold', count: number): Promise<readonly StoreProcess[]> {
  running = Array.from({ length: count }, () => new StoreProcess(script, [url, mode]));
  for (const process of running) await process.until('ready');
  return running;
}

async function handOutAtOnce(address: string): Promise<void> {
  const takers = await started(await prepared(address), 'work', 3);
  for (const taker of takers) taker.go();
  const said = await Promise.all(takers.map((taker) => taker.until('end')));
  for (const kind of ['row', 'event']) {
    const given = said.flat().filter((line) => line.startsWith(kind));
    expect(given.toSorted()).toEqual(places.flatMap(ids).map((id) => `${kind} ${id}`));
    for (const lines of said)
      for (const place of places) {
        const theirs = lines.filter((line) => line.startsWith(`${kind} ${place}`));
        expect(theirs).toEqual(theirs.toSorted());
      }
  }
}

async function takeOverFromTheDead(address: string): Promise<void> {
  const url = await prepared(address);
  const [holder] = await started(url, 'hold', 1);
  holder?.go();
  const held = (await holder?.until('end')) ?? [];
  expect(held.filter((line) => line !== 'end')).toEqual([...firsts.map((id) => `row ${id}`), ...firsts.map((id) => `event ${id}`)]);
  await holder?.kill();
  const store = await openStore(url, clock);
  expect(await claimed(store, 'web', 0.9)).toEqual([]);
  expect(await store.claimInbox(['slack'], later(0.9), later(2), 99)).toEqual([]);
  const rows = await claimed(store, 'web', 1);
  expect(rows.map(({ id, again }) => [id, again])).toEqual(firsts.map((id) => [id, true]));
  expect((await store.claimInbox(['slack'], later(1), later(2), 99)).map(({ id }) => id)).toEqual(firsts);
  await store.close();
}

describe.each([
  ['three processes that take at once are given each delivery and event once, in order', handOutAtOnce],
  ['what a killed process had taken on is given out again when its lease is over', takeOverFromTheDead],
])('%s', (_, check) => {
  test('on SQLite', () => check(`sqlite:${join(folder.path, 'portclerk.db')}`));

  test('on PostgreSQL', async () => {
    const server = await startPostgres();
    try {
      await check(await server.freshDatabase());
    } finally {
      for (const process of running.splice(0)) await process.kill();
      await server.stop();
    }
  });
});
