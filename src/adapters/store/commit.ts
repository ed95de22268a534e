import type { Transaction } from 'kysely';
import type { Clock, Commit, CommitResult } from '../../app/ports.ts';
import { canonicalJson } from '../../canonical-json.ts';
import { instantOf } from '../../domain/instant.ts';
import { appendEntries, type LogEnd, readEnd } from './audit-log.ts';
import { areDraftsAsRead, putDraft, removeDraft } from './drafts.ts';
import { endActivity } from './inbox.ts';
import { putLastQuestion } from './last-questions.ts';
import { addOutbox } from './outbox.ts';
import { addReceipts, findReceipt } from './receipts.ts';
import { putRequest } from './requests.ts';
import type { Schema } from './schema.ts';
import { areCodesThere, putSettings } from './settings.ts';

/**
 * The one way of writing what is audited; runs under the writers' lock. What may refuse comes first, so that a refusal
 * has written nothing. The time is taken here, after the lock: it never runs backwards from one entry to the next.
 */
export async function commitBatch(
  tx: Transaction<Schema>,
  batch: Commit,
  clock: Clock,
  known: LogEnd,
): Promise<{ readonly result: CommitResult; readonly end: LogEnd }> {
  const receipts = batch.receipts ?? [];
  const receipt = await findReceipt(
    tx,
    receipts.map(({ key }) => key),
  );
  if (receipt !== null) return { result: { kind: 'repeated', receipt }, end: known };
  const { request, saveDraft, deleteDraft, settings = [] } = batch;
  const drafts = [saveDraft, deleteDraft].filter((draft) => draft !== undefined);
  if (!(await areDraftsAsRead(tx, drafts)) || !(await areCodesThere(tx, settings))) return { result: { kind: 'conflict' }, end: known };
  const record = request === undefined ? null : { id: request.next.id, salt: request.next.salt, document: canonicalJson(request.next) };
  if (request !== undefined && record !== null && !(await putRequest(tx, request.expected, request.next, record.document))) {
    return { result: { kind: 'conflict' }, end: known };
  }
  const now = instantOf(clock.now());
  if (saveDraft !== undefined) await putDraft(tx, saveDraft);
  if (deleteDraft !== undefined) await removeDraft(tx, deleteDraft.id);
  await putSettings(tx, settings, now);
  const end = await appendEntries(tx, await readEnd(tx, known), batch.audit, record, now);
  await addOutbox(tx, batch.outbox ?? [], now);
  await addReceipts(tx, receipts, now);
  if (batch.lastQuestion !== undefined) await putLastQuestion(tx, batch.lastQuestion, now);
  if (batch.received !== undefined) await endActivity(tx, batch.received, now);
  return { result: { kind: 'committed' }, end };
}
