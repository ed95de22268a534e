import { createHash } from 'node:crypto';
import { AppError } from '../errors.ts';

/** The Merkle tree of RFC 6962. Hashes are 32 bytes; `i` counts the subtrees of a level from the left, each of 2^level leaves. */
export type Hash = Uint8Array;
export type TreeNode = { readonly level: number; readonly i: number; readonly hash: Hash };

export function leafHash(bytes: Uint8Array): Hash {
  return createHash('sha256').update(leafPrefix).update(bytes).digest();
}

export function nodeHash(left: Hash, right: Hash): Hash {
  return createHash('sha256').update(nodePrefix).update(left).update(right).digest();
}

const leafPrefix = Uint8Array.of(0);
const nodePrefix = Uint8Array.of(1);
const emptyRoot: Hash = createHash('sha256').digest();

/**
 * The complete subtrees that make up a tree of `size` leaves, largest and leftmost first: with their hashes all that
 * appending and the root need.
 */
export function peaksOf(size: number): readonly { readonly level: number; readonly i: number }[] {
  const peaks: { level: number; i: number }[] = [];
  let start = 0;
  for (let level = Math.floor(Math.log2(Math.max(size, 1))); level >= 0; level -= 1) {
    const width = 2 ** level;
    if (size - start >= width) {
      peaks.push({ level, i: start / width });
      start += width;
    }
  }
  return peaks;
}

/** A tree by its peaks. Immutable: appending gives the next one and the subtrees it completed, the leaf not among them. */
export type Frontier = { readonly size: number; readonly peaks: readonly TreeNode[] };

export const emptyFrontier: Frontier = { size: 0, peaks: [] };

/** The frontier of `size` leaves out of stored subtrees; level 0 is asked for too. Throws `AppError('store-corrupt')` when one is missing. */
export function frontierOf(size: number, find: (level: number, i: number) => Hash | undefined): Frontier {
  const peaks = peaksOf(size).map(({ level, i }) => {
    const hash = find(level, i);
    if (hash === undefined)
      throw new AppError('store-corrupt', `the audit tree lacks node ${i} of level ${level}; run "portclerk audit verify"`);
    return { level, i, hash };
  });
  return { size, peaks };
}

export function append(tree: Frontier, leaf: Hash): { readonly tree: Frontier; readonly completed: readonly TreeNode[] } {
  const peaks = [...tree.peaks];
  const completed: TreeNode[] = [];
  let top: TreeNode = { level: 0, i: tree.size, hash: leaf };
  for (let left = peaks.at(-1); left?.level === top.level; left = peaks.at(-1)) {
    peaks.pop();
    top = { level: top.level + 1, i: left.i / 2, hash: nodeHash(left.hash, top.hash) };
    completed.push(top);
  }
  peaks.push(top);
  return { tree: { size: tree.size + 1, peaks }, completed };
}

export function rootOf(tree: Frontier): Hash {
  const last = tree.peaks.at(-1);
  if (last === undefined) return emptyRoot;
  return tree.peaks.slice(0, -1).reduceRight((right, peak) => nodeHash(peak.hash, right), last.hash);
}

export function sameHash(one: Hash, other: Hash): boolean {
  return Buffer.compare(one, other) === 0;
}
