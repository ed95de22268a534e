import { plain } from '../../chat/adaptive-card.ts';
import type { Card } from '../../chat/card.ts';

const longestSummary = 300;
/** Marks pile up on one character without end; a character that long is no character. */
const longestGrapheme = 40;

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** At most `most` characters as a reader counts them, an ellipsis included where something is missing. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  let kept = '';
  let end = 0;
  let count = 0;
  for (const { segment, index } of segmenter.segment(text)) {
    if (segment.length > longestGrapheme) return `${kept}…`;
    end = index + segment.length;
    count += 1;
    if (count < most) kept = text.slice(0, end);
    if (count > most) return `${kept}…`;
  }
  return text;
}

/** The text in parts of at most `most` UTF-16 units, cut after a line or a word where there is one, else between characters. */
export function partsOf(text: string, most: number): readonly string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > most) {
    const end = lastBreak(rest, most);
    parts.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...parts, rest];
}

function lastBreak(text: string, most: number): number {
  const head = text.slice(0, most);
  for (const mark of ['\n', ' ']) {
    const at = head.lastIndexOf(mark);
    if (at > most / 2) return at + 1;
  }
  let end = 0;
  for (const { segment, index } of segmenter.segment(text.slice(0, most + longestGrapheme))) {
    if (index + segment.length > most) break;
    end = index + segment.length;
  }
  if (end > 0) return end;
  return /[\ud800-\udbff]/.test(text[most - 1] ?? '') ? most - 1 : most;
}

/** The card in one line for notifications and screen readers: no Markdown, mention or link in it acts. */
export function plainSummary(card: Card): string {
  return harmless(summaryOf(card));
}

export function summaryOf(card: Card): string {
  return shortened(plain(card.summary).replaceAll(/\s+/g, ' ').trim(), longestSummary);
}

/**
 * What a client may read as Markdown, HTML, a mention or an address, with nothing in it that acts. Where the text stands plain
 * it reads the same: marks become their look-alikes, and a word joiner, which nobody sees, breaks addresses and mentions.
 */
export function harmless(text: string): string {
  return text
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
    .replaceAll('*', '∗')
    .replaceAll('`', '´')
    .replaceAll('~', '∼')
    .replaceAll('\\', '＼')
    .replaceAll(/&(?=#?\w+;)/g, '＆')
    .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '＿')
    .replace(/^#/, '＃')
    .replaceAll(/@|:(?=\/\/)|\](?=[([])|(?<=[\p{L}\p{N}])\.(?=\p{L}{2})/gu, '$&\u2060');
}
