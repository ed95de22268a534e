import { createHash } from 'node:crypto';
import { append, emptyFrontier, type Find, type Frontier, type Hash, leafHash, nodeHash } from '../../src/audit/tree.ts';

export const hex = (hash: Hash): string => Buffer.from(hash).toString('hex');
export const leavesOf = (count: number): readonly Uint8Array[] => Array.from({ length: count }, (_, k) => Buffer.from(`leaf ${k}`));

/** Appends one by one and keeps every complete subtree, as the store does. */
export function grow(leaves: readonly Uint8Array[]): {
  readonly tree: Frontier;
  readonly kept: ReadonlyMap<string, Hash>;
  readonly find: Find;
} {
  const kept = new Map<string, Hash>();
  let tree = emptyFrontier;
  for (const [idx, leaf] of leaves.entries()) {
    kept.set(`0/${idx}`, leafHash(leaf));
    const grown = append(tree, leafHash(leaf));
    tree = grown.tree;
    for (const { level, i, hash } of grown.completed) {
      if (kept.has(`${level}/${i}`)) throw new Error(`node ${i} of level ${level} was completed twice`);
      kept.set(`${level}/${i}`, hash);
    }
  }
  return { tree, kept, find: (level, i) => kept.get(`${level}/${i}`) };
}

/** The definitions of RFC 6962, section 2.1, word by word. */
export function referenceRoot(leaves: readonly Uint8Array[]): Hash {
  if (leaves.length === 0) return createHash('sha256').digest();
  const [only] = leaves;
  if (leaves.length === 1 && only !== undefined) return leafHash(only);
  const split = splitOf(leaves.length);
  return nodeHash(referenceRoot(leaves.slice(0, split)), referenceRoot(leaves.slice(split)));
}

export function referencePath(index: number, leaves: readonly Uint8Array[]): readonly Hash[] {
  if (leaves.length <= 1) return [];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split
    ? [...referencePath(index, left), referenceRoot(right)]
    : [...referencePath(index - split, right), referenceRoot(left)];
}

export function referenceConsistency(old: number, leaves: readonly Uint8Array[]): readonly Hash[] {
  return subproof(old, leaves, true);
}

function subproof(old: number, leaves: readonly Uint8Array[], whole: boolean): readonly Hash[] {
  if (old === leaves.length) return whole ? [] : [referenceRoot(leaves)];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return old <= split
    ? [...subproof(old, left, whole), referenceRoot(right)]
    : [...subproof(old - split, right, false), referenceRoot(left)];
}

const splitOf = (leaves: number): number => 2 ** Math.floor(Math.log2(leaves - 1));
