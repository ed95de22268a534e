/** What separates the cells of a pasted table, in the order in which they are looked for. */
export const delimiters = ['|', '\t', ';', ','] as const;
export type Delimiter = (typeof delimiters)[number];

/** A line of a table as it was typed (a quoted cell may hold line breaks), and its cells. */
export type CellRow = { readonly text: string; readonly cells: readonly string[] };

/** Cuts a text into lines of cells. A cell that begins with a quotation mark ends with one; two of them stand for one. */
export function cellRows(text: string, delimiter: Delimiter): readonly CellRow[] {
  const rows: CellRow[] = [];
  for (let at = 0; at < text.length; ) {
    const { cells, end } = cutLine(text, at, delimiter);
    const line = text.slice(at, end);
    if (line.trim() !== '') rows.push({ text: line.trim(), cells: delimiter === '|' ? withoutFrame(line, cells) : cells });
    at = end + 1;
  }
  return rows;
}

function cutLine(text: string, start: number, delimiter: Delimiter): { readonly cells: readonly string[]; readonly end: number } {
  const cells: string[] = [];
  let at = start;
  for (;;) {
    const quoted = quotedCell(text, at, delimiter);
    const end = quoted === null ? plainEnd(text, at, delimiter) : quoted.end;
    cells.push(quoted === null ? text.slice(at, end).trim() : quoted.cell);
    if (text.charAt(end) !== delimiter) return { cells, end };
    at = end + 1;
  }
}

function plainEnd(text: string, start: number, delimiter: Delimiter): number {
  let at = start;
  while (at < text.length && text.charAt(at) !== delimiter && text.charAt(at) !== '\n') at += 1;
  return at;
}

/** Longer than any list of addresses: a quotation mark that is never closed costs no more than this. */
const longestQuoted = 1000;

/** Null where the cell is not quoted, or its end is no end: then the mark is an ordinary character. */
function quotedCell(text: string, start: number, delimiter: Delimiter): { readonly cell: string; readonly end: number } | null {
  let at = start;
  while (text.charAt(at) === ' ') at += 1;
  if (text.charAt(at) !== '"') return null;
  const inside = text.slice(at + 1, at + longestQuoted);
  const closing = /^(?:[^"]|"")*"(?!")/.exec(inside)?.[0];
  if (closing === undefined) return null;
  let end = at + 1 + closing.length;
  while (text.charAt(end) === ' ') end += 1;
  if (end < text.length && text.charAt(end) !== delimiter && text.charAt(end) !== '\n') return null;
  return { cell: closing.slice(0, -1).replaceAll('""', '"').trim(), end };
}

/** `| a | b |` has two cells. */
function withoutFrame(line: string, cells: readonly string[]): readonly string[] {
  const from = /^\s*\|/.test(line) ? 1 : 0;
  const to = cells.length > from && /\|\s*$/.test(line) ? cells.length - 1 : cells.length;
  return cells.slice(from, to);
}
