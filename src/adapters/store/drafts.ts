import type { Kysely, Transaction } from 'kysely';
import type { Draft } from '../../app/ports.ts';
import type { Conversation } from '../../chat/activity.ts';
import { dialogStateSchema } from '../../dialog/state.ts';
import { type PersonId, personIdSchema } from '../../domain/actor.ts';
import { instantSchema } from '../../domain/instant.ts';
import type { Schema } from './schema.ts';
import { conversationKey, conversationSchema, parseStored } from './stored.ts';

export async function putDraft(tx: Transaction<Schema>, draft: Draft): Promise<void> {
  const { id, person, conversation, state, updated_at } = draft;
  const row = {
    person,
    conversation_key: conversation === null ? null : conversationKey(conversation),
    conversation: conversation === null ? null : JSON.stringify(conversation),
    state: JSON.stringify(state),
    updated_at,
  };
  await tx
    .insertInto('draft')
    .values({ id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
}

export async function removeDraft(tx: Transaction<Schema>, id: string): Promise<void> {
  await tx.deleteFrom('draft').where('id', '=', id).execute();
}

export async function draftById(db: Kysely<Schema>, id: string): Promise<Draft | null> {
  const row = await db.selectFrom('draft').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : parseDraft(row);
}

/** The newest one that is open there. */
export async function openDraft(db: Kysely<Schema>, person: PersonId, conversation: Conversation): Promise<Draft | null> {
  const row = await db
    .selectFrom('draft')
    .selectAll()
    .where('person', '=', person)
    .where('conversation_key', '=', conversationKey(conversation))
    .orderBy('updated_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : parseDraft(row);
}

/** Newest first. */
export async function draftsOf(db: Kysely<Schema>, person: PersonId): Promise<readonly Draft[]> {
  const rows = await db.selectFrom('draft').selectAll().where('person', '=', person).orderBy('updated_at', 'desc').execute();
  return rows.map(parseDraft);
}

function parseDraft(row: Schema['draft']): Draft {
  return {
    id: row.id,
    person: personIdSchema.parse(row.person),
    conversation: row.conversation === null ? null : parseStored(conversationSchema, row.conversation, `conversation of draft ${row.id}`),
    state: parseStored(dialogStateSchema, row.state, `draft ${row.id}`),
    updated_at: instantSchema.parse(row.updated_at),
  };
}
