import { columnWeights, noticeStyles, richText } from '../../chat/adaptive-card.ts';
import type { Card, CardElement, Span } from '../../chat/card.ts';
import { pieces } from '../../chat/cut.ts';
import { visible } from '../../chat/visible.ts';
import { unreachable } from '../../errors.ts';
import type { Json, JsonObject } from '../../locale.ts';
import { shortened } from './text.ts';

/**
 * A part of a card's body that stands in one message as a whole. `head`: what has to stand above it where a message begins
 * with it, the first row of its table.
 */
export type Piece = { readonly json: JsonObject; readonly head: JsonObject | null };

/** Text of at most this many UTF-16 units stands in one block. */
const longestBlock = 2000;
const longestCell = 600;
const longestLabel = 120;
/** More columns than this can't be read on a phone. */
const mostColumns = 3;

/**
 * The body in pieces. Tables are sets of columns, since the phone clients show nothing of a `Table`; wide ones are a
 * group of lines a row, each cell beside its column's name.
 */
export function piecesOf(elements: Card['elements']): readonly Piece[] {
  return elements.flatMap(elementPieces);
}

function elementPieces(element: CardElement): readonly Piece[] {
  switch (element.kind) {
    case 'text':
      return spanParts(element.spans).map((spans) => piece(richText(spans)));
    case 'facts':
      return element.facts.flatMap(({ label, value }) => labelled(label, value, 'small').map(piece));
    case 'table':
      return element.columns.length > mostColumns ? stacked(element) : columned(element);
    case 'moments':
      return labelled(element.label, element.text, 'small').map(piece);
    case 'notice':
      return spanParts(element.spans).map((spans) =>
        piece({ type: 'Container', style: noticeStyles[element.tone], items: [richText(spans)] }),
      );
    default:
      return unreachable(element);
  }
}

type Table = Extract<CardElement, { kind: 'table' }>;

function columned({ columns, rows }: Table): readonly Piece[] {
  const weights = columnWeights(columns, rows);
  const head = columnSet(
    columns.map((column) => [{ strong: shortened(column, longestLabel) }]),
    weights,
    'medium',
  );
  const lines = rows.flatMap((cells) => {
    const parts = columns.map((_, index) => textParts(cells[index] ?? '', longestCell));
    const most = Math.max(...parts.map(({ length }) => length));
    return Array.from({ length: most }, (_, line) => {
      const set = columnSet(
        parts.map((part) => [part[line] ?? '']),
        weights,
        line === 0 ? 'small' : 'none',
      );
      return line === 0 ? { ...set, separator: true } : set;
    });
  });
  return [piece(head), ...lines.map((json) => ({ json, head }))];
}

function stacked({ columns, rows }: Table): readonly Piece[] {
  return rows.flatMap((cells) => {
    const lines = columns.flatMap((column, index) => {
      const cell = cells[index] ?? '';
      return cell === '' ? [] : labelled(column, cell, 'none');
    });
    return lines.map((json, line) => piece(line === 0 ? { ...json, separator: true, spacing: 'medium' } : json));
  });
}

/** Teams cuts off a word that is wider than its column: a hash stands there in halves. */
const halved = (text: string): string => text.replace(/[0-9a-f]{64}/g, (hash) => `${hash.slice(0, 32)} ${hash.slice(32)}`);

function labelled(label: string, value: string, spacing: string): readonly JsonObject[] {
  return textParts(halved(value)).map((part, index) =>
    columnSet([[{ subtle: index === 0 ? shortened(label, longestLabel) : '' }], [part]], [1, 3], spacing),
  );
}

function columnSet(cells: readonly (readonly Span[])[], weights: readonly number[], spacing: string): JsonObject {
  const columns = cells.map((spans, index): Json => ({ type: 'Column', width: weights[index] ?? 1, items: [richText(spans)] }));
  return { type: 'ColumnSet', spacing, columns };
}

function piece(json: JsonObject): Piece {
  return { json, head: null };
}

function textParts(text: string, most = longestBlock): readonly string[] {
  return pieces(visible(text), most);
}

/** Running text in parts; each keeps its style. */
function spanParts(spans: readonly Span[]): readonly (readonly Span[])[] {
  const styled = spans.flatMap((span) => textParts(textOf(span)).map((text) => restyled(span, text)));
  const parts: Span[][] = [];
  let room = 0;
  for (const span of styled) {
    const { length } = textOf(span);
    if (length > room) {
      parts.push([]);
      room = longestBlock;
    }
    parts.at(-1)?.push(span);
    room -= length;
  }
  return parts.length > 0 ? parts : [[]];
}

export function textOf(span: Span): string {
  return typeof span === 'string' ? span : 'strong' in span ? span.strong : 'code' in span ? span.code : span.subtle;
}

export function restyled(span: Span, text: string): Span {
  if (typeof span === 'string') return text;
  return 'strong' in span ? { strong: text } : 'code' in span ? { code: text } : { subtle: text };
}
