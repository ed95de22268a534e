import type { Card, CardElement, Span } from '../../chat/card.ts';
import { cut } from '../../chat/cut.ts';
import { visible } from '../../chat/visible.ts';

/** How much of each text and table of a card stays. */
export type Shortening = { readonly text: number; readonly rows: number; readonly buttons: 'usual' | 'narrow' };

/** Gentlest first. */
export const shortenings: readonly [Shortening, ...Shortening[]] = [
  { text: 1500, rows: 40, buttons: 'usual' },
  { text: 600, rows: 20, buttons: 'usual' },
  { text: 300, rows: 10, buttons: 'narrow' },
  { text: 120, rows: 5, buttons: 'narrow' },
];

const titleRoom = 140;
const mostButtons = 20;

/** The card with every text and table at most as long as said. `rowsLeft` says how many rows are missing. */
export function shortened(card: Card, { text, rows }: Shortening, rowsLeft: (count: number) => string): Card {
  return {
    ...card,
    title: card.title === null ? null : cut(visible(card.title), titleRoom),
    elements: card.elements.flatMap((element) => shorten(element)),
    actions: card.actions.slice(0, mostButtons),
  };

  function shorten(element: CardElement): readonly CardElement[] {
    switch (element.kind) {
      case 'text':
      case 'notice':
        return [{ ...element, spans: shortenSpans(element.spans, text) }];
      case 'moments':
        return [element];
      case 'facts': {
        const facts = element.facts.map(({ label, value }) => ({ label: cut(visible(label), 75), value: cut(visible(value), text) }));
        return [{ ...element, facts }];
      }
      case 'table': {
        const row = (cells: readonly string[]) => cells.map((cell) => cut(visible(cell), Math.min(text, 120)));
        const table: CardElement = { ...element, columns: row(element.columns), rows: element.rows.slice(0, rows).map(row) };
        const missing = element.rows.length - rows;
        return missing > 0 ? [table, { kind: 'text', spans: [{ subtle: rowsLeft(missing) }] }] : [table];
      }
    }
  }
}

function shortenSpans(spans: readonly Span[], room: number): readonly Span[] {
  let left = room;
  return spans.flatMap((span): readonly Span[] => {
    if (left <= 1) return [];
    const keep = (text: string): string => {
      const kept = cut(visible(text), left);
      left -= kept.length;
      return kept;
    };
    if (typeof span === 'string') return [keep(span)];
    if ('strong' in span) return [{ strong: keep(span.strong) }];
    if ('code' in span) return [{ code: keep(span.code) }];
    return [{ subtle: keep(span.subtle) }];
  });
}
