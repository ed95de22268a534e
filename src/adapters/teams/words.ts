import type { Locale, Message, Say } from '../../locale.ts';

/** Says one of the renderer's own texts in a card's language. */
export type TeamsWords = (key: string, params?: Message['params']) => string;

export function wordsIn(locale: Locale, say: Say): TeamsWords {
  return (key, params) => say(params === undefined ? { key } : { key, params }, { locale, zone: 'UTC' });
}
