import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseNote, parseVkey, signerOf, signersOf, signNote, verifierOf, vkeyOf } from '../../src/audit/note.ts';

const vkey = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
const published = `This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
`;

const signer = (name: string) => signerOf(name, generateKeyPairSync('ed25519').privateKey);
const opened = (text: string, known: Parameters<typeof signersOf>[1]) => {
  const note = parseNote(text);
  return note && signersOf(note, known)?.map(({ name }) => name);
};

describe('the published note', () => {
  const verifier = parseVkey(vkey);

  test('is signed by the published key', () => {
    expect(verifier && vkeyOf(verifier)).toBe(vkey);
    expect(opened(published, verifier ? [verifier] : [])).toEqual(['example.com/foo']);
    expect(parseNote(published)?.text).toBe('This is an example message.\n');
  });

  test.each([
    ['another text', published.replace('This', 'That')],
    ['a signature with another last byte', published.replace('aQM=', 'aQQ=')],
    ['a signature cut short', published.replace('IneyaQM=', 'Ineya')],
  ])('is refused with %s', (_, text) => {
    expect(opened(text, verifier ? [verifier] : [])).toBeFalsy();
  });

  test.each([
    ['the same bytes of a signature in other base64', published.replace('aQM=', 'aQN=')],
    ['no newline at its end', published.slice(0, -1)],
    ['no empty line', published.replace('\n\n', '\n')],
    ['a carriage return', published.replace('\n', '\r\n')],
    ['a hyphen for the dash', published.replace('—', '-')],
    ['a line that is no signature', `${published}more\n`],
    ['nothing but its text', 'This is an example message.\n\n'],
  ])('is no note with %s', (_, text) => {
    expect(parseNote(text)).toBeNull();
  });
});

describe('a note', () => {
  test('that several signed is signed by each, and may be by others nobody knows', () => {
    const [one, two, other] = [signer('log.example/a'), signer('log.example/a'), signer('witness.example')];
    const text = signNote('text\n', [one, other, two]);
    expect(opened(text, [one.verifier, two.verifier])).toEqual(['log.example/a', 'log.example/a']);
    expect(opened(text, [signer('log.example/a').verifier])).toEqual([]);
  });

  test('is refused as a whole when one known signature is wrong', () => {
    const [one, two] = [signer('a'), signer('b')];
    const good = signNote('text\n', [one, two]);
    const bad = good.replace(/^(— b .{20})./m, (_, start: string) => `${start}${good.includes(`${start}A`) ? 'B' : 'A'}`);
    expect(opened(bad, [one.verifier])).toEqual(['a']);
    expect(opened(bad, [one.verifier, two.verifier])).toBeUndefined();
  });

  test('signed twice by one key is the same note', () => {
    const key = generateKeyPairSync('ed25519').privateKey;
    expect(signNote('x\n', [signerOf('n', key)])).toBe(signNote('x\n', [signerOf('n', key)]));
  });

  test('is refused with any one character changed', () => {
    const one = signer('log.example/a');
    const good = signNote('origin\n5\nroot\n', [one]);
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.constantFrom('A', 'z', '0', '/', '\n', ' ', '+'), (at, character) => {
        fc.pre(good[at] !== character);
        const changed = `${good.slice(0, at)}${character}${good.slice(at + 1)}`;
        expect(opened(changed, [one.verifier]) ?? []).toEqual([]);
      }),
    );
  });
});

test.each([
  ['another id', vkey.replace('530d903a', '530d903b')],
  ['another name', vkey.replace('foo', 'fou')],
  ['another kind of key', vkey.replace('+Ae', '+Be')],
  ['a space in its name', `${vkey} `],
  ['nothing', ''],
])('a line with %s is no key', (_, line) => {
  expect(parseVkey(line)).toBeNull();
});

test('the key of RFC 8032, test 1, has its public part', () => {
  const seed = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60';
  const der = Buffer.from(`302e020100300506032b657004220420${seed}`, 'hex');
  const { verifier } = signerOf('n', createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
  expect(Buffer.from(verifier.publicKey).toString('hex')).toBe('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a');
  expect(verifierOf('n', verifier.publicKey).id).toBe(verifier.id);
});
