const formula = /^['=+\-@\t\r＝＋－＠]/;

/**
 * A record as a line of RFC 4180. A spreadsheet takes a cell that begins like a formula for one: an apostrophe before it keeps
 * it a text. Texts that begin with an apostrophe get one too, so that reading can take away exactly what writing put there.
 */
export function csvLine(cells: readonly string[]): string {
  return cells.map((text) => quoted(formula.test(text) ? `'${text}` : text)).join(',');
}

export const withoutApostrophe = (text: string): string => (text.startsWith("'") ? text.slice(1) : text);

const quoted = (text: string): string => (/[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Several texts in one cell. */
export const joinList = (texts: readonly string[]): string => texts.map((text) => text.replace(/[\\|]/g, '\\$&')).join(' | ');

export function splitList(cell: string): readonly string[] {
  const texts = [''];
  for (const [piece, escaped] of cell.matchAll(/\\(.)| \| |./gsu)) {
    if (piece === ' | ') texts.push('');
    else texts[texts.length - 1] += escaped ?? piece;
  }
  return texts;
}
