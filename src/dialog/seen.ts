import { createHash } from 'node:crypto';
import { canonicalJson } from '../canonical-json.ts';
import { cleanText } from './clean-text.ts';
import type { DialogState } from './state.ts';

const separator = '.';

/**
 * What a page was drawn from: everything that was answered or typed, and what stood in each field. It tells whether the dialog
 * has moved since, and, even then, which fields were touched.
 */
export function seenOf(state: DialogState, fields: readonly { readonly name: string; readonly value: string }[]): string {
  return [wholeOf(state), ...fields.map(({ name, value }) => standing(name, value))].join(separator);
}

export function isSeen(seen: string, state: DialogState): boolean {
  return seen.split(separator)[0] === wholeOf(state);
}

export function isTouched(seen: string, name: string, value: string): boolean {
  return !seen.split(separator).slice(1).includes(standing(name, value));
}

/** Where somebody stands makes no difference to a page: only what was said does. */
export function wholeOf({ hash, answers, attempts }: DialogState): string {
  const given = Object.entries(answers).map(([field, { raw, value }]) => [field, { raw, value }]);
  const typed = Object.entries(attempts).map(([field, { raw }]) => [field, raw]);
  return digest(canonicalJson({ hash, given: Object.fromEntries(given), typed: Object.fromEntries(typed) }));
}

/** Blanks that a platform adds or takes away are no change. */
function standing(name: string, value: string): string {
  return digest(`${name}\n${cleanText(value).text.replace(/[^\S\n]+/g, ' ')}`).slice(0, 8);
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);
