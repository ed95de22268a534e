import type { Card, CardElement, Span } from '../../chat/card.ts';
import { visible } from '../../chat/visible.ts';
import { unreachable } from '../../errors.ts';
import { padded, textWidth, wrapped } from './width.ts';

const gap = '  ';
const narrowest = 6;
const marks = { good: '✓', warning: '!', error: '✗' } as const;

/** A card as lines of at most `columns`, its buttons as numbered choices. Nothing in it can steer the terminal. */
export function cardLines(card: Card, columns: number): string[] {
  const title = card.title === null ? [] : titleLines(card.title, columns);
  const body = card.elements.flatMap((element) => elementLines(element, columns));
  const choices = card.actions.map((action, index) => `[${index + 1}] ${inOneLine(action.label)}`);
  return [...title, ...body, ...(choices.length > 0 ? flow(choices, columns) : [])];
}

function titleLines(title: string, columns: number): string[] {
  const lines = wrapped(inOneLine(title), columns);
  return [...lines, '─'.repeat(Math.max(...lines.map(textWidth)))];
}

function elementLines(element: CardElement, columns: number): string[] {
  switch (element.kind) {
    case 'text':
      return wrapped(spansText(element.spans), columns);
    case 'moments':
      return wrapped(visible(`${element.label}${gap}${element.text}`), columns);
    case 'notice':
      return hanging(`${marks[element.tone]} `, spansText(element.spans), columns);
    case 'facts': {
      const width = Math.max(0, ...element.facts.map((fact) => textWidth(inOneLine(fact.label))));
      return element.facts.flatMap((fact) => hanging(`${padded(inOneLine(fact.label), width)}${gap}`, visible(fact.value), columns));
    }
    case 'table':
      return tableLines(element.columns, element.rows, columns);
    default:
      return unreachable(element);
  }
}

function spansText(spans: readonly Span[]): string {
  return visible(
    spans
      .map((span) => (typeof span === 'string' ? span : 'strong' in span ? span.strong : 'code' in span ? span.code : span.subtle))
      .join(''),
  );
}

/** A mark or label, and the text beside it, its further lines under its first. */
function hanging(lead: string, text: string, columns: number): string[] {
  const indent = textWidth(lead);
  const lines = wrapped(text, Math.max(columns - indent, narrowest));
  return lines.map((line, index) => (index === 0 ? lead : ' '.repeat(indent)) + line);
}

function tableLines(columns: readonly string[], rows: readonly (readonly string[])[], room: number): string[] {
  const grid = [columns, ...rows].map((row) => columns.map((_, index) => visible(row[index] ?? '')));
  const widths = columnWidths(grid, room);
  const [head = [], ...body] = grid.map((row) => rowLines(row, widths));
  return [...head, widths.map((width) => '─'.repeat(width)).join(gap), ...body.flat()];
}

/** As wide as what stands in them; where the room is less, the widest give way first. */
function columnWidths(grid: readonly (readonly string[])[], room: number): number[] {
  const widths = (grid[0] ?? []).map((_, index) => Math.max(1, ...grid.map((row) => cellWidth(row[index] ?? ''))));
  const total = () => widths.reduce((sum, width) => sum + width, gap.length * (widths.length - 1));
  while (total() > room) {
    const widest = widths.indexOf(Math.max(...widths));
    const width = widths[widest] ?? 0;
    if (width <= narrowest) break;
    widths[widest] = width - 1;
  }
  return widths;
}

function cellWidth(cell: string): number {
  return Math.max(...cell.split('\n').map(textWidth));
}

function rowLines(row: readonly string[], widths: readonly number[]): string[] {
  const cells = row.map((cell, index) => wrapped(cell, widths[index] ?? narrowest));
  const height = Math.max(1, ...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    cells
      .map((lines, index) => padded(lines[line] ?? '', widths[index] ?? 0))
      .join(gap)
      .trimEnd(),
  );
}

/** Choices one after the other, on as many lines as they need. */
function flow(choices: readonly string[], columns: number): string[] {
  const lines: string[] = [];
  for (const choice of choices) {
    const last = lines.at(-1);
    if (last !== undefined && textWidth(last) + gap.length + textWidth(choice) <= columns)
      lines[lines.length - 1] = `${last}${gap}${choice}`;
    else lines.push(choice);
  }
  return lines;
}

/** A label or title never breaks a line of its own. */
function inOneLine(text: string): string {
  return visible(text).replaceAll('\n', ' ');
}
