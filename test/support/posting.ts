import type { Settings } from '../../src/app/ports-settings.ts';
import type { Conversation } from '../../src/chat/activity.ts';
import type { Card } from '../../src/chat/card.ts';
import type { Posting } from '../../src/chat/platform.ts';

/** A card for everyone in a conversation, posted for the first time. */
export function postingOf(conversation: Conversation, card: Card, key: string): Posting {
  return { conversation, card, key, only: null, again: false, views: null };
}

export const noSettings: Settings = { approvals: [], locales: [], links: [], codes: [], guesses: [], groups: [] };
