import { sql, type Transaction } from 'kysely';
import { checkpointsOnlyGrow } from '../append-only.ts';
import type { Dialect } from '../database.ts';
import type { Schema } from '../schema.ts';

export async function up(tx: Transaction<Schema>, dialect: Dialect): Promise<void> {
  const [bytes, noBytes] = dialect === 'sqlite' ? (['blob', sql`x''`] as const) : (['bytea', sql`''`] as const);
  await tx.schema
    .createTable('audit_checkpoint')
    .addColumn('size', 'integer', (column) => column.primaryKey().notNull())
    .addColumn('note', 'text', (column) => column.notNull())
    .execute();
  await tx.schema
    .alterTable('pseudonym')
    .addColumn('salt', bytes, (column) => column.notNull().defaultTo(noBytes))
    .execute();
  for (const statement of checkpointsOnlyGrow[dialect]) await statement.execute(tx);
}
