import { createHash } from 'node:crypto';
import { canonicalJson } from '../canonical-json.ts';
import type { DialogState } from './state.ts';

/** What a card's buttons were made for: the question and all answers. A click with another one comes from an older card. */
export function fingerprint({ hash, at, answers }: DialogState): string {
  const given = Object.fromEntries(Object.entries(answers).map(([field, { raw, value }]) => [field, { raw, value }]));
  return createHash('sha256').update(canonicalJson({ hash, at, given })).digest('hex').slice(0, 12);
}
