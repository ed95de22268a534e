import { type Kysely, sql } from 'kysely';
import type { Conversation } from '../../chat/activity.ts';
import type { RequestId } from '../../domain/change-request.ts';
import type { Schema } from './schema.ts';
import { conversationKey, conversationSchema, parseStored } from './stored.ts';

const delivered = sql.lit('delivered');

/** The conversations in which the last that is known of a request is that it could not be said, and why. */
export async function undelivered(
  db: Kysely<Schema>,
  request: RequestId,
): Promise<readonly { readonly conversation: Conversation; readonly reason: string }[]> {
  const rows = await db
    .selectFrom('outbox')
    .select(['id', 'conversation_key', 'conversation', 'reason'])
    .where('status', '=', sql.lit('abandoned'))
    .where('request', '=', request)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('outbox as later')
            .select('later.seq')
            .where('later.status', '=', delivered)
            .whereRef('later.conversation_key', '=', 'outbox.conversation_key')
            .whereRef('later.request', '=', 'outbox.request')
            .whereRef('later.seq', '>', 'outbox.seq'),
        ),
      ),
    )
    .orderBy('seq')
    .execute();
  const lastOfEach = new Map(rows.map((row) => [row.conversation_key, row]));
  return [...lastOfEach.values()].map(({ id, conversation, reason }) => ({
    conversation: parseStored(conversationSchema, conversation, `conversation of outbox row ${id}`),
    reason: reason ?? '',
  }));
}

/** A delivery there, or a card that the thread hangs under. */
export async function hasSpokenIn(db: Kysely<Schema>, conversation: Conversation): Promise<boolean> {
  const said = await db
    .selectFrom('outbox')
    .select('seq')
    .where('status', '=', delivered)
    .where('conversation_key', '=', conversationKey(conversation))
    .limit(1)
    .executeTakeFirst();
  if (said !== undefined || conversation.thread === null) return said !== undefined;
  const root = await db
    .selectFrom('posted_card')
    .select('request')
    .where('message_id', '=', conversation.thread)
    .where('conversation_key', '=', conversationKey({ ...conversation, thread: null }))
    .limit(1)
    .executeTakeFirst();
  return root !== undefined;
}
