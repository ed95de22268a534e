import type { Transaction } from 'kysely';
import { personalOnlyErased } from '../append-only.ts';
import type { Dialect } from '../database.ts';
import type { Schema } from '../schema.ts';

export async function up(tx: Transaction<Schema>, dialect: Dialect): Promise<void> {
  for (const statement of personalOnlyErased[dialect]) await statement.execute(tx);
}
