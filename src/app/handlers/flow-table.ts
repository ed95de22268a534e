import { parseEndpoint } from '../../domain/address.ts';
import type { Knowledge } from '../ports.ts';
import { findRole } from './find-role.ts';
import type { FlowParts } from './flow-lines.ts';
import { type CellRow, cellRows, type Delimiter, delimiters } from './table-cells.ts';
import { allows, type Column, guessed, headed, saysService, servicesIn, transportsIn } from './table-columns.ts';

/** How the cells of a table are told apart, and what each column says. */
export type Layout = { readonly delimiter: Delimiter; readonly columns: readonly (Column | null)[] };

/** One line of a table of flows. Several services in a cell are several flows; `null` where the row is no row of the table. */
export type TableRow = {
  readonly text: string;
  readonly flows: readonly FlowParts[] | null;
  /** Says that the traffic is not to be let through. */
  readonly denies: boolean;
  readonly comment: string;
};

export type FlowTable = {
  readonly layout: Layout;
  /** The line of headings as it was typed. */
  readonly heading: string | null;
  readonly rows: readonly TableRow[];
  /** What stands around the table. */
  readonly before: string;
  readonly after: string;
  /** Headings of columns that say nothing about a flow. */
  readonly unused: readonly string[];
};

/** So many lines show how a table without headings is laid out. */
const looked = 40;

/** Finds a table of flows in a text: with headings, or plain by what stands in two lines or more. `like`: how an earlier one was laid out. */
export function findTable(text: string, knowledge: Knowledge, like: Layout | null = null): FlowTable | null {
  const plain = text.normalize('NFKC');
  const cut = delimiters
    .filter((delimiter) => plain.includes(delimiter))
    .map((delimiter) => ({ delimiter, rows: cellRows(plain, delimiter) }));
  for (const { delimiter, rows } of cut) {
    const at = rows.findIndex(({ cells }) => headed(cells) !== null);
    const columns = headed(rows[at]?.cells ?? []);
    if (columns !== null && rows.length > at + 1) return tableOf(rows, at, { delimiter, columns }, true);
  }
  if (like !== null) {
    const rows = cut.find(({ delimiter }) => delimiter === like.delimiter)?.rows ?? [];
    const at = rows.findIndex((row) => row.cells.length >= Math.max(3, like.columns.length - 2) && isRow(row, like));
    if (at >= 0) return tableOf(rows, at, like, false);
  }
  for (const { delimiter, rows } of cut) {
    const candidates = rows.filter(({ text: line, cells }) => cells.length >= 3 && !hasArrow(line)).slice(0, looked);
    const columns =
      candidates.length < 2
        ? null
        : guessed(
            candidates.map(({ cells }) => cells),
            (cell) => isEnd(cell, knowledge),
          );
    const layout: Layout | null = columns && { delimiter, columns };
    const at = rows.findIndex((row) => layout !== null && isRow(row, layout));
    if (layout !== null && at >= 0) return tableOf(rows, at, layout, false);
  }
  return null;
}

function tableOf(rows: readonly CellRow[], first: number, layout: Layout, isHeaded: boolean): FlowTable {
  const start = isHeaded ? first + 1 : first;
  const last = Math.max(
    start,
    rows.findLastIndex((row) => isRow(row, layout)),
  );
  const heading = isHeaded ? rows[first] : undefined;
  return {
    layout,
    heading: heading?.text ?? null,
    rows: rows
      .slice(start, last + 1)
      .filter((row) => !isRuler(row))
      .map((row) => rowOf(row, layout)),
    before: joined(rows.slice(0, first)),
    after: joined(rows.slice(last + 1)),
    unused: (heading?.cells ?? []).filter((cell, place) => cell !== '' && ['source-port', null].includes(layout.columns[place] ?? null)),
  };
}

const joined = (rows: readonly CellRow[]): string => rows.map(({ text }) => text).join('\n');

/** `|---|:--:|` under the headings. */
const isRuler = ({ cells }: CellRow): boolean => cells.length > 0 && cells.every((cell) => /^:?-+:?$/.test(cell));

/** With cells up to the one that says the service. An arrow makes it a line of its own form. */
function isRow(row: CellRow, { columns }: Layout): boolean {
  if (isRuler(row)) return true;
  const filled = row.cells.filter((cell) => cell !== '').length;
  return hasArrow(row.text) || (row.cells.length > 1 && row.cells.length >= columns.length - 2 && filled > 1);
}

const hasArrow = (text: string): boolean => /->|=>|[→⇒➔⟶]/.test(text);

function rowOf({ text, cells }: CellRow, { columns }: Layout): TableRow {
  const cell = (column: Column): string => cells[columns.indexOf(column)] ?? '';
  const comment = columns
    .flatMap((column, place) => (column === 'comment' ? [cells[place] ?? ''] : []))
    .filter((said) => said !== '')
    .join(', ');
  if (hasArrow(text) || cells.length < 2) return { text, flows: null, denies: false, comment: '' };
  const [source, destination] = [endsIn(cell('source')), endsIn(cell('destination'))];
  const transports = transportsIn(cell('transport'));
  const services = transports === null ? [`${cell('service')}/${cell('transport')}`] : servicesIn(cell('service'), transports);
  const flows = services.map((service) => ({ source, destination, service }));
  return { text, flows, denies: !allows(cell('action')), comment };
}

/** Addresses below or beside each other are a list. */
function endsIn(cell: string): string {
  const listed = cell.replace(/\s*[\n;]\s*/g, ', ');
  const words = listed.split(/[\s,]+/).filter((word) => word !== '');
  return words.length > 1 && words.every(looksLikeAddress) ? words.join(', ') : listed;
}

function looksLikeAddress(word: string): boolean {
  const parsed = parseEndpoint(word);
  return parsed.ok || parsed.problem.kind !== 'not-an-address' || /^[\d.:/]{7,}$/.test(word);
}

function isEnd(cell: string, knowledge: Knowledge): boolean {
  if (cell === '' || cell.length > 2000 || saysService(cell)) return false;
  const names = cell.split(/\s*[,;\n、]\s*/).filter((name) => name !== '');
  return names.every((name) => findRole(knowledge, name) !== null || looksLikeAddress(name) || name.split(/\s+/).every(looksLikeAddress));
}
