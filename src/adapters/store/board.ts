import { randomUUID } from 'node:crypto';
import type { Kysely, Selectable } from 'kysely';
import type { BoardMessage } from '../../app/ports.ts';
import { personIdSchema } from '../../domain/actor.ts';
import { type Instant, instantSchema } from '../../domain/instant.ts';
import { AppError } from '../../errors.ts';
import type { Schema } from './schema.ts';
import { boardContentSchema, conversationSchema, parseStored } from './stored.ts';

export async function appendMessage(
  db: Kysely<Schema>,
  message: Omit<BoardMessage, 'id' | 'editedAt'>,
  key: string,
): Promise<BoardMessage> {
  const row = {
    id: randomUUID(),
    key,
    conversation_id: message.conversation.id,
    conversation: JSON.stringify(message.conversation),
    author: message.author,
    seen_by: message.seenBy,
    content: JSON.stringify(message.content),
    at: message.at,
  };
  await db
    .insertInto('board_message')
    .values(row)
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
  const stands = await db.selectFrom('board_message').selectAll().where('key', '=', key).executeTakeFirst();
  if (stands === undefined) throw new AppError('store-corrupt', `message ${key} was added and is not there`);
  return parseMessage(stands);
}

export async function replaceMessage(
  db: Kysely<Schema>,
  id: string,
  content: BoardMessage['content'],
  at: Instant,
): Promise<BoardMessage | null> {
  const row = await db
    .updateTable('board_message')
    .set({ content: JSON.stringify(content), edited_at: at })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : parseMessage(row);
}

export async function latestMessages(db: Kysely<Schema>, conversationId: string, limit: number): Promise<readonly BoardMessage[]> {
  const rows = await db
    .selectFrom('board_message')
    .selectAll()
    .where('conversation_id', '=', conversationId)
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute();
  return rows.reverse().map(parseMessage);
}

function parseMessage(row: Selectable<Schema['board_message']>): BoardMessage {
  return {
    id: row.id,
    conversation: parseStored(conversationSchema, row.conversation, `conversation of message ${row.id}`),
    author: row.author === null ? null : personIdSchema.parse(row.author),
    seenBy: row.seen_by === null ? null : personIdSchema.parse(row.seen_by),
    content: parseStored(boardContentSchema, row.content, `message ${row.id}`),
    at: instantSchema.parse(row.at),
    editedAt: row.edited_at === null ? null : instantSchema.parse(row.edited_at),
  };
}
