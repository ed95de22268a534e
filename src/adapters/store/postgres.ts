import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { AppError } from '../../errors.ts';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';

/** Any number, as long as every process takes the same. */
const writersLock = 7_072_431;
const longestWaitMs = 2000;
const lockNotAvailable = '55P03';

export function openPostgres(url: string): Database {
  const pool = new pg.Pool({ connectionString: url, max: 10, lock_timeout: longestWaitMs });
  // A connection that breaks while idle is dropped from the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  const run: Database['run'] = (work, patienceMs) =>
    orBusy(patienceMs === undefined ? work(db) : withPatience(db, patienceMs, work), patienceMs);
  return {
    dialect: 'postgres',
    run,
    put: run,
    write: (work) =>
      orBusy(
        db.transaction().execute(async (tx) => {
          // Taken before anything is read: what follows sees all that the last writer committed.
          await sql`select pg_advisory_xact_lock(${writersLock})`.execute(tx);
          return work(tx);
        }),
      ),
    snapshot: (work) => orBusy(db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work)),
    close: () => db.destroy(),
  };
}

function withPatience<T>(db: Kysely<Schema>, patienceMs: number, work: (db: Kysely<Schema>) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (tx) => {
    await sql`select set_config('lock_timeout', ${String(patienceMs)}, true)`.execute(tx);
    return work(tx);
  });
}

async function orBusy<T>(result: Promise<T>, patienceMs = longestWaitMs): Promise<T> {
  try {
    return await result;
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === lockNotAvailable) {
      throw new AppError('store-busy', `the database stayed locked for ${patienceMs} ms`, { cause: error });
    }
    throw error;
  }
}
