import { type Kysely, sql } from 'kysely';
import type { Schema } from './schema.ts';

export interface BacklogReader {
  /** How many activities are kept and not worked on yet, and how many deliveries wait. */
  backlog(): Promise<{ readonly inbox: number; readonly outbox: number }>;
}

export async function backlog(db: Kysely<Schema>): Promise<{ readonly inbox: number; readonly outbox: number }> {
  const count = sql<number | string>`count(*)`.as('count');
  const inbox = await db.selectFrom('inbox').select(count).where('done_at', 'is', null).executeTakeFirstOrThrow();
  const outbox = await db.selectFrom('outbox').select(count).where('status', '=', sql.lit('pending')).executeTakeFirstOrThrow();
  return { inbox: Number(inbox.count), outbox: Number(outbox.count) };
}
