import { sql, type Transaction } from 'kysely';
import type { AuditDraft, Clock, SealedLog, SigningKeys } from '../../app/ports.ts';
import { type ReadCheckpoint, readCheckpoint, signCheckpoint } from '../../audit/checkpoint.ts';
import { checkpointType, keyType } from '../../audit/entry.ts';
import { type Signer, signerOf, signersOf, vkeyOf } from '../../audit/note.ts';
import { consistencySpans, continues, proofOf } from '../../audit/proof.ts';
import { rootOf, subtreesOf } from '../../audit/tree.ts';
import { instantOf } from '../../domain/instant.ts';
import { AppError } from '../../errors.ts';
import type { JsonObject } from '../../locale.ts';
import { appendEntries, type LogEnd, readEnd } from './audit-log.ts';
import type { Schema } from './schema.ts';
import { findAmong, readSubtrees } from './subtrees.ts';

/**
 * Signs the log as it stands, under the writers' lock. A checkpoint's last entry says that it was made and under which key,
 * so that none can be taken out unseen. With nothing new since the last one, that one is returned. Throws
 * `AppError('store-corrupt')` when the log does not go on from the last checkpoint, `AppError('config-invalid')` when another
 * key signed that.
 */
export async function sealLog(
  tx: Transaction<Schema>,
  known: LogEnd,
  keys: (isFirst: boolean) => SigningKeys,
  clock: Clock,
): Promise<{ readonly result: SealedLog; readonly end: LogEnd }> {
  const end = await readEnd(tx, known);
  const stored = await tx.selectFrom('audit_checkpoint').selectAll().orderBy('size', 'desc').limit(sql.lit(1)).executeTakeFirst();
  const last = stored === undefined ? null : readLast(stored);
  if (last !== null) await demandConsistent(tx, last, end);
  const { current, previous, newOrigin } = keys(last === null);
  const origin = last?.origin ?? newOrigin();
  const signer = signerOf(origin, current);
  const former = previous === null ? null : signerOf(origin, previous);
  const isNewKey = last === null || !isSignedBy(last, signer, former);
  if (!isNewKey && stored?.size === end.tree.size) return { result: { ...stored, vkey: vkeyOf(signer.verifier), isNew: false }, end };

  const replaced = last === null ? null : former;
  const drafts = [
    ...(isNewKey ? [entry(keyType, replaced && { key: vkeyOf(replaced.verifier) }, { key: vkeyOf(signer.verifier) })] : []),
    entry(checkpointType, null, { key: vkeyOf(signer.verifier), previous: last?.size ?? 0 }),
  ];
  const grown = await appendEntries(tx, end, drafts, null, instantOf(clock.now()));
  const { size } = grown.tree;
  const signers = former === null || former.verifier.id === signer.verifier.id ? [signer] : [signer, former];
  const note = signCheckpoint({ origin, size, root: rootOf(grown.tree) }, signers);
  await tx.insertInto('audit_checkpoint').values({ size, note }).execute();
  return { result: { size, note, vkey: vkeyOf(signer.verifier), isNew: true }, end: grown };
}

function readLast({ size, note }: Schema['audit_checkpoint']): ReadCheckpoint {
  const read = readCheckpoint(note);
  if (read?.size === size) return read;
  throw new AppError('store-corrupt', `the checkpoint over ${size} entries cannot be read; run "portclerk audit verify"`);
}

async function demandConsistent(tx: Transaction<Schema>, last: ReadCheckpoint, { tree }: LogEnd): Promise<void> {
  if (last.size > tree.size) {
    throw new AppError('store-corrupt', `a checkpoint covers ${last.size} entries, the log has ${tree.size}; run "portclerk audit verify"`);
  }
  const spans = consistencySpans(last.size, tree.size);
  const find = findAmong(await readSubtrees(tx, spans.flatMap(subtreesOf)));
  const claim = { old: last.size, oldRoot: last.root, size: tree.size, root: rootOf(tree) };
  if (continues(claim, proofOf(spans, find))) return;
  throw new AppError('store-corrupt', `the log is not the one whose first ${last.size} entries were signed; run "portclerk audit verify"`);
}

/** False when the key before it signed: then this one is new. */
function isSignedBy(last: ReadCheckpoint, signer: Signer, former: Signer | null): boolean {
  const signed =
    signersOf(
      last.note,
      [signer, former].filter((one) => one !== null).map(({ verifier }) => verifier),
    ) ?? [];
  if (signed.some(({ id }) => id === signer.verifier.id)) return true;
  if (signed.length > 0) return false;
  const ids = last.note.signatures.map(({ id }) => id).join(', ');
  throw new AppError(
    'config-invalid',
    `AUDIT_KEY_FILE holds another key than the one the audit log was signed with (${ids}): put that one back, or start a new database`,
  );
}

function entry(type: string, before: JsonObject | null, after: JsonObject): AuditDraft {
  const nobody = { object: null, request_digest: null, source_event: null, policy_version: null, personal: {} };
  return { type, actor: { kind: 'system' }, before, after, outcome: 'done', ...nobody };
}
