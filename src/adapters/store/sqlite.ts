import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { CompiledQuery, Kysely, type SqliteDatabase, SqliteDialect, type SqliteStatement } from 'kysely';
import type { Database } from './database.ts';
import { patiently } from './patience.ts';
import type { Schema } from './schema.ts';
import { writtenTogether } from './written-together.ts';

/** SQLite's own waiting for a lock blocks the event loop, and many wait at once: `patiently` waits without that. */
const lockWaitMs = 0;
const mostStatements = 300;
const nothing = 'select null limit 0';

/** Opens the file, and makes it and its folder where they are missing. */
export async function openSqlite(path: string): Promise<Database> {
  mkdirSync(dirname(path), { recursive: true });
  const connection = await patiently(async () => connect(path), isBusy);
  const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database: withPreparedStatements(connection) }) });
  const together = writtenTogether(db);
  return {
    dialect: 'sqlite',
    run: (work, patienceMs) => patiently(() => work(db), isBusy, patienceMs),
    put: (work, patienceMs) => patiently(() => together(work), isBusy, patienceMs),
    write: (work) => patiently(() => together(work), isBusy),
    snapshot: (work) => patiently(() => viewOf(db, work), isBusy),
    async close() {
      await db.destroy();
      connection.close();
    },
  };
}

/** The pragmas that make "committed" mean "on the disk". */
export function connect(path: string): Sqlite.Database {
  const connection = new Sqlite(path, { timeout: lockWaitMs });
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = FULL');
  connection.pragma('foreign_keys = ON');
  return connection;
}

/**
 * Kysely's driver prepares every statement anew and begins transactions that are readers at first. Ours are writers from
 * the start: a reader that turns writer may find that somebody else wrote meanwhile. A full disk ends a transaction by itself:
 * rolling it back again would fail, and that would be all anybody hears of it.
 */
function withPreparedStatements(connection: Sqlite.Database): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>();
  return {
    prepare(text) {
      const sql = text === 'rollback' && !connection.inTransaction ? nothing : text;
      const known = prepared.get(sql);
      if (known !== undefined) return known;
      if (prepared.size >= mostStatements) prepared.clear();
      const statement = connection.prepare<unknown[]>(sql === 'begin' ? 'begin immediate' : sql);
      prepared.set(sql, statement);
      return statement;
    },
    close: () => connection.close(),
  };
}

function viewOf<T>(db: Kysely<Schema>, work: (db: Kysely<Schema>) => Promise<T>): Promise<T> {
  return db.connection().execute(async (view) => {
    await view.executeQuery(CompiledQuery.raw('begin deferred'));
    try {
      return await work(view);
    } finally {
      await view.executeQuery(CompiledQuery.raw('rollback'));
    }
  });
}

function isBusy(error: unknown): boolean {
  return error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY');
}
