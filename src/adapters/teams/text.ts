import { plain } from '../../chat/adaptive-card.ts';
import type { Card } from '../../chat/card.ts';
import { visible } from '../../chat/visible.ts';

const longestSummary = 300;

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The opening of a text as it can be seen, in at most `most` UTF-16 units, and whether that is all of it. */
export function openingOf(text: string, most: number): { readonly text: string; readonly isAll: boolean } {
  if (most <= 0) return { text: '', isAll: text === '' };
  // What is seen of a text is at least half as long as the text.
  const seen = visible(text.slice(0, most * 2 + 2));
  if (seen.length <= most) return { text: seen, isAll: true };
  return { text: `${seen.slice(0, lastEnd(seen, most - 1))}…`, isAll: false };
}

/** A text as it can be seen, with an ellipsis where it is longer than `most` UTF-16 units; never cut within a character. */
export function shortened(text: string, most: number): string {
  return openingOf(text, most).text;
}

/** The text in parts of at most `most` UTF-16 units, cut after a line or a word where there is one, else between characters. */
export function partsOf(text: string, most: number): readonly string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > most) {
    const end = wordEnd(rest.slice(0, most)) ?? lastEnd(rest, most);
    parts.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...parts, rest];
}

function wordEnd(head: string): number | null {
  const ends = ['\n', ' '].map((mark) => head.lastIndexOf(mark) + 1);
  return ends.find((end) => end > head.length / 2) ?? null;
}

/** Where the last character ends that is whole within the first `most` units; a character longer than that is no character. */
function lastEnd(text: string, most: number): number {
  const end = segmenter.segment(text).containing(most)?.index ?? most;
  if (end > 0) return end;
  return /[\ud800-\udbff]/.test(text[most - 1] ?? '') ? most - 1 : most;
}

/** The card in one line for notifications and screen readers: no Markdown, mention or link in it acts. */
export function plainSummary(card: Card): string {
  return harmless(plain(summaryOf(card)));
}

export function summaryOf(card: Card): string {
  return nameOf(card.summary, longestSummary);
}

/** A text in one line, as the name of something: never empty. What stands outside a `richText` still has to be made `plain`. */
export function nameOf(text: string, most: number): string {
  const line = shortened(
    text
      .slice(0, most * 20)
      .replaceAll(/\s+/g, ' ')
      .trim(),
    most,
  );
  return line === '' ? '…' : line;
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
    .replaceAll('@', '\u2060@\u2060')
    .replaceAll(/:(?=\/\/)|\](?=[([])|(?<=[\p{L}\p{N}])\.(?=\p{L}{2})/gu, '$&\u2060');
}
