import { createHmac, hash } from 'node:crypto';
import { canonicalJson } from '../canonical-json.ts';
import type { Json } from '../locale.ts';
import { hashBytes } from './tree.ts';

/** Bytes of salt: as many as the digest has, so that a guess at the value is no easier than one at the salt. */
export const saltBytes = 32;

/** Binds to a value without telling it: HMAC-SHA256 in hex, keyed by the salt, of the value's canonical JSON. */
export function commitment(salt: Uint8Array, value: Json): string {
  return commitmentOfText(salt, canonicalJson(value));
}

/** The same over canonical JSON that is there already. */
export function commitmentOfText(salt: Uint8Array, canonical: string): string {
  const size = Buffer.byteLength(canonical, 'utf8');
  if (salt.length > blockBytes || size > room) return createHmac('sha256', salt).update(canonical, 'utf8').digest('hex');
  for (let k = 0; k < blockBytes; k += 1) {
    const byte = salt[k] ?? 0;
    inner[k] = byte ^ 0x36;
    outer[k] = byte ^ 0x5c;
  }
  inner.write(canonical, blockBytes, 'utf8');
  outer.write(hash('sha256', inner.subarray(0, blockBytes + size), 'hex'), blockBytes, 'hex');
  return hash('sha256', outer, 'hex');
}

/** HMAC by hand, out of two hashes: for short values it takes half of what the object that Node makes for it takes. */
const blockBytes = 64;
const room = 4096;
const inner = Buffer.alloc(blockBytes + room);
const outer = Buffer.alloc(blockBytes + hashBytes);

const pseudonymBytes = 12;

/** What stands in the log in a person's place: it tells nothing, and only this subject and salt lead to it. */
export function pseudonymOf(salt: Uint8Array, subject: string): string {
  return createHmac('sha256', salt).update(subject, 'utf8').digest().subarray(0, pseudonymBytes).toString('base64url');
}
