import type { Kysely, Transaction } from 'kysely';
import { z } from 'zod';
import type { Receipt, TurnReply } from '../../app/ports.ts';
import type { Instant } from '../../domain/instant.ts';
import { insertInto, keptText } from './kept-text.ts';
import type { Schema } from './schema.ts';
import { cardSchema, parseStored } from './stored.ts';
import { formSchema } from './stored-form.ts';

const cardsSchema = z.array(cardSchema);
/** Earlier versions kept the cards alone. */
const replySchema: z.ZodType<TurnReply> = z.union([
  cardsSchema.transform((cards) => ({ cards, private: false })),
  z.object({
    cards: cardsSchema,
    private: z.boolean(),
    direct: cardsSchema.exactOptional(),
    form: formSchema.exactOptional(),
  }),
]);
const insertReceipts = insertInto('receipt');
const receiptsByKey = keptText(
  (db, keys: readonly string[]) => db.selectFrom('receipt').select(['key', 'reply']).where('key', 'in', keys),
  (keys) => keys,
);

/** The first of these that is there already. */
export async function findReceipt(db: Kysely<Schema>, keys: readonly string[]): Promise<Receipt | null> {
  if (keys.length === 0) return null;
  const [row] = (await receiptsByKey(db, keys)).rows;
  return row === undefined ? null : { key: row.key, reply: parseStored(replySchema, row.reply, `receipt ${row.key}`) };
}

export async function addReceipts(tx: Transaction<Schema>, receipts: readonly Receipt[], at: Instant): Promise<void> {
  await insertReceipts(
    tx,
    receipts.map(({ key, reply }) => ({ key, reply: JSON.stringify(reply), at })),
  );
}
