import type { Kysely, Transaction } from 'kysely';
import type { NewOutboxRow, OutboxRow, PostedCard } from '../../app/ports.ts';
import { personIdSchema } from '../../domain/actor.ts';
import { type RequestId, requestIdSchema } from '../../domain/change-request.ts';
import { type Instant, instantSchema } from '../../domain/instant.ts';
import { insertInto } from './kept-text.ts';
import type { Schema } from './schema.ts';
import { conversationKey, conversationSchema, messageRefSchema, outboxContentSchema, parseStored } from './stored.ts';

const insertOutbox = insertInto('outbox');

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
  }));
  await insertOutbox(tx, values);
}

/** The oldest pending row of each conversation, where it is due: a later one never overtakes it. */
export async function dueRows(db: Kysely<Schema>, platforms: readonly string[], now: Instant): Promise<readonly OutboxRow[]> {
  if (platforms.length === 0) return [];
  const rows = await db
    .selectFrom('outbox')
    .selectAll()
    .where('status', '=', 'pending')
    .where('platform', 'in', platforms)
    .where('due_at', '<=', now)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('outbox as earlier')
            .select('earlier.seq')
            .where('earlier.status', '=', 'pending')
            .whereRef('earlier.conversation_key', '=', 'outbox.conversation_key')
            .whereRef('earlier.seq', '<', 'outbox.seq'),
        ),
      ),
    )
    .orderBy('seq')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    conversation: parseStored(conversationSchema, row.conversation, `conversation of outbox row ${row.id}`),
    content: parseStored(outboxContentSchema, row.content, `outbox row ${row.id}`),
    attempts: row.attempts,
    due_at: instantSchema.parse(row.due_at),
    created_at: instantSchema.parse(row.created_at),
  }));
}

/** False when it had ended before: somebody else delivered it. */
export async function endDelivery(tx: Transaction<Schema>, id: string, posted: PostedCard | null): Promise<boolean> {
  const ended = await tx
    .updateTable('outbox')
    .set({ status: 'delivered', reason: null })
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .executeTakeFirst();
  const isFirst = ended.numUpdatedRows > 0n;
  if (posted === null) return isFirst;
  const { request, reader, message } = posted;
  await tx
    .insertInto('posted_card')
    .values({ request, reader: reader ?? '', conversation_key: conversationKey(message.conversation), message: JSON.stringify(message) })
    .onConflict((conflict) => conflict.columns(['request', 'reader', 'conversation_key']).doUpdateSet({ message: JSON.stringify(message) }))
    .execute();
  return isFirst;
}

export async function putOff(db: Kysely<Schema>, id: string, due_at: Instant, reason: string): Promise<void> {
  await db
    .updateTable('outbox')
    .set((eb) => ({ attempts: eb('attempts', '+', 1), due_at, reason }))
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .execute();
}

/** False when it had ended before. */
export async function giveUp(db: Kysely<Schema>, id: string, reason: string): Promise<boolean> {
  const ended = await db
    .updateTable('outbox')
    .set({ status: 'abandoned', reason })
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .executeTakeFirst();
  return ended.numUpdatedRows > 0n;
}

export async function postedOf(db: Kysely<Schema>, request: RequestId): Promise<readonly PostedCard[]> {
  const rows = await db.selectFrom('posted_card').selectAll().where('request', '=', request).execute();
  return rows.map((row) => ({
    request: requestIdSchema.parse(row.request),
    reader: row.reader === '' ? null : personIdSchema.parse(row.reader),
    message: parseStored(messageRefSchema, row.message, `posted card of ${row.request}`),
  }));
}
