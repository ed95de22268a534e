import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { frontierOf, leafHash, peaksOf, rootOf } from '../../src/audit/tree.ts';
import { grow, hex, leavesOf, referenceRoot } from '../support/grown-tree.ts';

const vectorLeaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const vectorRoots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

describe('the root of the log', () => {
  test.each(vectorRoots.map((root, size) => [size, root] as const))('over the first %i leaves of the published vectors', (size, root) => {
    expect(hex(rootOf(grow(vectorLeaves.slice(0, size).map((leaf) => Buffer.from(leaf, 'hex'))).tree))).toBe(root);
  });

  test('is that of the recursive definition, for every size up to 256, grown or read back from stored subtrees', () => {
    const leaves = leavesOf(256);
    for (let size = 0; size <= 256; size += 1) {
      const reference = hex(referenceRoot(leaves.slice(0, size)));
      const { tree, kept } = grow(leaves.slice(0, size));
      expect(hex(rootOf(tree))).toBe(reference);
      expect(hex(rootOf(frontierOf(size, (level, i) => kept.get(`${level}/${i}`))))).toBe(reference);
    }
  });

  test('changes with every change of a leaf', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.nat(), (size, pick) => {
        const leaves = leavesOf(size);
        const changed = leaves.map((leaf, k) => (k === pick % size ? Buffer.concat([leaf, Buffer.of(0)]) : leaf));
        expect(hex(rootOf(grow(changed).tree))).not.toBe(hex(rootOf(grow(leaves).tree)));
      }),
    );
  });
});

describe('the stored subtrees', () => {
  test('of a tree are all complete ones, each once: those that lie beneath its size', () => {
    for (let size = 0; size <= 256; size += 1) {
      const expected = Array.from({ length: 9 }, (_, level) => Math.floor(size / 2 ** level)).reduce((sum, count) => sum + count, 0);
      expect(grow(leavesOf(size)).kept.size).toBe(expected);
    }
  });

  test('that carry a size are as many as it has one-bits, up to the largest sizes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), (size) => {
        const peaks = peaksOf(size);
        expect(peaks.length).toBe(size.toString(2).replaceAll('0', '').length);
        expect(peaks.reduce((sum, { level }) => sum + 2 ** level, 0)).toBe(size);
      }),
    );
  });

  test('are asked for by name when one is gone', () => {
    expect(() => frontierOf(6, (level) => (level === 2 ? leafHash(Buffer.of(1)) : undefined))).toThrow(
      expect.objectContaining({ code: 'store-corrupt' }),
    );
  });
});
