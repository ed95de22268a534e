import { createHash } from 'node:crypto';

/** Consonants alone: none looks like another, and no code is a word, an address or a port. */
const letters = 'BCDFGHJKLMNPQRSTVWXZ';
const length = 8;
/** Of a byte's values those that leave no letter likelier than another. */
const fair = 240;

/** A code out of random bytes, or null when too few of them are of use. */
export function codeFrom(random: Uint8Array): string | null {
  const code = [...random]
    .filter((byte) => byte < fair)
    .slice(0, length)
    .map((byte) => letters[byte % letters.length] ?? '')
    .join('');
  return code.length === length ? code : null;
}

/** As a person reads it: `BCDF-GHJK`. */
export function shownCode(code: string): string {
  return `${code.slice(0, length / 2)}-${code.slice(length / 2)}`;
}

/** A code as somebody typed it, or null when it is none. */
export function readCode(text: string): string | null {
  const code = text.toUpperCase().replaceAll(/[- ]/g, '');
  return code.length === length && [...code].every((letter) => letters.includes(letter)) ? code : null;
}

/** All that is kept of a code: SHA-256, in hex. */
export function codeDigest(code: string): string {
  return createHash('sha256').update(code).digest('hex');
}
