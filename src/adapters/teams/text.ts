import { plain } from '../../chat/adaptive-card.ts';
import type { Card } from '../../chat/card.ts';
import { cut } from '../../chat/cut.ts';
import { visible } from '../../chat/visible.ts';

const longestSummary = 300;

/** The opening of a text as it can be seen, in at most `most` UTF-16 units, and whether that is all of it. */
export function openingOf(text: string, most: number): { readonly text: string; readonly isAll: boolean } {
  if (most <= 0) return { text: '', isAll: text === '' };
  // What is seen of a text is at least half as long as the text.
  const seen = visible(text.slice(0, most * 2 + 2));
  if (seen.length <= most) return { text: seen, isAll: true };
  return { text: cut(seen, most), isAll: false };
}

/** A text as it can be seen, with an ellipsis where it is longer than `most` UTF-16 units; never cut within a character. */
export function shortened(text: string, most: number): string {
  return openingOf(text, most).text;
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
