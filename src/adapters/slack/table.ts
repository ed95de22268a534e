import type { RichTextBlock, TableBlock } from '@slack/types';
import type { CardElement } from '../../chat/card.ts';
import { visible } from '../../chat/visible.ts';
import { bold, type Line, plain } from './rich-text.ts';
import { isBlank } from './text.ts';

export type Table = Extract<CardElement, { kind: 'table' }>;

const mostColumns = 20;
const mostRows = 100;
/** Of all cells together. */
const cellsRoom = 10_000;
/** A longer row would not fit a message beside its heading: such tables are written as lines. */
const rowRoom = 2000;

/** Whether Slack's own table holds the rows of this one, on as many messages as it takes. */
export function isNative(table: Table): boolean {
  const widest = Math.max(0, ...[table.columns, ...table.rows].map((row) => rowLength(row)));
  return table.columns.length > 0 && table.columns.length <= mostColumns && table.rows.length > 0 && widest <= rowRoom;
}

/**
 * As many rows as one native table holds within `room` characters of JSON; null where not even `least` of them do. It wraps its
 * cells and scrolls sideways on a phone, which preformatted text does not; Slack takes one a message, and none in a view.
 */
export function nativeTable(
  table: Table,
  room: number,
  least: number,
): { readonly block: TableBlock; readonly rest: readonly (readonly string[])[] } | null {
  const head = table.columns.map(headCell);
  const block: TableBlock = { type: 'table', column_settings: table.columns.map(() => ({ is_wrapped: true })), rows: [head] };
  let size = JSON.stringify(block).length;
  let typed = rowLength(table.columns);
  for (const row of table.rows) {
    const cells = table.columns.map((_, index) => cell(row[index] ?? ''));
    size += JSON.stringify(cells).length + 1;
    typed += rowLength(row);
    if (size > room || typed > cellsRoom || block.rows.length === mostRows) break;
    block.rows.push(cells);
  }
  const rest = table.rows.slice(block.rows.length - 1);
  return rest.length > 0 && table.rows.length - rest.length < least ? null : { block, rest };
}

/** The table as lines, for views and for what no native table holds: its columns named once, then a line a row. */
export function tableLines(table: Table): readonly Line[] {
  if (table.columns.length === 0) return [];
  const head = table.columns.flatMap((column, index) => [...(index > 0 ? [plain(' · ')] : []), bold(oneLine(column))]);
  return [head, ...table.rows.map((row) => [plain(`• ${table.columns.map((_, index) => oneLine(row[index] ?? '')).join(' · ')}`)])];
}

function oneLine(text: string): string {
  const shown = visible(text).replaceAll('\n', ' ');
  return isBlank(shown) ? '–' : shown;
}

function headCell(text: string): RichTextBlock {
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [bold(isBlank(text) ? '–' : text)] }] };
}

function cell(text: string): { type: 'raw_text'; text: string } {
  const shown = visible(text);
  return { type: 'raw_text', text: shown === '' ? ' ' : shown };
}

function rowLength(row: readonly string[]): number {
  return row.reduce((sum, text) => sum + Math.max(1, visible(text).length), 0);
}
