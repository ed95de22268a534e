import type { Kysely, Transaction } from 'kysely';
import { z } from 'zod';
import type { Receipt } from '../../app/ports.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Schema } from './schema.ts';
import { cardSchema, parseStored } from './stored.ts';

const replySchema = z.array(cardSchema);

/** The first of these that is there already. */
export async function findReceipt(db: Kysely<Schema>, keys: readonly string[]): Promise<Receipt | null> {
  if (keys.length === 0) return null;
  const row = await db.selectFrom('receipt').select(['key', 'reply']).where('key', 'in', keys).limit(1).executeTakeFirst();
  return row === undefined ? null : { key: row.key, reply: parseStored(replySchema, row.reply, `receipt ${row.key}`) };
}

export async function addReceipts(tx: Transaction<Schema>, receipts: readonly Receipt[], at: Instant): Promise<void> {
  if (receipts.length === 0) return;
  await tx
    .insertInto('receipt')
    .values(receipts.map(({ key, reply }) => ({ key, reply: JSON.stringify(reply), at })))
    .execute();
}
