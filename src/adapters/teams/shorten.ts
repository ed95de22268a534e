import type { CardElement, Span } from '../../chat/card.ts';
import { restyled, textOf } from './body.ts';
import { openingOf } from './text.ts';

/** What is kept: so many characters of each text, rows of each table, and elements. */
type Step = { readonly characters: number; readonly rows: number; readonly elements: number };

/** Less and less, for as long as the whole does not fit one message. */
const steps: readonly Step[] = [
  { characters: 1500, rows: 200, elements: 200 },
  { characters: 600, rows: 60, elements: 100 },
  { characters: 250, rows: 30, elements: 60 },
  { characters: 120, rows: 15, elements: 40 },
  { characters: 80, rows: 8, elements: 20 },
  { characters: 60, rows: 4, elements: 12 },
  { characters: 60, rows: 2, elements: 6 },
  { characters: 40, rows: 1, elements: 1 },
  { characters: 40, rows: 0, elements: 0 },
];

/** Elements to be shown in one message: whole, or shortened, with the number of texts, rows and elements that are not all there. */
export type Shortened = { readonly elements: readonly CardElement[]; readonly missing: number };

/** The first of ever shorter versions for which `show` finds room, or what it makes of the shortest. */
export function firstFitting<T>(elements: readonly CardElement[], show: (version: Shortened) => T, fits: (shown: T) => boolean): T {
  let shown = show({ elements, missing: 0 });
  for (const step of steps) {
    if (fits(shown)) return shown;
    shown = show(shorten(elements, step));
  }
  return shown;
}

function shorten(elements: readonly CardElement[], step: Step): Shortened {
  let missing = Math.max(elements.length - step.elements, 0);
  const cut = (text: string): string => {
    const opening = openingOf(text, step.characters);
    if (!opening.isAll) missing += 1;
    return opening.text;
  };
  const few = <T>(items: readonly T[]): readonly T[] => {
    missing += Math.max(items.length - step.rows, 0);
    return items.slice(0, step.rows);
  };
  return { elements: elements.slice(0, step.elements).map((element) => shortenedElement(element, cut, few)), missing };
}

function shortenedElement(element: CardElement, cut: (text: string) => string, few: <T>(items: readonly T[]) => readonly T[]): CardElement {
  const spans = (all: readonly Span[]): readonly Span[] => few(all).map((span) => restyled(span, cut(textOf(span))));
  switch (element.kind) {
    case 'text':
    case 'notice':
      return { ...element, spans: spans(element.spans) };
    case 'moments':
      return element;
    case 'facts':
      return { kind: 'facts', facts: few(element.facts).map(({ label, value }) => ({ label: cut(label), value: cut(value) })) };
    case 'table':
      return { kind: 'table', columns: element.columns.map(cut), rows: few(element.rows).map((cells) => cells.map(cut)) };
  }
}
