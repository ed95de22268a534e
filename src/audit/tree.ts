import { hash } from 'node:crypto';
import { AppError } from '../errors.ts';

/** The Merkle tree of RFC 6962. Hashes are 32 bytes; `i` counts the subtrees of a level from the left, each of 2^level leaves. */
export type Hash = Uint8Array;
export type TreeNode = { readonly level: number; readonly i: number; readonly hash: Hash };

export function leafHash(bytes: Uint8Array): Hash {
  return Buffer.from(leafHex(bytes), 'hex');
}

/** The same in hex, as it is got. */
export function leafHex(bytes: Uint8Array): string {
  const whole = roomFor(bytes.length);
  whole.set(bytes, 1);
  return hash('sha256', whole, 'hex');
}

/** The same of a text that is said to be so many bytes of UTF-8; null when it is not. */
export function leafHexOfText(text: string, size: number): string | null {
  const whole = roomFor(size);
  // What stands for bytes that were no UTF-8 takes more or less room than they did, or fits and hashes to something else.
  return Buffer.byteLength(text, 'utf8') === size && whole.write(text, 1, 'utf8') === size ? hash('sha256', whole, 'hex') : null;
}

function roomFor(size: number): Buffer {
  const whole = size < scratch.length ? scratch.subarray(0, size + 1) : Buffer.alloc(size + 1);
  whole[0] = 0;
  return whole;
}

export function nodeHash(left: Hash, right: Hash): Hash {
  pair.set(left, 1);
  pair.set(right, 1 + hashBytes);
  return sha256(pair);
}

/** By way of hex: a third faster than asking for bytes. */
function sha256(bytes: Uint8Array): Hash {
  return Buffer.from(hash('sha256', bytes, 'hex'), 'hex');
}

export const hashBytes = 32;
/** Where prefix and content are put together: hashing in one call costs half of what feeding a hash piece by piece does. */
const scratch = Buffer.alloc(8192);
const pair = Uint8Array.of(1, ...new Uint8Array(2 * hashBytes));
export const emptyRoot: Hash = sha256(new Uint8Array());

/** A subtree that is complete, by its place. */
export type Place = Pick<TreeNode, 'level' | 'i'>;
/** A stored subtree's hash, leaves (level 0) among them; undefined where there is none. */
export type Find = (level: number, i: number) => Hash | undefined;

/** Leaves from the first to before the second: one node of a tree, complete or its ragged right end. */
export type Span = { readonly from: number; readonly until: number };

/** The complete subtrees that a span is made of, largest and leftmost first: at most one a level. */
export function subtreesOf({ from, until }: Span): readonly Place[] {
  const places: Place[] = [];
  let start = from;
  for (let level = Math.floor(Math.log2(Math.max(until - from, 1))); level >= 0; level -= 1) {
    const width = 2 ** level;
    if (until - start >= width) {
      places.push({ level, i: start / width });
      start += width;
    }
  }
  return places;
}

/** The complete subtrees that make up a tree of `size` leaves: with their hashes all that appending and the root need. */
export function peaksOf(size: number): readonly Place[] {
  return subtreesOf({ from: 0, until: size });
}

/** Throws `AppError('store-corrupt')` when a stored subtree is missing. */
export function spanHash(span: Span, find: Find): Hash {
  return fold(subtreesOf(span).map((place) => found(place, find)));
}

function found({ level, i }: Place, find: Find): Hash {
  const stored = find(level, i);
  if (stored !== undefined && stored.length === hashBytes) return stored;
  throw new AppError('store-corrupt', `the audit tree lacks node ${i} of level ${level}; run "portclerk audit verify"`);
}

/** The root over neighbouring subtrees, largest and leftmost first. */
function fold(hashes: readonly Hash[]): Hash {
  const last = hashes.at(-1);
  if (last === undefined) return emptyRoot;
  return hashes.slice(0, -1).reduceRight((right, left) => nodeHash(left, right), last);
}

/** A tree by its peaks. Immutable: appending gives the next one and the subtrees it completed, the leaf not among them. */
export type Frontier = { readonly size: number; readonly peaks: readonly TreeNode[] };

export const emptyFrontier: Frontier = { size: 0, peaks: [] };

/** The frontier of `size` leaves out of stored subtrees; level 0 is asked for too. Throws `AppError('store-corrupt')` when one is missing. */
export function frontierOf(size: number, find: Find): Frontier {
  return { size, peaks: peaksOf(size).map((place) => ({ ...place, hash: found(place, find) })) };
}

export function append(tree: Frontier, leaf: Hash): { readonly tree: Frontier; readonly completed: readonly TreeNode[] } {
  const peaks = [...tree.peaks];
  const completed = pushNode(peaks, { level: 0, i: tree.size, hash: leaf });
  return { tree: { size: tree.size + 1, peaks }, completed };
}

/** Puts the next complete subtree to the right of the peaks, in place, and returns those that it completed. */
export function pushNode(peaks: TreeNode[], node: TreeNode): readonly TreeNode[] {
  const completed: TreeNode[] = [];
  let top = node;
  for (let left = peaks.at(-1); left?.level === top.level; left = peaks.at(-1)) {
    peaks.pop();
    top = { level: top.level + 1, i: left.i / 2, hash: nodeHash(left.hash, top.hash) };
    completed.push(top);
  }
  peaks.push(top);
  return completed;
}

export function rootOf({ peaks }: Pick<Frontier, 'peaks'>): Hash {
  return fold(peaks.map(({ hash: peak }) => peak));
}

export function firstLeaf({ level, i }: Place): number {
  return i * 2 ** level;
}

export function sameHash(one: Hash, other: Hash): boolean {
  return Buffer.compare(one, other) === 0;
}
