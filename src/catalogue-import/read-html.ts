import { Parser } from 'htmlparser2';
import { bounds, type Paragraph, plainText, type SourceTable } from './page.ts';
import { UnreadableSource } from './problem.ts';
import { type SpannedCell, TableGrid } from './table-grid.ts';

export type HtmlPage = {
  readonly tables: readonly SourceTable[];
  readonly paragraphs: readonly Paragraph[];
  /** The first main heading, else the title element. */
  readonly heading: string | null;
  readonly canonical: string | null;
};

type OpenCell = { readonly columns: number; readonly rows: number; readonly heading: boolean; text: string };
type OpenTable = { readonly grid: TableGrid; cell: OpenCell | null; cells: SpannedCell[]; line: number };

const breaks = new Set(
  'address article aside blockquote body br caption center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section table tbody td tfoot th thead title tr ul'.split(
    ' ',
  ),
);
const unseen = new Set(['script', 'style', 'template', 'noscript']);

/** A comment that says which line of the original the text after it comes from; Markdown is read by way of HTML. */
export const lineMark = (line: number): string => `<!--line ${line}-->`;

/** Finds tables and paragraphs, whatever else the page is and however broken. Throws `UnreadableSource` past the bounds. */
export function readHtml(html: string): HtmlPage {
  const reader = new PageReader(html);
  reader.parse();
  return reader.page();
}

class PageReader {
  readonly #html: string;
  readonly #parser: Parser;
  readonly #tables: SourceTable[] = [];
  readonly #paragraphs: Paragraph[] = [];
  readonly #open: OpenTable[] = [];
  #rows = 0;
  #cells = 0;
  #depth = 0;
  #hidden = 0;
  /** `line` is that of its first character that shows; `shows` whether it has one. */
  #prose = { text: '', line: 1, shows: false };
  #heading: string | null = null;
  #title: string | null = null;
  #canonical: string | null = null;
  /** Lines of the given text up to `at`, and how far they are from those of the original. */
  #place = { at: 0, line: 1, shift: 0 };

  constructor(html: string) {
    this.#html = html;
    this.#parser = new Parser({
      onopentag: (name, attributes) => this.#opened(name, attributes),
      onclosetag: (name) => this.#closed(name),
      ontext: (text) => this.#text(text),
      oncomment: (comment) => this.#comment(comment),
    });
  }

  parse(): void {
    this.#parser.end(this.#html);
    while (this.#open.length > 0) this.#endTable();
    this.#endParagraph();
  }

  page(): HtmlPage {
    return { tables: this.#tables, paragraphs: this.#paragraphs, heading: this.#heading ?? this.#title, canonical: this.#canonical };
  }

  #opened(name: string, attributes: Readonly<Record<string, string>>): void {
    this.#depth += 1;
    if (this.#depth > bounds.nesting) throw new UnreadableSource({ key: 'import.error.nesting' }, this.#line());
    if (unseen.has(name)) this.#hidden += 1;
    if (name === 'link' && attributes['rel'] === 'canonical') this.#canonical ??= attributes['href'] ?? null;
    if (breaks.has(name)) this.#break();
    if (name === 'table') this.#open.push({ grid: new TableGrid(this.#line()), cell: null, cells: [], line: this.#line() });
    if (name === 'tr') this.#endRow();
    if (name === 'td' || name === 'th') this.#beginCell(name === 'th', attributes);
  }

  #closed(name: string): void {
    this.#depth -= 1;
    if (unseen.has(name)) this.#hidden -= 1;
    if (name === 'h1' && this.#open.length === 0) this.#heading ??= plainText(this.#prose.text) || null;
    if (name === 'title' && this.#open.length === 0) {
      this.#title ??= plainText(this.#prose.text) || null;
      this.#prose = { text: '', line: this.#line(), shows: false };
    }
    if (breaks.has(name)) this.#break();
    if (name === 'td' || name === 'th') this.#endCell();
    if (name === 'tr') this.#endRow();
    if (name === 'table') this.#endTable();
  }

  #text(text: string): void {
    const table = this.#open.at(-1);
    if (table?.cell) table.cell.text += text;
    else if (table === undefined && this.#hidden === 0) this.#write(text);
  }

  #write(text: string): void {
    const before = /^\s*/.exec(text)?.[0].length ?? 0;
    if (this.#prose.shows) this.#prose.text += text;
    else if (before < text.length) this.#prose = { text, line: this.#line(before), shows: true };
  }

  #comment(comment: string): void {
    const original = /^line (\d{1,9})$/.exec(comment)?.[1];
    if (original !== undefined) this.#place.shift = Number(original) - (this.#line() - this.#place.shift);
  }

  #break(): void {
    const cell = this.#open.at(-1)?.cell;
    if (cell) cell.text += '\n';
    else if (this.#open.length === 0) this.#endParagraph();
  }

  #endParagraph(): void {
    const text = plainText(this.#prose.text).replaceAll('\n', ' ');
    if (text !== '') this.#paragraphs.push({ line: this.#prose.line, text });
    this.#prose = { text: '', line: this.#line(), shows: false };
  }

  #beginCell(heading: boolean, { colspan, rowspan }: Readonly<Record<string, string>>): void {
    const table = this.#open.at(-1);
    if (table === undefined) return;
    this.#endCell();
    if (table.cells.length === 0) table.line = this.#line();
    table.cell = { columns: Number(colspan ?? 1), rows: Number(rowspan ?? 1), heading, text: '' };
  }

  #endCell(): void {
    const table = this.#open.at(-1);
    if (!table?.cell) return;
    if (table.cells.length < bounds.columns) table.cells.push({ ...table.cell, text: plainText(table.cell.text) });
    table.cell = null;
  }

  #endRow(): void {
    this.#endCell();
    const table = this.#open.at(-1);
    if (table === undefined || table.cells.length === 0) return;
    this.#rows += 1;
    this.#cells += table.grid.add(table.line, table.cells);
    if (this.#rows > bounds.rows || this.#cells > bounds.cells) {
      throw new UnreadableSource({ key: 'import.error.rows', params: { most: bounds.rows } }, table.line);
    }
    table.cells = [];
  }

  #endTable(): void {
    this.#endRow();
    const table = this.#open.pop();
    if (table !== undefined) this.#tables.push(table.grid.table());
  }

  /** The line, in the original, of where the parser is, or of `further` characters on. */
  #line(further = 0): number {
    const target = Math.min(this.#parser.startIndex + further, this.#html.length);
    const place = this.#place;
    for (let at = this.#html.indexOf('\n', place.at); at !== -1 && at < target; at = this.#html.indexOf('\n', at + 1)) {
      place.line += 1;
      place.at = at + 1;
    }
    return place.line + place.shift;
  }
}
