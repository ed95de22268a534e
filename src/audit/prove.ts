import { AppError } from '../errors.ts';
import { readCheckpoint } from './checkpoint.ts';
import { includes, inclusionSpans, proofOf } from './proof.ts';
import { formatProof } from './tlog-proof.ts';
import type { AuditTrail, StoredCheckpoint } from './trail.ts';
import { leafHash, subtreesOf } from './tree.ts';

export type ProvenEntry = { readonly idx: number; readonly bytes: Uint8Array; readonly proof: string };

/**
 * An entry's exact bytes and the proof that they are in the log of this checkpoint, out of a number of stored subtrees that
 * grows with the log's logarithm. Throws `AppError('store-corrupt')` when what is stored proves nothing.
 */
export async function proveEntry(trail: AuditTrail, idx: number, { size, note }: StoredCheckpoint): Promise<ProvenEntry> {
  const spans = inclusionSpans(idx, size);
  const [stored] = await trail.entries(idx, idx + 1);
  const nodes = new Map((await trail.subtrees(spans.flatMap(subtreesOf))).map((node) => [`${node.level}/${node.i}`, node.hash]));
  const checkpoint = readCheckpoint(note);
  const path = proofOf(spans, (level, i) => nodes.get(`${level}/${i}`));
  if (stored && checkpoint && includes({ index: idx, size, leaf: leafHash(stored.bytes), root: checkpoint.root }, path)) {
    return { idx, bytes: stored.bytes, proof: formatProof({ index: idx, path, checkpoint: note }) };
  }
  throw new AppError('store-corrupt', `entry ${idx} is not what was signed; run "portclerk audit verify"`);
}
