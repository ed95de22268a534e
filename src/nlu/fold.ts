import { simplify } from './traditional.ts';

/** A text in one plain form, with the way back: `starts[i]` and `ends[i]` bound the piece of `source` that gave character `i`. */
export type Folded = {
  readonly source: string;
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
};

/** The most letters that one character stands for, as the vocabulary cares. */
const longest = 6;

const dropped = /[\p{M}\p{Cf}\p{Cc}]/u;
const plain: ReadonlyMap<string, string> = new Map([
  ...'‘’`´ʼ'.split('').map((mark): [string, string] => [mark, "'"]),
  ...'‐‑‒–—―−─'.split('').map((mark): [string, string] => [mark, '-']),
  ...'〜∼'.split('').map((mark): [string, string] => [mark, '~']),
]);

/** Width, case, accents and Traditional characters make no difference afterwards. Never throws, whatever the text. */
export function fold(source: string): Folded {
  const characters: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const point of source) {
    for (const character of plainForm(point)) {
      characters.push(character);
      starts.push(at);
      ends.push(at + point.length);
    }
    at += point.length;
  }
  return { source, text: characters.join(''), starts, ends };
}

/** The UTF-16 units of a code point's plain form: as many indexes as the joined text has. */
function plainForm(point: string): readonly string[] {
  if (point === '\n' || point === '\r') return ['\n'];
  if (/^[ -~]$/.test(point)) return [point.toLowerCase()];
  if (/\s/u.test(point)) return [' '];
  const units: string[] = [];
  const plainest = point.normalize('NFKD');
  // A ligature of whole sentences is no word of ours, and would make a long text of a short one.
  for (const part of plainest.length > longest ? point : plainest.toLowerCase()) {
    if (dropped.test(part)) continue;
    const simple = /\s/u.test(part) ? ' ' : (plain.get(part) ?? simplify(part));
    units.push(...simple.split(''));
  }
  return units;
}

/** What was typed between two positions of the folded text. */
export function typedText(folded: Folded, from: number, to: number): string {
  if (from >= to) return '';
  return folded.source.slice(folded.starts[from] ?? 0, folded.ends[to - 1] ?? 0).trim();
}

/** The same text with other words in some places; what they stand for remains what was typed there. */
export function substitute(
  folded: Folded,
  changes: readonly { readonly from: number; readonly to: number; readonly word: string }[],
): Folded {
  const text: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  const keep = (until: number) => {
    text.push(folded.text.slice(at, until));
    for (; at < until; at++) {
      starts.push(folded.starts[at] ?? 0);
      ends.push(folded.ends[at] ?? 0);
    }
  };
  for (const { from, to, word } of changes) {
    keep(from);
    text.push(word);
    for (let unit = 0; unit < word.length; unit++) {
      starts.push(folded.starts[from] ?? 0);
      ends.push(folded.ends[to - 1] ?? 0);
    }
    at = to;
  }
  keep(folded.text.length);
  return { source: folded.source, text: text.join(''), starts, ends };
}
