import type { Kysely, Transaction } from 'kysely';
import type { Asker, LastQuestion } from '../../app/ports.ts';
import type { Instant } from '../../domain/instant.ts';
import { jsonSchema } from '../../locale.ts';
import type { Schema } from './schema.ts';
import { conversationKey, parseStored } from './stored.ts';

/** Replaces the one before it, and forgets the asker's that are older than `since`. */
export async function putLastQuestion(tx: Transaction<Schema>, { asker, intent, since }: LastQuestion, at: Instant): Promise<void> {
  await tx.deleteFrom('last_question').where('asker', '=', asker.account).where('at', '<', since).execute();
  const row = { intent: JSON.stringify(intent), at };
  await tx
    .insertInto('last_question')
    .values({ asker: asker.account, conversation_key: conversationKey(asker.conversation), ...row })
    .onConflict((conflict) => conflict.columns(['asker', 'conversation_key']).doUpdateSet(row))
    .execute();
}

export async function lastQuestion(db: Kysely<Schema>, asker: Asker, since: Instant) {
  const row = await db
    .selectFrom('last_question')
    .select('intent')
    .where('asker', '=', asker.account)
    .where('conversation_key', '=', conversationKey(asker.conversation))
    .where('at', '>=', since)
    .executeTakeFirst();
  return row === undefined ? null : parseStored(jsonSchema, row.intent, 'last question');
}
