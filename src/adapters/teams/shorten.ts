import type { Card, CardElement, Span } from '../../chat/card.ts';
import { visible } from '../../chat/visible.ts';
import type { JsonObject } from '../../locale.ts';
import { restyled, textOf } from './body.ts';
import { shortened } from './text.ts';
import type { TeamsWords } from './words.ts';

/** How much of each text, and of each table, is kept: less and less, until all of the card fits one message. */
const steps = [
  { characters: 1500, rows: 200 },
  { characters: 600, rows: 60 },
  { characters: 250, rows: 30 },
  { characters: 120, rows: 15 },
  { characters: 80, rows: 8 },
  { characters: 60, rows: 4 },
] as const;

type Step = { readonly characters: number; readonly rows: number };

/** The card as one message: whole if it fits, else its texts and tables shortened, then elements left out, and a line that says so. */
export function fitted(card: Card, words: TeamsWords, pages: (card: Card) => readonly JsonObject[]): JsonObject {
  const alone = (one: Card): JsonObject | null => {
    const [first, ...more] = pages(one);
    return first !== undefined && more.length === 0 ? first : null;
  };
  const whole = alone(card);
  if (whole !== null) return whole;
  for (const step of steps) {
    const content = alone(shortenedCard(card, step, card.elements.length, words));
    if (content !== null) return content;
  }
  const least = steps[steps.length - 1] ?? { characters: 60, rows: 4 };
  for (let kept = card.elements.length - 1; kept > 0; kept = Math.floor(kept * 0.8)) {
    const content = alone(shortenedCard(card, least, kept, words));
    if (content !== null) return content;
  }
  const [first = {}] = pages({ ...shortenedCard(card, least, 0, words), actions: card.actions.slice(0, 6) });
  return first;
}

function shortenedCard(card: Card, step: Step, kept: number, words: TeamsWords): Card {
  let missing = card.elements.length - kept;
  const cut = (text: string): string => {
    const shown = visible(text);
    const short = shortened(shown, step.characters);
    if (short !== shown) missing += 1;
    return short;
  };
  const few = <T>(items: readonly T[]): readonly T[] => {
    missing += Math.max(items.length - step.rows, 0);
    return items.slice(0, step.rows);
  };
  const elements = card.elements.slice(0, kept).map((element) => shortenedElement(element, cut, few));
  const details = card.actions.find((action) => action.kind === 'button' && action.action === 'request.details');
  const said = details ? words('teams.cut.details', { count: missing, button: details.label }) : words('teams.cut', { count: missing });
  const title = card.title === null ? null : shortened(visible(card.title), step.characters);
  return { ...card, title, elements: [...elements, { kind: 'notice', tone: 'warning', spans: [said] }] };
}

function shortenedElement(element: CardElement, cut: (text: string) => string, few: <T>(items: readonly T[]) => readonly T[]): CardElement {
  const spans = (all: readonly Span[]): readonly Span[] => all.map((span) => restyled(span, cut(textOf(span))));
  switch (element.kind) {
    case 'text':
    case 'notice':
      return { ...element, spans: spans(element.spans) };
    case 'facts':
      return { kind: 'facts', facts: few(element.facts).map(({ label, value }) => ({ label: cut(label), value: cut(value) })) };
    case 'table':
      return { kind: 'table', columns: element.columns.map(cut), rows: few(element.rows).map((cells) => cells.map(cut)) };
  }
}
