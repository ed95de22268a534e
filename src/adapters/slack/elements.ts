import type { ContextBlock, HeaderBlock, RichTextBlock } from '@slack/types';
import type { CardElement, Span } from '../../chat/card.ts';
import { pieces } from '../../chat/cut.ts';
import { visible } from '../../chat/visible.ts';
import { unreachable } from '../../errors.ts';
import { bold, type Line, linesBlocks, plain, runs } from './rich-text.ts';
import { tableLines } from './table.ts';
import { isBlank, plainLines, plainText } from './text.ts';

export type Shown = RichTextBlock | ContextBlock | HeaderBlock;

/** The sign carries the tone: Slack shows these blocks in no colour. */
const marks = { good: '✅', warning: '⚠️', error: '⛔' } as const;
const headerRoom = 150;
const textRoom = 3000;

/** One element as blocks; a table as lines. */
export function elementBlocks(element: CardElement): readonly Shown[] {
  if (element.kind === 'text' && element.spans.every(isAside)) return asideBlocks(element.spans.map(aside).join(''));
  if (element.kind === 'moments') return [momentsBlock(element)];
  return linesBlocks(elementLines(element));
}

/** A title, whole: where a header can't hold it, as a bold line. */
export function titleBlocks(title: string): readonly Shown[] {
  const text = plainText(title, Number.POSITIVE_INFINITY);
  return text.text.length <= headerRoom ? [{ type: 'header', text }] : linesBlocks([[bold(title)]]);
}

/** Small print. */
export function asideBlocks(text: string): readonly ContextBlock[] {
  return pieces(visible(text), textRoom)
    .filter((piece) => !isBlank(piece))
    .map((piece) => ({ type: 'context', elements: [plainLines(piece, textRoom)] }));
}

export function elementLines(element: CardElement): readonly Line[] {
  switch (element.kind) {
    case 'text': {
      const line = runs(element.spans);
      return line.length > 0 ? [line] : [];
    }
    case 'moments':
      return [[bold(element.label), plain(`  ${element.text}`)]];
    case 'notice':
      return [[plain(`${marks[element.tone]} `), ...runs(element.spans)]];
    case 'facts':
      return element.facts.map(({ label, value }) => [bold(label), plain(`  ${value}`)]);
    case 'table':
      return tableLines(element);
    default:
      return unreachable(element);
  }
}

/** Slack shows every reader their own zone, in their own format. */
function momentsBlock({ label, start, end, text }: Extract<CardElement, { kind: 'moments' }>): RichTextBlock {
  const seconds = (time: string): number => Math.floor(Date.parse(time) / 1000);
  const isShort = Date.parse(end) - Date.parse(start) < 12 * 3_600_000;
  const until = isShort ? '{time}' : '{date_short_pretty} {time}';
  const elements = [
    bold(label),
    plain('  '),
    { type: 'date' as const, timestamp: seconds(start), format: '{date_short_pretty} {time}', fallback: visible(text) },
    plain(' – '),
    { type: 'date' as const, timestamp: seconds(end), format: until, fallback: '…' },
  ];
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
}

function isAside(span: Span): boolean {
  return typeof span !== 'string' && 'subtle' in span;
}

function aside(span: Span): string {
  return typeof span !== 'string' && 'subtle' in span ? span.subtle : '';
}
