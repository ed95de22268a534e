import { type SqlBool, sql, type Transaction } from 'kysely';
import type { AuditDraft } from '../../app/ports.ts';
import type { PersonId } from '../../domain/actor.ts';
import type { Schema } from './schema.ts';
import { pairKey, readSettings } from './settings.ts';

type Tx = Transaction<Schema>;
type Actor = AuditDraft['actor'];
type Account = { readonly platform: string; readonly id: string };

/** The accounts that people among these have linked in chat. */
export async function linkedAccounts(tx: Tx, who: readonly Actor[]): Promise<readonly Extract<Actor, { kind: 'account' }>[]> {
  const { links } = await readSettings(tx);
  const people = new Set(who.flatMap((actor) => (actor.kind === 'person' ? [actor.person] : [])));
  const named = new Set(who.flatMap((actor) => (actor.kind === 'account' ? [pairKey(actor.platform, actor.id)] : [])));
  return links
    .filter(({ platform, account, person }) => people.has(person) && !named.has(pairKey(platform, account)))
    .map(({ platform, account }) => ({ kind: 'account', platform, id: account }));
}

/** Takes away everything of an actor that is neither audit trail nor request. */
export async function forget(tx: Tx, actor: Actor): Promise<void> {
  switch (actor.kind) {
    case 'system':
      return;
    case 'account':
      return forgetAccount(tx, actor);
    case 'person':
      await forgetPerson(tx, actor.person);
      // On the local platforms a person's id is their account.
      for (const platform of ['web', 'terminal']) await forgetAccount(tx, { platform, id: actor.person });
  }
}

async function forgetPerson(tx: Tx, person: PersonId): Promise<void> {
  for (const begin of [`click:${person}:`, `draft:${person}:`]) await removeReceipts(tx, begin);
  await tx.deleteFrom('draft').where('person', '=', person).execute();
  await tx.deleteFrom('posted_card').where('reader', '=', person).execute();
  await tx
    .deleteFrom('board_message')
    .where((eb) => eb.or([eb('author', '=', person), eb('seen_by', '=', person), eb('conversation_id', '=', `direct:${person}`)]))
    .execute();
  const { codes } = await readSettings(tx);
  for (const code of codes) if (code.person === person) await removeSetting(tx, 'code', code.digest);
}

async function forgetAccount(tx: Tx, account: Account): Promise<void> {
  const { platform, id } = account;
  await removeReceipts(tx, `activity:${platform}:${id}:`);
  await removeSetting(tx, 'link', pairKey(platform, id));
  const { guesses } = await readSettings(tx);
  for (const guess of guesses) if (guess.platform === platform && guess.account === id) await removeSetting(tx, 'guess', guess.id);
  const askers = await tx.selectFrom('last_question').select('asker').distinct().execute();
  for (const { asker } of askers) if (isOf(account, asker)) await tx.deleteFrom('last_question').where('asker', '=', asker).execute();
  const lanes = await tx.selectFrom('inbox').select('lane').where('platform', '=', platform).distinct().execute();
  for (const { lane } of lanes) if (isOf(account, lane)) await tx.deleteFrom('inbox').where('lane', '=', lane).execute();
  const notes = await tx.selectFrom('note').select('key').where('platform', '=', platform).execute();
  for (const { key } of notes) {
    if (key === id || key.endsWith(`:${id}`)) await tx.deleteFrom('note').where('platform', '=', platform).where('key', '=', key).execute();
  }
}

/** Of whoever asked `[platform, tenant, id]` is kept, of a lane `[platform, conversation, thread, id]`. */
function isOf({ platform, id }: Account, text: string): boolean {
  return text.startsWith(`[${JSON.stringify(platform)},`) && text.endsWith(`,${JSON.stringify(id)}]`);
}

async function removeReceipts(tx: Tx, begin: string): Promise<void> {
  const begins = sql<SqlBool>`substr(key, 1, ${sql.lit([...begin].length)}) = ${begin}`;
  await tx.deleteFrom('receipt').where(begins).execute();
}

async function removeSetting(tx: Tx, kind: 'link' | 'code' | 'guess', key: string): Promise<void> {
  await tx.deleteFrom('setting').where('kind', '=', kind).where('key', '=', key).execute();
}
