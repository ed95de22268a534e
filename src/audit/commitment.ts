import { createHmac } from 'node:crypto';
import { canonicalJson } from '../canonical-json.ts';
import type { Json } from '../locale.ts';

/** Bytes of salt: as many as the digest has, so that a guess at the value is no easier than one at the salt. */
export const saltBytes = 32;

/** Binds to a value without telling it: HMAC-SHA256 in hex, keyed by the salt, of the value's canonical JSON. */
export function commitment(salt: Uint8Array, value: Json): string {
  return commitmentOfText(salt, canonicalJson(value));
}

/** The same over canonical JSON that is there already. */
export function commitmentOfText(salt: Uint8Array, canonical: string): string {
  return createHmac('sha256', salt).update(canonical, 'utf8').digest('hex');
}

const pseudonymBytes = 12;

/** What stands in the log in a person's place: it tells nothing, and only this subject and salt lead to it. */
export function pseudonymOf(salt: Uint8Array, subject: string): string {
  return createHmac('sha256', salt).update(subject, 'utf8').digest().subarray(0, pseudonymBytes).toString('base64url');
}
