import type { RichTextBlock, RichTextText } from '@slack/types';
import type { Span } from '../../chat/card.ts';
import { visible } from '../../chat/visible.ts';
import { pieces } from './text.ts';

/** Text in one style. Slack never parses a rich text's text elements: no markup, no mentions, no links come out of one. */
export type Run = RichTextText;
export type Line = readonly Run[];

/** The documented bound of any text object, kept for a whole block. */
const room = 3000;

export function runs(spans: readonly Span[]): Line {
  return spans.map(runOf).filter((run) => run.text !== '');
}

export function bold(text: string): Run {
  return { type: 'text', text: visible(text), style: { bold: true } };
}

export function plain(text: string): Run {
  return { type: 'text', text: visible(text) };
}

function runOf(span: Span): Run {
  if (typeof span === 'string') return plain(span);
  if ('strong' in span) return bold(span.strong);
  if ('code' in span) return { type: 'text', text: visible(span.code), style: { code: true } };
  return { type: 'text', text: visible(span.subtle), style: { italic: true } };
}

/** Lines one under the other, in as few blocks as hold them; a line stays in one piece where it can. */
export function linesBlocks(lines: readonly Line[]): readonly RichTextBlock[] {
  const blocks: Run[][] = [];
  let current: Run[] = [];
  const close = () => {
    if (current.length > 0) blocks.push(current);
    current = [];
  };
  for (const line of lines.map(filled)) {
    if (length(current) + length(line) + 1 > room) close();
    const parts = split(line);
    for (const part of parts.slice(0, -1)) blocks.push([...part]);
    const last = parts.at(-1) ?? [];
    current = current.length === 0 ? [...last] : [...current, { type: 'text', text: '\n' }, ...last];
  }
  close();
  return blocks.map((elements) => ({ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }));
}

/** Preformatted, to be marked and copied. */
export function preformattedBlocks(text: string): readonly RichTextBlock[] {
  return pieces(visible(text), room)
    .filter((piece) => piece !== '')
    .map((piece) => ({
      type: 'rich_text',
      elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: piece }] }],
    }));
}

function filled(line: Line): Line {
  const runs = line.filter((run) => run.text !== '');
  return runs.length > 0 ? runs : [{ type: 'text', text: '–' }];
}

/** A line in parts that each fit a block. */
function split(line: Line): readonly Line[] {
  const parts: Run[][] = [[]];
  for (const run of line.flatMap((run) => pieces(run.text, room).map((text): Run => ({ ...run, text })))) {
    const last = parts.at(-1);
    if (last !== undefined && length(last) + run.text.length <= room) last.push(run);
    else parts.push([run]);
  }
  return parts;
}

function length(line: Line): number {
  return line.reduce((sum, run) => sum + run.text.length, 0);
}
