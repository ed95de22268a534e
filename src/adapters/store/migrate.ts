import { type CreateTableBuilder, type Kysely, sql, type Transaction } from 'kysely';
import type { Clock } from '../../app/ports.ts';
import { instantOf } from '../../domain/instant.ts';
import type { Database, Dialect } from './database.ts';
import * as first from './migrations/0001-first-tables.ts';
import * as checkpoints from './migrations/0002-checkpoints.ts';
import * as lastQuestions from './migrations/0003-last-questions.ts';
import * as erasure from './migrations/0004-erasure.ts';
import * as platforms from './migrations/0005-platforms.ts';
import type { Schema } from './schema.ts';

/** In order. One that was released is never edited: add another. */
const migrations: readonly { readonly name: string; readonly up: (tx: Transaction<Schema>, dialect: Dialect) => Promise<void> }[] = [
  { name: '0001-first-tables', up: first.up },
  { name: '0002-checkpoints', up: checkpoints.up },
  { name: '0003-last-questions', up: lastQuestions.up },
  { name: '0004-erasure', up: erasure.up },
  { name: '0005-platforms', up: platforms.up },
];

/** Brings the tables up to date, all steps or none. Returns the names of the steps taken; several processes may try at once. */
export function migrate(database: Database, clock: Clock): Promise<readonly string[]> {
  return database.write(async (tx) => {
    if (!(await hasBookkeeping(tx, database.dialect))) await bookkeeping(tx).execute();
    const rows = await tx.selectFrom('schema_migration').select('name').execute();
    const applied = new Set(rows.map((row) => row.name));
    const pending = migrations.filter(({ name }) => !applied.has(name));
    for (const { name, up } of pending) {
      await up(tx, database.dialect);
      await tx
        .insertInto('schema_migration')
        .values({ name, applied_at: instantOf(clock.now()) })
        .execute();
    }
    return pending.map(({ name }) => name);
  });
}

/** PostgreSQL wants the right to create tables even where there is nothing to create, and a role without it may well run the program. */
async function hasBookkeeping(tx: Transaction<Schema>, dialect: Dialect): Promise<boolean> {
  if (dialect === 'sqlite') return false;
  const { rows } = await sql<{ found: boolean }>`select to_regclass('schema_migration') is not null as found`.execute(tx);
  return rows[0]?.found === true;
}

function bookkeeping(db: Kysely<Schema>): CreateTableBuilder<'schema_migration'> {
  return db.schema
    .createTable('schema_migration')
    .ifNotExists()
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('applied_at', 'text', (column) => column.notNull());
}
