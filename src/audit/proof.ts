import { emptyRoot, type Find, type Hash, hashBytes, nodeHash, type Span, sameHash, spanHash } from './tree.ts';

/** The parts of a tree that prove leaf `index` to be in the tree of `size` leaves: its sibling first, the root's child last. */
export function inclusionSpans(index: number, size: number): readonly Span[] {
  const spans: Span[] = [];
  let [from, until] = [0, size];
  while (until - from > 1) {
    const middle = from + splitOf(until - from);
    if (index < middle) {
      spans.unshift({ from: middle, until });
      until = middle;
    } else {
      spans.unshift({ from, until: middle });
      from = middle;
    }
  }
  return spans;
}

/** The parts of a tree that prove the tree of the first `old` leaves to be the beginning of that of `size`. */
export function consistencySpans(old: number, size: number): readonly Span[] {
  const spans: Span[] = [];
  if (old === 0 || old === size) return spans;
  let [from, until] = [0, size];
  while (until !== old) {
    const middle = from + splitOf(until - from);
    if (old <= middle) {
      spans.unshift({ from: middle, until });
      until = middle;
    } else {
      spans.unshift({ from, until: middle });
      from = middle;
    }
  }
  // The old root itself is known to whoever checks; any other part of the old tree has to be said.
  if (from > 0) spans.unshift({ from, until });
  return spans;
}

/** Throws `AppError('store-corrupt')` when a stored subtree is missing. */
export function proofOf(spans: readonly Span[], find: Find): readonly Hash[] {
  return spans.map((span) => spanHash(span, find));
}

export type InclusionClaim = { readonly index: number; readonly size: number; readonly leaf: Hash; readonly root: Hash };

/** RFC 9162, section 2.1.3.2. */
export function includes({ index, size, leaf, root }: InclusionClaim, proof: readonly Hash[]): boolean {
  if (!isSize(size) || !isSize(index) || index >= size || !areHashes([leaf, root, ...proof])) return false;
  let [node, last, hash] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0) return false;
    if (isOdd(node) || node === last) {
      hash = nodeHash(sibling, hash);
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)];
    } else hash = nodeHash(hash, sibling);
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && sameHash(hash, root);
}

export type ConsistencyClaim = { readonly old: number; readonly oldRoot: Hash; readonly size: number; readonly root: Hash };

/** RFC 9162, section 2.1.4.2; every tree goes on from the empty one. */
export function continues({ old, oldRoot, size, root }: ConsistencyClaim, proof: readonly Hash[]): boolean {
  if (!isSize(old) || !isSize(size) || old > size || !areHashes([oldRoot, root, ...proof])) return false;
  if (old === size) return proof.length === 0 && sameHash(oldRoot, root);
  if (old === 0) return proof.length === 0 && sameHash(oldRoot, emptyRoot);
  const isComplete = splitOf(old + 1) === old;
  const [first, ...rest] = isComplete ? [oldRoot, ...proof] : proof;
  if (first === undefined) return false;
  let [node, last, before, after] = [old - 1, size - 1, first, first];
  while (isOdd(node)) [node, last] = [half(node), half(last)];
  for (const sibling of rest) {
    if (last === 0) return false;
    if (isOdd(node) || node === last) {
      before = nodeHash(sibling, before);
      after = nodeHash(sibling, after);
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)];
    } else after = nodeHash(after, sibling);
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && sameHash(before, oldRoot) && sameHash(after, root);
}

/** The largest power of two below a number of leaves, of which there are two at least. */
function splitOf(leaves: number): number {
  const power = 2 ** Math.floor(Math.log2(leaves));
  return power === leaves ? power / 2 : power;
}

// Not bit operators: those end at 32 bits.
const isOdd = (number: number): boolean => number % 2 === 1;
const half = (number: number): number => Math.floor(number / 2);
const isSize = (number: number): boolean => Number.isSafeInteger(number) && number >= 0;
const areHashes = (hashes: readonly Hash[]): boolean => hashes.every(({ length }) => length === hashBytes);
