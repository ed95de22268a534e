import { unreachable } from '../errors.ts';
import type { Json, JsonObject, Locale } from '../locale.ts';
import type { Card, CardAction, CardElement, Span } from './card.ts';
import { visible } from './visible.ts';

export const actionStyles = { default: 'default', primary: 'positive', danger: 'destructive' } as const;
export const noticeStyles = { good: 'good', warning: 'warning', error: 'attention' } as const;

/**
 * The card as Adaptive Card 1.5 JSON. Running text stands in `TextRun`s, which no renderer reads as Markdown. A button
 * submits its data with `action` added; a copy action submits `{ copy }`, for a host that can reach a clipboard.
 */
export function renderAdaptiveCard(card: Card): JsonObject {
  const body: Json[] = card.elements.map(renderElement);
  if (card.title !== null) body.unshift(heading(card.title));
  const actions = card.actions.map(renderAction);
  return { ...cardFrame(card.locale, card.summary), body, ...(actions.length > 0 ? { actions } : {}) };
}

/** What a card is besides its body: its language, and its summary where a host can't show the card or reads it out. */
export function cardFrame(locale: Locale, summary: string): JsonObject {
  return {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.5',
    lang: locale,
    speak: plain(summary).replaceAll(/[<>&]/g, ' '),
    fallbackText: escapeMarkdown(plain(summary)),
  };
}

export function heading(title: string): JsonObject {
  return { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: plain(title), weight: 'bolder', size: 'medium' }] };
}

function renderElement(element: CardElement): Json {
  switch (element.kind) {
    case 'text':
      return richText(element.spans);
    case 'facts':
      return {
        type: 'Table',
        showGridLines: false,
        ...headerRow(false),
        columns: [{ width: 1 }, { width: 3 }],
        rows: element.facts.map((fact) => row([[{ subtle: fact.label }], [fact.value]])),
      };
    case 'table':
      return {
        type: 'Table',
        showGridLines: true,
        ...headerRow(true),
        columns: columnWeights(element.columns, element.rows).map((width) => ({ width })),
        rows: [
          row(element.columns.map((column) => [{ strong: column }])),
          ...element.rows.map((cells) => row(cells.map((cell) => [cell]))),
        ],
      };
    case 'moments':
      return richText([{ strong: element.label }, ` ${element.text}`]);
    case 'notice':
      return { type: 'Container', style: noticeStyles[element.tone], items: [richText(element.spans)] };
    default:
      return unreachable(element);
  }
}

function renderAction(action: CardAction): Json {
  if (action.kind === 'copy')
    return { type: 'Action.Submit', title: plain(action.label), associatedInputs: 'none', data: { copy: action.text } };
  return {
    type: 'Action.Submit',
    title: plain(action.label),
    style: actionStyles[action.style],
    associatedInputs: 'none',
    data: { ...action.data, action: action.action },
  };
}

/** The published schema and Microsoft's JavaScript renderer spell this property differently. */
function headerRow(is: boolean): JsonObject {
  return { firstRowAsHeader: is, firstRowAsHeaders: is };
}

function row(cells: readonly (readonly Span[])[]): Json {
  return { type: 'TableRow', cells: cells.map((spans) => ({ type: 'TableCell', items: [richText(spans)] })) };
}

/** Running text that no host reads as Markdown. */
export function richText(spans: readonly Span[]): JsonObject {
  const inlines = spans.map(textRun).filter((run) => run.text !== '');
  // A block without runs is no valid element; a no-break space keeps an empty cell's height.
  return { type: 'RichTextBlock', inlines: inlines.length > 0 ? inlines : [{ type: 'TextRun', text: '\u00a0' }] };
}

function textRun(span: Span): { readonly type: 'TextRun'; readonly text: string; readonly [name: string]: Json } {
  if (typeof span === 'string') return { type: 'TextRun', text: plain(span) };
  if ('strong' in span) return { type: 'TextRun', text: plain(span.strong), weight: 'bolder' };
  if ('code' in span) return { type: 'TextRun', text: plain(span.code), fontType: 'monospace' };
  return { type: 'TextRun', text: plain(span.subtle), isSubtle: true };
}

/** Hosts replace `{{DATE(…)}}` and `{{TIME(…)}}` in any text; a word joiner between the braces keeps them as typed. */
export function plain(text: string): string {
  return visible(text).replaceAll('{{', '{\u2060{');
}

/** `fallbackText` is the one property that hosts read as Markdown and that has no plain form. */
export function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\`*_[\]()<>#~|]/g, '\\$&');
}

/** Relative widths: short columns keep their line, sentences share what is left. A Chinese character counts two. */
export function columnWeights(columns: readonly string[], rows: readonly (readonly string[])[]): number[] {
  const width = (text: string) => text.length + (text.match(/[\u2e80-\uffef]/g)?.length ?? 0);
  const most = columns.length > 3 ? 20 : 34;
  return columns.map((column, index) => {
    const texts = [column, ...rows.map((cells) => cells[index] ?? '')];
    const longestWord = Math.max(...texts.flatMap((text) => text.split(/[\s\u2e80-\uffef]+/)).map(width));
    const longest = Math.max(...texts.map(width));
    return longest <= 12 ? longest + 5 : Math.max(Math.min(longestWord, 20) + 5, Math.min(longest, most));
  });
}
