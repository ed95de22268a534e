import { createHash } from 'node:crypto';
import type { DialogState } from './state.ts';

/** What a card's buttons were made for: the question and all answers. A click with another one comes from an older card. */
export function fingerprint(state: DialogState): string {
  const answers = Object.entries(state.answers)
    .map(([field, { raw, value }]) => [field, raw, value])
    .sort(([a], [b]) => String(a).localeCompare(String(b), 'en'));
  return createHash('sha256')
    .update(JSON.stringify([state.hash, state.at, answers]))
    .digest('hex')
    .slice(0, 12);
}
