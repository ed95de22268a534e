import type { Kysely, Transaction } from 'kysely';
import { z } from 'zod';
import type { SettingChange, Settings } from '../../app/ports-settings.ts';
import { groupIdSchema, personIdSchema } from '../../domain/actor.ts';
import { type Instant, instantSchema } from '../../domain/instant.ts';
import { localeSchema } from '../../locale.ts';
import { keptText } from './kept-text.ts';
import type { Schema } from './schema.ts';
import { conversationSchema, parseStored } from './stored.ts';

const pairSchema = z.tuple([z.string(), z.string()]);
const codeSchema = z.strictObject({ person: personIdSchema, platform: z.string(), expires_at: instantSchema });
const guessSchema = z.strictObject({ platform: z.string(), account: z.string(), at: instantSchema });
const groupSchema = z.strictObject({ accounts: z.array(z.string()), read_at: instantSchema });

const allSettings = keptText(
  (db) => db.selectFrom('setting').selectAll().orderBy('kind').orderBy('key'),
  () => [],
);

export async function readSettings(db: Kysely<Schema>): Promise<Settings> {
  const { rows } = await allSettings(db);
  const all = <T>(kind: SettingChange['kind'], parse: (row: Schema['setting']) => T): readonly T[] =>
    rows.filter((row) => row.kind === kind).map(parse);
  return {
    approvals: all('approvals', (row) => settingOf(conversationSchema, row)),
    locales: all('locale', (row) => {
      const [platform, channel] = pairOf(row);
      return { platform, channel, locale: settingOf(localeSchema, row) };
    }),
    links: all('link', (row) => {
      const [platform, account] = pairOf(row);
      return { platform, account, person: settingOf(personIdSchema, row) };
    }),
    codes: all('code', (row) => ({ digest: row.key, ...settingOf(codeSchema, row) })),
    guesses: all('guess', (row) => ({ id: row.key, ...settingOf(guessSchema, row) })),
    groups: all('group', (row) => ({ group: groupIdSchema.parse(row.key), ...settingOf(groupSchema, row) })),
  };
}

/** Whether every code that is taken away is there: one that two use at the same time links the first alone. */
export async function areCodesThere(tx: Transaction<Schema>, changes: readonly SettingChange[]): Promise<boolean> {
  for (const change of changes) {
    if (change.kind !== 'code' || change.value !== null) continue;
    const row = await tx.selectFrom('setting').select('key').where('kind', '=', 'code').where('key', '=', change.digest).executeTakeFirst();
    if (row === undefined) return false;
  }
  return true;
}

export async function putSettings(tx: Transaction<Schema>, changes: readonly SettingChange[], at: Instant): Promise<void> {
  for (const change of changes) {
    const { kind } = change;
    const key = keyOf(change);
    if (change.value === null) {
      await tx.deleteFrom('setting').where('kind', '=', kind).where('key', '=', key).execute();
      continue;
    }
    const row = { value: JSON.stringify(change.value), at };
    await tx
      .insertInto('setting')
      .values({ kind, key, ...row })
      .onConflict((conflict) => conflict.columns(['kind', 'key']).doUpdateSet(row))
      .execute();
  }
}

/** The key of an account's link, of a channel's language. */
export const pairKey = (platform: string, id: string): string => JSON.stringify([platform, id]);

function keyOf(change: SettingChange): string {
  switch (change.kind) {
    case 'approvals':
      return change.platform;
    case 'locale':
      return pairKey(change.platform, change.channel);
    case 'link':
      return pairKey(change.platform, change.account);
    case 'code':
      return change.digest;
    case 'guess':
      return change.id;
    case 'group':
      return change.group;
  }
}

function pairOf({ kind, key }: Schema['setting']): readonly [string, string] {
  return parseStored(pairSchema, key, `setting ${kind} ${key}`);
}

function settingOf<T>(schema: { parse(value: unknown): T }, { kind, key, value }: Schema['setting']): T {
  return parseStored(schema, value, `setting ${kind} ${key}`);
}
