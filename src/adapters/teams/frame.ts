import { cardFrame, plain } from '../../chat/adaptive-card.ts';
import type { JsonObject, Locale } from '../../locale.ts';
import { harmless } from './text.ts';

/** What every card has besides its body. Its language is two letters, as the format has it, and it is as wide as the chat. */
export function frameOf(locale: Locale, summary: string): JsonObject {
  return { ...cardFrame(locale, summary), fallbackText: harmless(plain(summary)), lang: locale.slice(0, 2), msteams: { width: 'Full' } };
}
