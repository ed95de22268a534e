import type { Kysely, Transaction } from 'kysely';
import type { PostedCard } from '../../app/ports.ts';
import type { MessageRef } from '../../chat/activity.ts';
import { personIdSchema } from '../../domain/actor.ts';
import { type RequestId, requestIdSchema } from '../../domain/change-request.ts';
import { keptText } from './kept-text.ts';
import type { Schema } from './schema.ts';
import { conversationKey, messageRefSchema, parseStored } from './stored.ts';

/** The latest of each reader and place. */
export async function rememberPosted(tx: Transaction<Schema>, { request, reader, message }: PostedCard): Promise<void> {
  const latest = { message: JSON.stringify(message), message_id: message.id };
  await tx
    .insertInto('posted_card')
    .values({ request, reader: reader ?? '', conversation_key: conversationKey(message.conversation), ...latest })
    .onConflict((conflict) => conflict.columns(['request', 'reader', 'conversation_key']).doUpdateSet(latest))
    .execute();
}

export async function postedOf(db: Kysely<Schema>, request: RequestId): Promise<readonly PostedCard[]> {
  const rows = await db.selectFrom('posted_card').selectAll().where('request', '=', request).execute();
  return rows.map(parsePosted);
}

const cardsAt = keptText(
  (db, message: string) => db.selectFrom('posted_card').selectAll().where('message_id', '=', message),
  (message) => [message],
);

/** Within a conversation no two messages have the same id, whatever threads they are in. */
export async function requestAt(db: Kysely<Schema>, { id, conversation }: MessageRef): Promise<RequestId | null> {
  const { rows } = await cardsAt(db, id);
  const at = rows.map(parsePosted).find(({ message }) => isSamePlace(message.conversation, conversation));
  return at?.request ?? null;
}

function isSamePlace(one: MessageRef['conversation'], other: MessageRef['conversation']): boolean {
  return one.platform === other.platform && one.id === other.id;
}

function parsePosted(row: Schema['posted_card']): PostedCard {
  return {
    request: requestIdSchema.parse(row.request),
    reader: row.reader === '' ? null : personIdSchema.parse(row.reader),
    message: parseStored(messageRefSchema, row.message, `posted card of ${row.request}`),
  };
}
