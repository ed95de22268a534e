import { createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';

/** C2SP signed notes: a text, an empty line, and a line for each signature. Ed25519 alone. */

/** Who signs, as others know it. `id` is 8 hex digits over name and key. */
export type Verifier = { readonly name: string; readonly id: string; readonly publicKey: Uint8Array; readonly key: KeyObject };
export type Signer = { readonly verifier: Verifier; readonly privateKey: KeyObject };

export type Note = {
  /** What is signed, its last newline included. */
  readonly text: string;
  readonly signatures: readonly { readonly name: string; readonly id: string; readonly signature: Uint8Array }[];
};

const ed25519 = 1;
const keyBytes = 32;
const idBytes = 4;
const mostSignatures = 64;
const keyName = /^[^\s+\p{Cc}]+$/u;
const signatureLine = /^— (\S+) (\S+)$/u;
const controls = /(?!\n)\p{Cc}/u;

export function isKeyName(text: string): boolean {
  return keyName.test(text);
}

/** `publicKey` is the 32 bytes of RFC 8032. */
export function verifierOf(name: string, publicKey: Uint8Array): Verifier {
  const named = Buffer.concat([Buffer.from(`${name}\n`, 'utf8'), Buffer.of(ed25519), publicKey]);
  const id = hash('sha256', named, 'hex').slice(0, 2 * idBytes);
  const x = Buffer.from(publicKey).toString('base64url');
  return { name, id, publicKey, key: createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }) };
}

/** `privateKey` has to be an Ed25519 key. */
export function signerOf(name: string, privateKey: KeyObject): Signer {
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  return { verifier: verifierOf(name, Buffer.from(x, 'base64url')), privateKey };
}

/** The one line by which a key is told to others. */
export function vkeyOf({ name, id, publicKey }: Verifier): string {
  return `${name}+${id}+${Buffer.concat([Buffer.of(ed25519), publicKey]).toString('base64')}`;
}

/** Null when the line is no Ed25519 key, or its id is not the key's. */
export function parseVkey(line: string): Verifier | null {
  const [name = '', id = '', ...rest] = line.split('+');
  const key = decode(rest.join('+'));
  if (!isKeyName(name) || key?.length !== 1 + keyBytes || key[0] !== ed25519) return null;
  const verifier = verifierOf(name, key.subarray(1));
  return verifier.id === id ? verifier : null;
}

/** `text` ends with a newline. */
export function signNote(text: string, signers: readonly Signer[]): string {
  const lines = signers.map(({ verifier, privateKey }) => {
    const signature = sign(null, Buffer.from(text, 'utf8'), privateKey);
    return `— ${verifier.name} ${Buffer.concat([Buffer.from(verifier.id, 'hex'), signature]).toString('base64')}\n`;
  });
  return `${text}\n${lines.join('')}`;
}

/** Null when it is no signed note. Says nothing about whether a signature is right. */
export function parseNote(note: string): Note | null {
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n') || controls.test(note)) return null;
  const lines = note.slice(end + 2, -1).split('\n');
  if (lines.length > mostSignatures) return null;
  const signatures = lines.map((line) => {
    const [, name = '', text = ''] = signatureLine.exec(line) ?? [];
    const bytes = decode(text);
    if (!isKeyName(name) || bytes === null || bytes.length <= idBytes) return null;
    return { name, id: bytes.subarray(0, idBytes).toString('hex'), signature: bytes.subarray(idBytes) };
  });
  const sound = signatures.filter((one) => one !== null);
  return sound.length === signatures.length ? { text: note.slice(0, end + 1), signatures: sound } : null;
}

/** Which of these have signed it. Null when a signature that bears one's name and id is not theirs: then the whole is not to be trusted. */
export function signersOf(note: Note, known: readonly Verifier[]): readonly Verifier[] | null {
  const text = Buffer.from(note.text, 'utf8');
  const signed: Verifier[] = [];
  for (const { name, id, signature } of note.signatures) {
    const verifier = known.find((one) => one.name === name && one.id === id);
    if (verifier === undefined) continue;
    if (!verify(null, text, verifier.key, signature)) return null;
    signed.push(verifier);
  }
  return signed;
}

/** Standard base64 in its one canonical form, so that no signature can be written in two ways. */
export function decode(base64: string): Buffer | null {
  const bytes = Buffer.from(base64, 'base64');
  return bytes.length > 0 && bytes.toString('base64') === base64 ? bytes : null;
}
