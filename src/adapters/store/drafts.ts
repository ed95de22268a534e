import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Draft } from '../../app/ports.ts';
import type { Conversation } from '../../chat/activity.ts';
import { dialogStateSchema } from '../../dialog/state.ts';
import { type PersonId, personIdSchema } from '../../domain/actor.ts';
import { instantSchema } from '../../domain/instant.ts';
import type { Schema } from './schema.ts';
import { conversationKey, conversationSchema, parseStored } from './stored.ts';

/** Whether each draft is as it was read. Revision 0 was not there, and still must not be. */
export async function areDraftsAsRead(tx: Transaction<Schema>, read: readonly Pick<Draft, 'id' | 'revision'>[]): Promise<boolean> {
  for (const { id, revision } of read) {
    const row = await tx.selectFrom('draft').select('revision').where('id', '=', id).executeTakeFirst();
    if ((row?.revision ?? 0) !== revision) return false;
  }
  return true;
}

/** Writes it over the one that was read. */
export async function putDraft(tx: Transaction<Schema>, draft: Draft): Promise<void> {
  const { id, person, conversation, state, updated_at, revision } = draft;
  const row = {
    person,
    conversation_key: conversation === null ? null : conversationKey(conversation),
    conversation: conversation === null ? null : JSON.stringify(conversation),
    state: JSON.stringify(state),
    updated_at,
    revision: revision + 1,
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
  const row = await newestFirst(db, person).where('conversation_key', '=', conversationKey(conversation)).limit(1).executeTakeFirst();
  return row === undefined ? null : parseDraft(row);
}

/** Newest first. */
export async function draftsOf(db: Kysely<Schema>, person: PersonId): Promise<readonly Draft[]> {
  return (await newestFirst(db, person).execute()).map(parseDraft);
}

/** Of two of the same millisecond it is always the same one that comes first. */
function newestFirst(db: Kysely<Schema>, person: PersonId) {
  const theirs = db.selectFrom('draft').selectAll().where('person', '=', person);
  return theirs.orderBy('updated_at', 'desc').orderBy('revision', 'desc').orderBy('id', 'desc');
}

function parseDraft(row: Selectable<Schema['draft']>): Draft {
  return {
    id: row.id,
    person: personIdSchema.parse(row.person),
    conversation: row.conversation === null ? null : parseStored(conversationSchema, row.conversation, `conversation of draft ${row.id}`),
    state: parseStored(dialogStateSchema, row.state, `draft ${row.id}`),
    updated_at: instantSchema.parse(row.updated_at),
    revision: row.revision,
  };
}
