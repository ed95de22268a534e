import { isDeepStrictEqual } from 'node:util';
import type { RichTextBlock, RichTextText } from '@slack/types';
import type { Span } from '../../chat/card.ts';
import { pieces } from '../../chat/cut.ts';
import { visible } from '../../chat/visible.ts';

/** Text in one style. Slack never parses a rich text's text elements: no markup, no mentions, no links come out of one. */
export type Run = RichTextText;
export type Line = readonly Run[];

/** Characters of a block's JSON, so that its words stay below the documented bound of any text object. */
const room = 3000;
/** Even if each of its characters were written as two. */
const runRoom = 1400;

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
  const blocks: Run[][] = [[]];
  let left = room;
  for (const line of lines) {
    for (const [index, part] of split(line).entries()) {
      const lead = index === 0 && left < room ? [lineBreak] : [];
      const needed = size([...lead, ...part]);
      if (index > 0 || needed > left) blocks.push([...part]);
      else blocks.at(-1)?.push(...lead, ...part);
      left = index > 0 || needed > left ? room - size(part) : left - needed;
    }
  }
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => ({ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: merged(block) }] }));
}

/** Preformatted, to be marked and copied. */
export function preformattedBlocks(text: string): readonly RichTextBlock[] {
  return pieces(visible(text), runRoom)
    .filter((piece) => piece !== '')
    .map((piece) => ({
      type: 'rich_text',
      elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: piece }] }],
    }));
}

const lineBreak: Run = { type: 'text', text: '\n' };

/** A line in parts that each fit a block. */
function split(line: Line): readonly Line[] {
  const parts: Run[][] = [[]];
  let left = room;
  for (const run of line.flatMap((run) => pieces(run.text, runRoom).map((text): Run => ({ ...run, text })))) {
    if (run.text === '') continue;
    const needed = size([run]);
    if (needed <= left) parts.at(-1)?.push(run);
    else parts.push([run]);
    left = needed <= left ? left - needed : room - needed;
  }
  return parts[0]?.length === 0 ? [[plain('–')]] : parts;
}

/** Neighbours of one style as one run. */
function merged(line: Line): Run[] {
  const runs: Run[] = [];
  for (const run of line) {
    const last = runs.at(-1);
    if (last !== undefined && isDeepStrictEqual(last.style, run.style)) last.text += run.text;
    else runs.push({ ...run });
  }
  return runs;
}

function size(line: Line): number {
  return line.reduce((sum, run) => sum + JSON.stringify(run).length + 1, 0);
}
