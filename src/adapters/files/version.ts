import { createHash } from 'node:crypto';
import { canonicalJson } from '../../canonical-json.ts';

/** SHA-256, in hex, of a value's canonical JSON. */
export function sha256(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

export const versionOf = (value: unknown): string => `sha256:${sha256(value)}`;
