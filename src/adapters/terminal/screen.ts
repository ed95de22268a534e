import type { Card, CardAction } from '../../chat/card.ts';
import { cardLines } from './card-text.ts';

/** A card on the screen, by the id it was posted under. */
export type ShownCard = { readonly id: string; readonly card: Card };
export type Choice = { readonly message: string; readonly action: CardAction };

/** What stands in the terminal. Numbers press buttons of the latest card that has any. */
export type Screen = {
  show(shown: ShownCard, note: string | null): void;
  say(text: string): void;
  has(id: string): boolean;
  /** Whether the message stands there with just this card. */
  shows(shown: ShownCard): boolean;
  /** The button of this number, counted from 1, or null. */
  choice(number: number): Choice | null;
};

export function createScreen(write: (text: string) => void, columns: () => number): Screen {
  const cards = new Map<string, string>();
  let latest: ShownCard | null = null;

  return {
    show(shown, note) {
      cards.set(shown.id, JSON.stringify(shown.card));
      if (shown.card.actions.length > 0 || latest?.id === shown.id) latest = shown;
      const lines = [...(note === null ? [] : [note]), ...cardLines(shown.card, columns())];
      write(`${lines.join('\n')}\n\n`);
    },
    say: (text) => write(`${text}\n\n`),
    has: (id) => cards.has(id),
    shows: ({ id, card }) => cards.get(id) === JSON.stringify(card),
    choice(number) {
      const action = latest?.card.actions[number - 1];
      return latest === null || action === undefined ? null : { message: latest.id, action };
    },
  };
}
