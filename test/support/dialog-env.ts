import type { DialogEnv, HandlerContext } from '../../src/dialog/handlers.ts';
import type { JsonObject, Locale } from '../../src/locale.ts';
import { loadTestKnowledge } from './knowledge.ts';

/** A Wednesday morning in Berlin, ten days before a Friday that conversations speak of. */
export const wednesday = new Date('2026-11-18T09:00:00Z');

export function dialogEnv(locale: Locale = 'en', zone = 'Europe/Berlin', now = wednesday): DialogEnv {
  const { say, words } = loadTestKnowledge();
  return { now, reader: { locale, zone }, say, words };
}

export function contextFor(env: DialogEnv, values: JsonObject = {}, seed: JsonObject = {}): HandlerContext {
  return { dialog: 'request-rule', field: 'field', values, seed, options: [], env };
}
