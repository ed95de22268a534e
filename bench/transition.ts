import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Sqlite from 'better-sqlite3';
import { migrateStore, openStore } from '../src/adapters/store/open-store.ts';
import { connect } from '../src/adapters/store/sqlite.ts';
import { sampleRequest, transition } from '../test/support/store-samples.ts';
import { type Measure, rates } from './measurement.ts';

const rounds = 200;
const warmUp = 100;
const perRound = 10;
const tables = ['audit_entry', 'audit_node', 'audit_personal', 'outbox', 'receipt'] as const;

/**
 * Durable transitions of a request: row, audit entry with its tree, personal text, two deliveries, receipt. The floor writes
 * the rows that came out of it, bare, to tables without triggers, one synced transaction each.
 */
export const measure: Measure = async ({ full }) => {
  const folder = mkdtempSync(join(tmpdir(), 'portclerk-bench-'));
  try {
    const clock = { now: () => new Date() };
    const path = join(folder, 'ours.db');
    await migrateStore(`sqlite:${path}`, clock);
    const store = await openStore(`sqlite:${path}`, clock);
    const reader = connect(path);
    const bare = bareWriter(reader, join(folder, 'bare.db'));
    const ours: number[] = [];
    const floors: number[] = [];
    let version = 0;
    for (let turn = -warmUp; turn < (full ? 5 : 1) * rounds; turn += 1) {
      const batches = Array.from({ length: perRound }, () => transition(sampleRequest(1, ++version)));
      const mark = lastRows(reader);
      const start = performance.now();
      for (const batch of batches) await store.commit(batch);
      const took = performance.now() - start;
      const floor = bare(mark, perRound);
      if (turn < 0) continue;
      ours.push(took);
      floors.push(floor);
    }
    await store.close();
    reader.close();
    return [rates('transition', perRound, ours, floors)];
  } finally {
    rmSync(folder, { recursive: true });
  }
};

type Rows = readonly unknown[][];

function lastRows(db: Sqlite.Database): readonly number[] {
  return tables.map((table) => db.prepare<[], number>(`select coalesce(max(rowid), -1) from ${table}`).pluck().get() ?? -1);
}

/** Copies what was written since the mark, in `count` transactions that hold the same number of rows each. Returns milliseconds. */
function bareWriter(source: Sqlite.Database, path: string): (mark: readonly number[], count: number) => number {
  const db = connect(path);
  const schema = source
    .prepare<[], string>(`select sql from sqlite_master where type in ('table', 'index') and sql is not null and name not like 'sqlite_%'`)
    .pluck();
  for (const statement of schema.all()) db.exec(statement);
  const inserts = tables.map((table) => {
    const width = source.prepare(`select * from ${table}`).columns().length;
    return db.prepare<unknown[]>(`insert into ${table} values (${Array(width).fill('?').join(', ')})`);
  });
  const update = db.prepare<unknown[]>('update request set version = ?, state = ?, document = ? where id = ? and version = ?');
  const first = source.prepare<[], unknown[]>('select * from request').raw().all();
  if (first.length > 0) throw new Error('the floor starts before the first request');
  let known = false;
  return (mark, count) => {
    const rows: Rows[] = tables.map((table, k) =>
      source.prepare<unknown[], unknown[]>(`select * from ${table} where rowid > ? order by rowid`).raw().all(mark[k]),
    );
    const [request] = source.prepare<[], unknown[]>('select id, number, version, state, requester, document from request').raw().all();
    if (request === undefined) throw new Error('nothing was written');
    const [id, , version, state, , document] = request;
    if (!known) db.prepare<unknown[]>('insert into request values (?, ?, ?, ?, ?, ?)').run(...request);
    known = true;
    const write = db.transaction((turn: number) => {
      update.run(version, state, document, id, version);
      rows.forEach((all, k) => {
        const share = all.slice(Math.floor((all.length * turn) / count), Math.floor((all.length * (turn + 1)) / count));
        for (const row of share) inserts[k]?.run(...row);
      });
    });
    const start = performance.now();
    for (let turn = 0; turn < count; turn += 1) write.immediate(turn);
    return performance.now() - start;
  };
}
