import { generateKeyPairSync, hash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrateStore, type OpenStore, openStore } from '../src/adapters/store/open-store.ts';
import { connect } from '../src/adapters/store/sqlite.ts';
import { proveEntry } from '../src/audit/prove.ts';
import { verifyTrail } from '../src/audit/verify.ts';
import { draftOf, sampleRequest, transition } from '../test/support/store-samples.ts';
import { type Measure, type Measurement, median, rates, round } from './measurement.ts';

/** As it is built: a thread that first has to compile its sources would be measured for that. */
const { startPageWorkers }: typeof import('../src/adapters/store/page-workers.ts') = await import(
  new URL('../dist/adapters/store/page-workers.js', import.meta.url).href
);

const clock = { now: () => new Date() };
const key = generateKeyPairSync('ed25519').privateKey;
const keys = () => ({ current: key, previous: null, newOrigin: () => 'log.example/audit' });

/** Appending beside the same rows without hashes and tree; proving; verifying beside reading the rows and hashing them bare. */
export const measure: Measure = async ({ full }) => {
  const folder = mkdtempSync(join(tmpdir(), 'portclerk-bench-'));
  try {
    return [await appending(folder, full), ...(await provingAndVerifying(folder, full ? 1_000_000 : 100_000))];
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const appendRounds = 150;
const perRound = 10;

/** One synced transaction an entry, with its personal text. The floor writes the same bytes to the same two tables, bare. */
async function appending(folder: string, full: boolean): Promise<Measurement> {
  const store = await opened(join(folder, 'append.db'));
  const reader = connect(join(folder, 'append.db'));
  const bare = connect(join(folder, 'bare.db'));
  bare.exec('create table entry (idx integer primary key not null, bytes blob not null)');
  bare.exec(
    'create table personal (idx integer not null, name text not null, salt blob not null, value text not null, primary key (idx, name))',
  );
  const addEntry = bare.prepare<unknown[]>('insert into entry values (?, ?)');
  const addPersonal = bare.prepare<unknown[]>('insert into personal values (?, ?, ?, ?)');
  const written = reader.prepare<unknown[], unknown[]>('select idx, bytes from audit_entry where idx >= ? order by idx').raw();
  const beside = reader
    .prepare<unknown[], unknown[]>('select idx, name, salt, value from audit_personal where idx >= ? order by idx')
    .raw();
  const ours: number[] = [];
  const floors: number[] = [];
  for (let turn = 0; turn < appendRounds * (full ? 4 : 1); turn += 1) {
    const began = performance.now();
    for (let k = 0; k < perRound; k += 1) await store.commit({ audit: [draft(turn * perRound + k)] });
    ours.push(performance.now() - began);
    const [entries, texts] = [written.all(turn * perRound), beside.all(turn * perRound)];
    const write = bare.transaction((k: number) => {
      addEntry.run(...(entries[k] ?? []));
      for (const text of texts) if (text[0] === turn * perRound + k) addPersonal.run(...text);
    });
    const start = performance.now();
    for (let k = 0; k < perRound; k += 1) write.immediate(k);
    floors.push(performance.now() - start);
  }
  await store.close();
  for (const one of [reader, bare]) one.close();
  return rates('audit append', perRound, ours.slice(10), floors.slice(10));
}

const proofs = 300;
/** What a proof may take, in milliseconds. */
const proofLimitMs = 10;
const verifications = 3;

async function provingAndVerifying(folder: string, size: number): Promise<readonly Measurement[]> {
  const file = join(folder, 'log.db');
  const store = await opened(file);
  await fill(store, size);
  const checkpoint = await store.sealAudit(keys);
  const took: number[] = [];
  for (let k = 0; k < proofs; k += 1) {
    const idx = Math.floor((k * 2_654_435_761) % size);
    const began = performance.now();
    await store.readAudit((trail) => proveEntry(trail, idx, checkpoint));
    took.push(performance.now() - began);
  }
  const prove = median(took);
  const ours: number[] = [];
  const floors: number[] = [];
  for (let turn = 0; turn < verifications; turn += 1) {
    floors.push(await bareHashing(file));
    ours.push(await verification(store, file));
  }
  await store.close();
  const [value, floor] = [(checkpoint.size * 1000) / median(ours), (checkpoint.size * 1000) / median(floors)];
  const n = verifications * checkpoint.size;
  return [
    { name: `audit prove of ${size}`, value: round(prove), unit: 'ms', floor: proofLimitMs, ratio: round(proofLimitMs / prove), n: proofs },
    { name: `audit verify of ${size}`, value: round(value), unit: '1/s', floor: round(floor), ratio: round(value / floor), n },
  ];
}

/** The whole of it, starting the threads included. */
async function verification(store: OpenStore, file: string): Promise<number> {
  const began = performance.now();
  const helpers = startPageWorkers(`sqlite:${file}`, Math.max(1, availableParallelism() - 1));
  const { verdict, entries } = await store.readAudit((trail) => verifyTrail(trail, { helpers }));
  await helpers.close();
  const took = performance.now() - began;
  if (verdict !== 'intact' || entries === 0) throw new Error(`the log is ${verdict}`);
  return took;
}

/** The bare minimum: one prepared statement over the rows of the log, one hash over the bytes of each, on one thread. */
async function bareHashing(file: string): Promise<number> {
  const db = connect(file);
  const began = performance.now();
  let last = '';
  for (const row of db.prepare<[], Buffer>('select bytes from audit_entry order by idx').pluck().iterate())
    last = hash('sha256', row, 'hex');
  const took = performance.now() - began;
  db.close();
  if (last === '') throw new Error('there was nothing to hash');
  return took;
}

async function opened(file: string): Promise<OpenStore> {
  await migrateStore(`sqlite:${file}`, clock);
  return openStore(`sqlite:${file}`, clock);
}

const atOnce = 2000;
const requests = 50;

/** Entries as they come about, many to a transaction, since only their number matters here, and a checkpoint now and then. */
async function fill(store: OpenStore, size: number): Promise<void> {
  for (let number = 1; number <= requests; number += 1) await store.commit(transition(sampleRequest(number)));
  for (let from = requests; from < size; from += atOnce) {
    await store.commit({ audit: Array.from({ length: Math.min(atOnce, size - from) }, (_, k) => draft(from + k)) });
    await store.sealAudit(keys);
  }
}

function draft(k: number) {
  return draftOf(sampleRequest((k % 9) + 1), { source_event: `web:event-${k}`, personal: k % 2 === 0 ? { text: `fine by me, ${k}` } : {} });
}
