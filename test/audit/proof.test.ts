import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { consistencySpans, continues, includes, inclusionSpans, proofOf } from '../../src/audit/proof.ts';
import { emptyRoot, type Hash, leafHash, rootOf, subtreesOf } from '../../src/audit/tree.ts';
import { grow, hex, leavesOf, referenceConsistency, referencePath } from '../support/grown-tree.ts';

const vectorLeaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const vector = grow(vectorLeaves.map((leaf) => Buffer.from(leaf, 'hex')));
const most = 256;
const leaves = leavesOf(most);
const whole = grow(leaves);
const roots: readonly Hash[] = Array.from({ length: most + 1 }, (_, size) => rootOf(grow(leaves.slice(0, size)).tree));
const rootAt = (size: number): Hash => roots[size] ?? emptyRoot;
const leafAt = (index: number): Hash => leafHash(leaves[index] ?? Buffer.of());
const pathOf = (index: number, size: number) => proofOf(inclusionSpans(index, size), whole.find);
const stepsOf = (old: number, size: number) => proofOf(consistencySpans(old, size), whole.find);

test('the published vectors come out', () => {
  expect(proofOf(inclusionSpans(5, 8), vector.find).map(hex)).toEqual([
    'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  ]);
  expect(proofOf(consistencySpans(6, 8), vector.find).map(hex)).toEqual([
    '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
    'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  ]);
});

describe('for every size up to 256', () => {
  test('each entry is proven, and by no other index', () => {
    for (let size = 1; size <= most; size += 1) {
      for (let index = 0; index < size; index += 1) {
        const claim = { index, size, leaf: leafAt(index), root: rootAt(size) };
        const path = pathOf(index, size);
        if (!includes(claim, path)) throw new Error(`entry ${index} of ${size} is not proven`);
        for (const other of [index - 1, index + 1]) {
          if (includes({ ...claim, index: other }, path)) throw new Error(`entry ${index} of ${size} is proven as ${other}`);
        }
      }
    }
  });

  test('each earlier size is proven to be its beginning', () => {
    for (let size = 0; size <= most; size += 1) {
      for (let old = 0; old <= size; old += 1) {
        const claim = { old, oldRoot: rootAt(old), size, root: rootAt(size) };
        const steps = stepsOf(old, size);
        if (!continues(claim, steps)) throw new Error(`${old} to ${size} is not proven`);
        if (old > 0 && continues({ ...claim, root: rootAt(size - 1) }, steps)) throw new Error(`${old} to ${size} proves another root`);
      }
    }
  });

  test('proofs are those of the recursive definition', () => {
    for (const size of [1, 2, 3, 7, 8, 9, 31, 63, 64, 65, 100, 255, 256]) {
      const first = leaves.slice(0, size);
      for (const part of [0, 1, size >> 1, size - 2, size - 1].filter((one) => one >= 0 && one < size)) {
        expect(pathOf(part, size).map(hex)).toEqual(referencePath(part, first).map(hex));
        if (part > 0) expect(stepsOf(part, size).map(hex)).toEqual(referenceConsistency(part, first).map(hex));
      }
    }
  });
});

test('a proof takes a number of stored subtrees that grows with the logarithm of the size', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 40 }), fc.nat(), (size, pick) => {
      const depth = Math.ceil(Math.log2(size)) + 1;
      const spans = inclusionSpans(pick % size, size);
      expect(spans.length).toBeLessThanOrEqual(depth);
      expect(spans.flatMap(subtreesOf).length).toBeLessThanOrEqual(2 * depth);
      expect(consistencySpans(1 + (pick % size), size).flatMap(subtreesOf).length).toBeLessThanOrEqual(3 * depth);
    }),
  );
});

const flip = (hash: Hash, bit: number): Hash => {
  const changed = Buffer.from(hash);
  changed[(bit >> 3) % 32] = (changed[(bit >> 3) % 32] ?? 0) ^ (1 << (bit & 7));
  return changed;
};
const withFlip = (proof: readonly Hash[], bit: number) => proof.map((hash, k) => (k === bit % proof.length ? flip(hash, bit >> 3) : hash));
const sizes = fc.tuple(fc.integer({ min: 1, max: most }), fc.nat(), fc.nat());

const strange = Buffer.alloc(32, 7);

describe('a verifier refuses', () => {
  test('every mutation of a proof of an entry', () => {
    fc.assert(
      fc.property(sizes, ([size, pick, bit]) => {
        const index = pick % size;
        const path = pathOf(index, size);
        const claim = { index, size, leaf: leafAt(index), root: rootAt(size) };
        const refused = (change: Partial<typeof claim>, changed: readonly Hash[] = path) =>
          expect(includes({ ...claim, ...change }, changed)).toBe(false);
        refused({ index: index - 1 });
        refused({ index: index + 1 });
        refused({ size: size * 2 });
        if (size > 1) refused({ size: size / 2 });
        refused({ root: flip(claim.root, bit) });
        refused({ root: Buffer.alloc(0) });
        refused({ root: emptyRoot });
        refused({ root: claim.leaf, leaf: size === 1 ? strange : claim.root });
        refused({ leaf: flip(claim.leaf, bit) });
        if (path.length > 0) {
          refused({}, withFlip(path, bit));
          refused({}, path.slice(1));
          refused({}, path.slice(0, -1));
          refused(
            {},
            path.map((hash, k) => (k === 0 ? hash.subarray(0, 31) : hash)),
          );
        }
        if (path.length > 1) refused({}, path.toReversed());
        refused({}, [...path, strange]);
        refused({}, [strange, ...path]);
      }),
    );
  });

  test('every mutation of a proof of an earlier size', () => {
    fc.assert(
      fc.property(sizes, ([size, pick, bit]) => {
        const old = 1 + (pick % size);
        const steps = stepsOf(old, size);
        const claim = { old, oldRoot: rootAt(old), size, root: rootAt(size) };
        const refused = (change: Partial<typeof claim>, changed: readonly Hash[] = steps) =>
          expect(continues({ ...claim, ...change }, changed)).toBe(false);
        refused({ root: flip(claim.root, bit) });
        refused({ oldRoot: flip(claim.oldRoot, bit) });
        refused({ root: Buffer.alloc(0) });
        refused({ old: -1 });
        if (old !== size) {
          refused({ root: claim.oldRoot, oldRoot: claim.root });
          refused({ old: size, size: old });
          refused({}, withFlip(steps, bit));
          refused({}, steps.slice(1));
          refused({}, steps.slice(0, -1));
        }
        refused({}, [...steps, strange]);
      }),
    );
  });

  test('sizes that are no sizes', () => {
    const root = rootAt(1);
    for (const size of [-1, 0, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(includes({ index: 0, size, leaf: root, root }, [])).toBe(false);
      expect(continues({ old: size, oldRoot: root, size: size + 1, root }, [])).toBe(false);
    }
  });
});
