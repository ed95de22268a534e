const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** First and last code points of the wide and fullwidth blocks of Unicode's East Asian Width, and of emoji. */
const wide: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1faff],
  [0x20000, 0x3fffd],
];

/** How many columns of a terminal a text takes: a Chinese character two, a combining mark none. */
export function textWidth(text: string): number {
  let columns = 0;
  for (const { segment } of segmenter.segment(text)) columns += clusterWidth(segment);
  return columns;
}

/** The text with spaces up to `columns`. */
export function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - textWidth(text)));
}

/** Lines of at most `columns`, broken at spaces, inside a word only where it is longer than a line, and anywhere in Chinese. */
export function wrapped(text: string, columns: number): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, columns));
}

function wrapLine(line: string, columns: number): string[] {
  if (textWidth(line) <= columns) return [line];
  const lines: string[] = [];
  let current = '';
  for (const piece of pieces(line, columns)) {
    if (current !== '' && textWidth(current + piece.trimEnd()) > columns) {
      lines.push(current.trimEnd());
      current = piece.trimStart();
    } else current += piece;
  }
  lines.push(current.trimEnd());
  return lines;
}

/** What may not be broken: words with the space after them, wide characters one by one, and bits of overlong words. */
function pieces(line: string, columns: number): string[] {
  const found: string[] = [];
  let word = '';
  const close = () => {
    if (word !== '') found.push(word);
    word = '';
  };
  for (const { segment } of segmenter.segment(line)) {
    if (clusterWidth(segment) > 1 || textWidth(word + segment) > columns) close();
    word += segment;
    if (segment === ' ' || clusterWidth(segment) > 1) close();
  }
  close();
  return found;
}

function clusterWidth(cluster: string): number {
  const code = cluster.codePointAt(0) ?? 0;
  if (/^[\p{M}\p{Cf}\p{Cc}]/u.test(cluster)) return 0;
  return wide.some(([first, last]) => code >= first && code <= last) ? 2 : 1;
}
