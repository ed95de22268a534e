import type { Kysely, Transaction } from 'kysely';
import type { Asker, LastQuestion } from '../../app/ports.ts';
import type { Instant } from '../../domain/instant.ts';
import { jsonSchema } from '../../locale.ts';
import { keptText } from './kept-text.ts';
import type { Schema } from './schema.ts';
import { conversationKey, parseStored } from './stored.ts';

const forget = keptText(
  (db, asker: string, since: Instant) => db.deleteFrom('last_question').where('asker', '=', asker).where('at', '<', since),
  (asker, since) => [asker, since],
);
const put = keptText(
  (db, asker: string, conversation_key: string, intent: string, at: Instant) =>
    db
      .insertInto('last_question')
      .values({ asker, conversation_key, intent, at })
      .onConflict((conflict) => conflict.columns(['asker', 'conversation_key']).doUpdateSet({ intent, at })),
  (asker, conversation, intent, at) => [asker, conversation, intent, at, intent, at],
);
const latest = keptText(
  (db, asker: string, conversation: string, since: Instant) =>
    db
      .selectFrom('last_question')
      .select('intent')
      .where('asker', '=', asker)
      .where('conversation_key', '=', conversation)
      .where('at', '>=', since),
  (asker, conversation, since) => [asker, conversation, since],
);

/** Replaces the one before it, and forgets the asker's that are older than `since`. */
export async function putLastQuestion(tx: Transaction<Schema>, { asker, intent, since }: LastQuestion, at: Instant): Promise<void> {
  await forget(tx, asker.account, since);
  await put(tx, asker.account, conversationKey(asker.conversation), JSON.stringify(intent), at);
}

export async function lastQuestion(db: Kysely<Schema>, asker: Asker, since: Instant) {
  const [row] = (await latest(db, asker.account, conversationKey(asker.conversation), since)).rows;
  return row === undefined ? null : parseStored(jsonSchema, row.intent, 'last question');
}
