import { type Kysely, sql, type Transaction } from 'kysely';
import type { Activity } from '../../chat/activity.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Database } from './database.ts';
import { inOrder, insertInto, keptText } from './kept-text.ts';
import type { Schema } from './schema.ts';
import { conversationKey, parseStored, readableOf } from './stored.ts';
import { activitySchema } from './stored-activity.ts';

type Named = Pick<Activity, 'id' | 'conversation'>;

const keep = insertInto('inbox', 'skip');

/** Free and due, the oldest of its lane: a later one never overtakes it. */
const freeActivities = keptText(
  (db, platforms: readonly string[], now: Instant, limit: number) =>
    db
      .selectFrom('inbox')
      .select(['seq', 'id', 'activity'])
      .where('done_at', 'is', null)
      .where('platform', 'in', platforms)
      .where('due_at', '<=', now)
      .where((eb) => eb.or([eb('claimed_until', 'is', null), eb('claimed_until', '<=', now)]))
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('inbox as earlier')
              .select('earlier.seq')
              .where('earlier.done_at', 'is', null)
              .whereRef('earlier.lane', '=', 'inbox.lane')
              .whereRef('earlier.seq', '<', 'inbox.seq'),
          ),
        ),
      )
      .orderBy(inOrder)
      .limit(limit),
  (platforms, now, limit) => [...platforms, now, now, limit],
);

const claim = keptText(
  (db, until: Instant, seqs: readonly number[]) => db.updateTable('inbox').set({ claimed_until: until }).where('seq', 'in', seqs),
  (until, seqs) => [until, ...seqs],
);

const finish = keptText(
  (db, at: Instant, id: string) =>
    db
      .updateTable('inbox')
      .set({ activity: sql.lit(''), done_at: at })
      .where('id', '=', id)
      .where('done_at', 'is', null),
  (at, id) => [at, id],
);

/** False when it is kept already, done or not. */
export async function keepActivity(db: Kysely<Schema>, activity: Activity, now: Instant, leaseEnds: Instant): Promise<boolean> {
  const { conversation, sender } = activity;
  const row = {
    id: nameOf(activity),
    platform: conversation.platform,
    lane: JSON.stringify([conversation.platform, conversation.id, conversation.thread, sender.id]),
    activity: JSON.stringify(activity),
    due_at: now,
    claimed_until: leaseEnds,
    received_at: now,
  };
  return (await keep(db, [row])) > 0;
}

/** Looks without a lock first: mostly there is nothing. */
export async function claimActivities(
  database: Database,
  platforms: readonly string[],
  now: Instant,
  leaseEnds: Instant,
  limit: number,
): Promise<readonly Activity[]> {
  if (platforms.length === 0) return [];
  const { rows: some } = await database.run((db) => freeActivities(db, platforms, now, 1));
  if (some.length === 0) return [];
  const taken = await database.write(async (tx) => {
    const { rows } = await freeActivities(tx, platforms, now, limit);
    const seqs = rows.map(({ seq }) => seq);
    if (seqs.length > 0) await claim(tx, leaseEnds, seqs);
    return rows;
  });
  return readableOf(taken, ({ id, activity }) => parseStored(activitySchema, activity, `activity ${id}`));
}

/** What was said is not kept any longer than it takes to answer it. */
export async function endActivity(tx: Transaction<Schema>, activity: Named, at: Instant): Promise<void> {
  await finish(tx, at, nameOf(activity));
}

export async function putBack(db: Kysely<Schema>, activity: Named, due_at: Instant): Promise<void> {
  await db
    .updateTable('inbox')
    .set({ due_at, claimed_until: null })
    .where('id', '=', nameOf(activity))
    .where('done_at', 'is', null)
    .execute();
}

export async function forgetDone(db: Kysely<Schema>, before: Instant): Promise<void> {
  await db.deleteFrom('inbox').where('done_at', '<', before).execute();
}

function nameOf({ id, conversation }: Named): string {
  return JSON.stringify([conversationKey(conversation), id]);
}
