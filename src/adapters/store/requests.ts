import type { Kysely, Transaction, Updateable } from 'kysely';
import type { RequestFilter } from '../../app/ports.ts';
import { type ChangeRequest, changeRequestSchema, type RequestId } from '../../domain/change-request.ts';
import { keptText } from './kept-text.ts';
import type { Schema } from './schema.ts';
import { parseStored } from './stored.ts';

const updateRequest = keptText(
  (db, row: Updateable<Schema['request']>, id: string, expected: number) =>
    db.updateTable('request').set(row).where('id', '=', id).where('version', '=', expected),
  (row, id, expected) => [...Object.values(row), id, expected],
);

/** `document` is the canonical JSON of `next`. False when the request has another version than expected by now, or its id or number is taken; nothing was written then. */
export async function putRequest(
  tx: Transaction<Schema>,
  expected: number | null,
  next: ChangeRequest,
  document: string,
): Promise<boolean> {
  const { id, number, version, state, content } = next;
  const row = { version, state, requester: content.requester, document };
  if (expected === null) {
    const added = await tx
      .insertInto('request')
      .values({ id, number, ...row })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return added.numInsertedOrUpdatedRows === 1n;
  }
  const changed = await updateRequest(tx, row, id, expected);
  return changed.numAffectedRows === 1n;
}

export async function requestById(db: Kysely<Schema>, id: RequestId): Promise<ChangeRequest | null> {
  const row = await db.selectFrom('request').select(['id', 'document']).where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : parseRequest(row);
}

export async function requestsBy(db: Kysely<Schema>, { requester, states }: RequestFilter): Promise<readonly ChangeRequest[]> {
  let query = db.selectFrom('request').select(['id', 'document']).orderBy('number', 'desc');
  if (requester !== undefined) query = query.where('requester', '=', requester);
  if (states !== undefined) query = query.where('state', 'in', states);
  return (await query.execute()).map(parseRequest);
}

export async function nextNumber(db: Kysely<Schema>): Promise<number> {
  const row = await db
    .selectFrom('request')
    .select((eb) => eb.fn.max('number').as('last'))
    .executeTakeFirst();
  return (row?.last ?? 0) + 1;
}

function parseRequest(row: { id: string; document: string }): ChangeRequest {
  return parseStored(changeRequestSchema, row.document, `request ${row.id}`);
}
