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
