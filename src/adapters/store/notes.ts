import type { Kysely } from 'kysely';
import { type Json, jsonSchema } from '../../locale.ts';
import type { Schema } from './schema.ts';
import { parseStored } from './stored.ts';

/** Null where nothing is kept. */
export async function noteAt(db: Kysely<Schema>, platform: string, key: string): Promise<Json> {
  const row = await db.selectFrom('note').select('value').where('platform', '=', platform).where('key', '=', key).executeTakeFirst();
  return row === undefined ? null : parseStored(jsonSchema, row.value, `note ${platform} ${key}`);
}

/** Null takes it away. */
export async function putNote(db: Kysely<Schema>, platform: string, key: string, value: Json): Promise<void> {
  if (value === null) {
    await db.deleteFrom('note').where('platform', '=', platform).where('key', '=', key).execute();
    return;
  }
  const row = { value: JSON.stringify(value) };
  await db
    .insertInto('note')
    .values({ platform, key, ...row })
    .onConflict((conflict) => conflict.columns(['platform', 'key']).doUpdateSet(row))
    .execute();
}

export async function forgetNotes(db: Kysely<Schema>, platform: string, from: string, before: string): Promise<void> {
  await db.deleteFrom('note').where('platform', '=', platform).where('key', '>=', from).where('key', '<', before).execute();
}
