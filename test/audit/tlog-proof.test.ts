import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readCheckpoint, signCheckpoint } from '../../src/audit/checkpoint.ts';
import { signerOf } from '../../src/audit/note.ts';
import { inclusionSpans, proofOf } from '../../src/audit/proof.ts';
import { formatProof, parseProof, provesEntry } from '../../src/audit/tlog-proof.ts';
import { rootOf } from '../../src/audit/tree.ts';
import { grow, leavesOf } from '../support/grown-tree.ts';

const origin = 'log.example/audit';
const signer = signerOf(origin, generateKeyPairSync('ed25519').privateKey);
const leaves = leavesOf(7);
const { tree, find } = grow(leaves);
const entry = leaves[4] ?? Buffer.of();
const checkpoint = signCheckpoint({ origin, size: 7, root: rootOf(tree) }, [signer]);
const path = proofOf(inclusionSpans(4, 7), find);
const proof = formatProof({ index: 4, path, checkpoint });

describe('a proof file', () => {
  test('has the form that was agreed upon', () => {
    expect(proof).toMatch(
      /^c2sp\.org\/tlog-proof@v1\nindex 4\n([A-Za-z0-9+/]{43}=\n){3}\nlog\.example\/audit\n7\n[A-Za-z0-9+/]{43}=\n\n— log\.example\/audit \S+\n$/,
    );
    expect(parseProof(proof)).toEqual({ index: 4, path, checkpoint });
  });

  test('proves the entry, with extra data or without', () => {
    expect(provesEntry(entry, proof, signer.verifier)).toBe(true);
    expect(provesEntry(entry, proof.replace('\n', '\nextra aGVsbG8=\n'), signer.verifier)).toBe(true);
  });

  test('of the only entry there is has an empty path', () => {
    const only = grow(leaves.slice(0, 1));
    const text = formatProof({ index: 0, path: [], checkpoint: signCheckpoint({ origin, size: 1, root: rootOf(only.tree) }, [signer]) });
    expect(provesEntry(leaves[0] ?? Buffer.of(), text, signer.verifier)).toBe(true);
    expect(provesEntry(entry, text, signer.verifier)).toBe(false);
  });

  const signed = (over: Partial<Parameters<typeof signCheckpoint>[0]>) =>
    formatProof({ index: 4, path, checkpoint: signCheckpoint({ origin, size: 7, root: rootOf(tree), ...over }, [signer]) });
  test.each([
    ['another index', proof.replace('index 4', 'index 5')],
    ['the index before', proof.replace('index 4', 'index 3')],
    ['an index with a zero in front', proof.replace('index 4', 'index 04')],
    ['another header', proof.replace('@v1', '@v2')],
    ['a shorter path', formatProof({ index: 4, path: path.slice(1), checkpoint })],
    ['a longer path', formatProof({ index: 4, path: [...path, rootOf(tree)], checkpoint })],
    ['its path in another order', formatProof({ index: 4, path: path.toReversed(), checkpoint })],
    ['a hash cut short', proof.replace(/^(.{43})=$/m, '$1')],
    ['no checkpoint', formatProof({ index: 4, path, checkpoint: '' })],
    ['another size', proof.replace('\n7\n', '\n8\n')],
    ['twice the size, signed', signed({ size: 14 })],
    ['half the size, signed', signed({ size: 3 })],
    ['another root, signed', signed({ root: Buffer.alloc(32) })],
    ['another origin, signed', signed({ origin: 'log.example/other' })],
    ['another origin', proof.replace('audit\n7', 'other\n7')],
    ['nothing in it', ''],
  ])('is refused with %s', (_, text) => {
    expect(provesEntry(entry, text, signer.verifier)).toBe(false);
  });

  test('is refused for another entry, and under another key of the same name', () => {
    expect(provesEntry(leaves[3] ?? Buffer.of(), proof, signer.verifier)).toBe(false);
    expect(provesEntry(entry, proof, signerOf(origin, generateKeyPairSync('ed25519').privateKey).verifier)).toBe(false);
  });
});

describe('a checkpoint', () => {
  test('reads back', () => {
    expect(readCheckpoint(checkpoint)).toMatchObject({ origin, size: 7, root: rootOf(tree) });
  });

  const sign = (text: string) => checkpoint.replace(/^.*?\n\n/s, `${text}\n\n`);
  const root = Buffer.from(rootOf(tree)).toString('base64');
  test.each([
    ['a size with a zero in front', `${origin}\n07\n${root}`],
    ['a size below zero', `${origin}\n-7\n${root}`],
    ['a size no number can hold', `${origin}\n9007199254740993\n${root}`],
    ['a root cut short', `${origin}\n7\n${root.slice(4)}`],
    ['no root', `${origin}\n7`],
    ['no origin', `\n7\n${root}`],
  ])('is none with %s', (_, text) => {
    expect(readCheckpoint(sign(text))).toBeNull();
  });

  test('may say more than it must', () => {
    expect(readCheckpoint(sign(`${origin}\n7\n${root}\nmore`))).toMatchObject({ size: 7 });
  });
});
