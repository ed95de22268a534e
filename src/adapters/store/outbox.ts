import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { NewOutboxRow, OutboxClaim, OutboxRow, PostedCard } from '../../app/ports.ts';
import { type Instant, instantSchema } from '../../domain/instant.ts';
import type { Database } from './database.ts';
import { inOrder, insertInto, keptText } from './kept-text.ts';
import { rememberPosted } from './posted-cards.ts';
import type { Schema } from './schema.ts';
import { conversationKey, conversationSchema, outboxContentSchema, parseStored, readableOf } from './stored.ts';

/** In the text, not a parameter: else the index of the pending rows is of no use. */
const pending = sql.lit('pending');

const insertOutbox = insertInto('outbox', 'skip');

/** Free and due, the oldest of its conversation: a later one never overtakes it. */
const freeRows = keptText(
  (db, { platform, within, now }: OutboxClaim, limit: number) => {
    const free = db
      .selectFrom('outbox')
      .selectAll()
      .where('status', '=', pending)
      .where('platform', '=', platform)
      .where('due_at', '<=', now)
      .where((eb) => eb.or([eb('claimed_until', 'is', null), eb('claimed_until', '<=', now)]))
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('outbox as earlier')
              .select('earlier.seq')
              .where('earlier.status', '=', pending)
              .whereRef('earlier.conversation_key', '=', 'outbox.conversation_key')
              .whereRef('earlier.seq', '<', 'outbox.seq'),
          ),
        ),
      );
    const wanted = within === null ? free : free.where('conversation_key', '=', conversationKey(within));
    return wanted.orderBy(inOrder).limit(limit);
  },
  ({ platform, within, now }, limit) => [platform, now, now, ...(within === null ? [] : [conversationKey(within)]), limit],
);

/** Whoever held a row until now may have posted it: that was a try. */
const claim = keptText(
  (db, until: Instant, seqs: readonly number[]) =>
    db
      .updateTable('outbox')
      .set({ attempts: sql<number>`attempts + case when claimed_until is null then 0 else 1 end`, claimed_until: until })
      .where('seq', 'in', seqs),
  (until, seqs) => [until, ...seqs],
);

const end = keptText(
  (db, id: string) =>
    db
      .updateTable('outbox')
      .set({ status: sql.lit('delivered'), reason: sql.lit(null) })
      .where('id', '=', id)
      .where('status', '=', pending),
  (id) => [id],
);

export async function addOutbox(tx: Transaction<Schema>, rows: readonly NewOutboxRow[], now: Instant): Promise<void> {
  const values = rows.map(({ id, conversation, content }) => ({
    id,
    platform: conversation.platform,
    conversation_key: conversationKey(conversation),
    conversation: JSON.stringify(conversation),
    content: JSON.stringify(content),
    status: 'pending',
    attempts: 0,
    due_at: now,
    created_at: now,
    request: content.request,
  }));
  await insertOutbox(tx, values);
}

/** Looks without a lock first: mostly there is nothing. */
export async function claimRows(database: Database, wanted: OutboxClaim): Promise<readonly OutboxRow[]> {
  const { rows: some } = await database.run((db) => freeRows(db, wanted, 1));
  if (some.length === 0) return [];
  const taken = await database.write(async (tx) => {
    const { rows } = await freeRows(tx, wanted, wanted.limit);
    const seqs = rows.map(({ seq }) => seq);
    if (seqs.length > 0) await claim(tx, wanted.leaseEnds, seqs);
    return rows;
  });
  return readableOf(taken, parseRow);
}

function parseRow(row: Selectable<Schema['outbox']>): OutboxRow {
  const attempts = row.attempts + (row.claimed_until === null ? 0 : 1);
  return {
    id: row.id,
    conversation: parseStored(conversationSchema, row.conversation, `conversation of outbox row ${row.id}`),
    content: parseStored(outboxContentSchema, row.content, `outbox row ${row.id}`),
    attempts,
    again: attempts > 0,
    due_at: instantSchema.parse(row.due_at),
    created_at: instantSchema.parse(row.created_at),
  };
}

/** False when it had ended before: somebody else delivered it. */
export async function endDelivery(tx: Transaction<Schema>, id: string, posted: PostedCard | null): Promise<boolean> {
  const ended = await end(tx, id);
  if (posted !== null) await rememberPosted(tx, posted);
  return (ended.numAffectedRows ?? 0n) > 0n;
}

export async function putOff(db: Kysely<Schema>, id: string, due_at: Instant, reason: string): Promise<void> {
  await db
    .updateTable('outbox')
    .set((eb) => ({ attempts: eb('attempts', '+', 1), claimed_until: null, due_at, reason }))
    .where('id', '=', id)
    .where('status', '=', pending)
    .execute();
}

/** False when it had ended before. */
export async function giveUp(db: Kysely<Schema>, id: string, reason: string): Promise<boolean> {
  const ended = await db
    .updateTable('outbox')
    .set({ status: 'abandoned', reason })
    .where('id', '=', id)
    .where('status', '=', pending)
    .executeTakeFirst();
  return ended.numUpdatedRows > 0n;
}
