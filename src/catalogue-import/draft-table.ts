import { type RuleId, ruleIdSchema } from '../domain/rule.ts';
import type { Message } from '../locale.ts';
import { areRules, type Column, type ColumnKind, readColumns } from './columns.ts';
import { draftRow, type RowWords } from './draft-row.ts';
import type { DraftRule, Remark } from './drafted.ts';
import type { Names } from './ends.ts';
import { readLabel } from './label.ts';
import type { Row, SourceTable } from './page.ts';
import type { UnknownRoles } from './unknown-roles.ts';

export type TableParts = {
  readonly names: Names;
  readonly unknown: UnknownRoles;
  readonly words: RowWords;
  /** The id of the next rule that has none of its own. */
  readonly nextId: (printed: string | null) => string;
};

export type DraftedTable = {
  readonly rules: readonly DraftRule[];
  readonly remarks: readonly Remark[];
  /** Rows that state rules. */
  readonly rows: number;
  /** Labels as printed, each with what it was understood as. */
  readonly labels: ReadonlyMap<string, string>;
};

export type PortTable = { readonly table: SourceTable; readonly columns: readonly Column[]; readonly header: number };

/** The table's header, if it is a table of ports: the first of its first rows whose columns make rules. */
export function asPortTable(table: SourceTable): PortTable | null {
  for (const [header, row] of table.rows.slice(0, 5).entries()) {
    const columns = readColumns(row.cells.map(({ text }) => text.replaceAll('\n', ' ')));
    if (areRules(columns)) return { table, columns, header };
  }
  return null;
}

/** Whether a table that is none of ports by its header has labels in it all the same. */
export function hasLabels({ rows }: SourceTable): boolean {
  const cells = rows.slice(0, 200).flatMap((row) => row.cells.map(({ text }) => text));
  return cells.some((text) => /[a-z]/i.test(text) && (readLabel(text)?.transports.length ?? 0) > 0);
}

export function draftTable({ table, columns, header }: PortTable, parts: TableParts, place: (row: number) => Message): DraftedTable {
  const remarks: Remark[] = [columnsRead(table, columns), ...unknownColumns(table, columns)];
  const rules: DraftRule[] = [];
  const labels = new Map<string, string>();
  const heading = table.rows[header];
  let rows = 0;
  for (const row of table.rows.slice(header + 1)) {
    const line = row.line;
    if (row.cells.every(({ text }) => text === '') || isHeading(row, heading)) continue;
    if (isSection(row)) {
      remarks.push({ kind: 'read', line, message: { key: 'import.row.section', params: { text: row.cells[0]?.text ?? '' } } });
      continue;
    }
    rows += 1;
    const cell = cellsOf(row, columns);
    const drafted = draftRow({ line, cell, place: place(rows) }, columns, parts);
    rules.push(...drafted.rules);
    remarks.push(...mergedCells(row, columns), ...strayCells(row, columns), ...drafted.remarks);
    if (drafted.label !== null) labels.set(...drafted.label);
  }
  return { rules, remarks, rows, labels };
}

function cellsOf(row: Row, columns: readonly Column[]): (kind: ColumnKind) => string | null {
  return (kind) => {
    const texts = columns.filter((column) => column.kind === kind).map(({ at }) => row.cells[at]);
    if (texts.length === 0) return null;
    return texts
      .map((cell) => (cell === undefined || cell.merged ? '' : cell.text))
      .filter((text) => text !== '')
      .join('\n');
  };
}

const isHeading = (row: Row, heading: Row | undefined): boolean =>
  row.heading || (heading !== undefined && row.cells.every(({ text }, at) => text === (heading.cells[at]?.text ?? '')));

/** A row of one cell over the whole width, or of words in the first alone: the heading of the rows after it. */
function isSection({ cells }: Row): boolean {
  const [first, ...others] = cells;
  return (
    first !== undefined &&
    first.text !== '' &&
    cells.length > 1 &&
    others.every(({ text, merged }) => merged || text === '') &&
    !/\d/.test(first.text)
  );
}

function mergedCells(row: Row, columns: readonly Column[]): readonly Remark[] {
  const merged = columns.filter(({ at, kind }) => kind !== null && kind !== 'purpose' && row.cells[at]?.merged);
  return merged.map(({ printed }) => ({
    kind: 'gap',
    line: row.line,
    message: { key: 'import.cell.merged', params: { column: printed } },
  }));
}

/** What stands beyond the last column belongs to none. */
function strayCells(row: Row, columns: readonly Column[]): readonly Remark[] {
  const stray = row.cells.slice(columns.length).filter(({ text, merged }) => text !== '' && !merged);
  if (stray.length === 0) return [];
  const text = stray
    .map((cell) => cell.text.replaceAll('\n', ' '))
    .join('; ')
    .slice(0, 200);
  return [{ kind: 'gap', line: row.line, message: { key: 'import.cell.stray', params: { text } } }];
}

function unknownColumns(table: SourceTable, columns: readonly Column[]): readonly Remark[] {
  return columns.flatMap(({ kind, printed }): Remark[] =>
    kind === null
      ? [{ kind: 'gap', line: table.line, message: { key: 'import.column.unknown', params: { column: printed.slice(0, 100) } } }]
      : [],
  );
}

function columnsRead(table: SourceTable, columns: readonly Column[]): Remark {
  const said = columns.filter(({ kind }) => kind !== null).map(({ printed, kind }) => `“${printed.slice(0, 100)}” → ${kind}`);
  return { kind: 'read', line: table.line, message: { key: 'import.columns', params: { columns: said.join('; ') } } };
}

/** An id printed in the table, where it is one. */
export function printedId(text: string | null): RuleId | null {
  const parsed = ruleIdSchema.safeParse(text?.trim());
  return parsed.success ? parsed.data : null;
}
