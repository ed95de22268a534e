import { type LocalText, locales, type Message, type Reader, type Say } from '../locale.ts';
import { compareProse } from './compare-prose.ts';
import { asPortTable, type DraftedTable, draftTable, hasLabels, type PortTable, printedId } from './draft-table.ts';
import { draftTopology, prefixFrom, printedIn } from './draft-topology.ts';
import { draftYaml } from './draft-yaml.ts';
import type { DraftRule, Remark } from './drafted.ts';
import type { Names } from './ends.ts';
import type { SourcePage, SourceTable } from './page.ts';
import { UnreadableSource } from './problem.ts';
import { portsInProse } from './prose-ports.ts';
import { UnknownRoles } from './unknown-roles.ts';

export type ImportOptions = {
  /** What the file is called, for the draft's first line. */
  readonly name: string;
  /** What rules are called: DIR makes DIR-1, DIR-2. Null: from the title. */
  readonly prefix: string | null;
  readonly say: Say;
  readonly reader: Reader;
};

export type Imported = {
  readonly yaml: string;
  readonly rows: number;
  readonly rules: number;
  readonly tables: number;
  readonly labels: ReadonlyMap<string, string>;
  readonly remarks: readonly Remark[];
};

/** Drafts a catalogue file from a page's tables. Throws `UnreadableSource` where no table states rules. */
export function importPage(page: SourcePage, names: Names, { name, prefix, say, reader }: ImportOptions): Imported {
  const inBoth = (message: Message): LocalText => ({
    en: say(message, { ...reader, locale: locales[0] }),
    'zh-CN': say(message, { ...reader, locale: 'zh-CN' }),
  });
  const tables = page.tables.map((table) => asPortTable(table) ?? table);
  const portTables = tables.filter(isPortTable);
  if (portTables.length === 0) throw noPortTable(page.tables);
  const words = { inBoth, printed: printedIn(page.language, inBoth) };
  const idPrefix = prefix ?? prefixFrom(page.facts.title);
  const parts = { names, unknown: new UnknownRoles(), words, nextId: idsAfter(idPrefix) };
  const drafted = portTables.map((table, at) => draftTable(table, parts, placeIn(at, portTables.length)));
  const rules = drafted.flatMap((table) => table.rules);
  if (rules.length === 0) throw new UnreadableSource({ key: 'import.error.no-rows' }, portTables[0]?.table.line ?? null);
  const { topology, remarks } = draftTopology(page.facts, rules, idPrefix, words);
  const comments = {
    opening: [say({ key: 'import.opening', params: { name } }, reader)],
    unknown: (printed: string) => say({ key: 'import.unknown-role', params: { text: printed } }, reader),
  };
  return {
    yaml: draftYaml(topology, comments),
    rows: drafted.reduce((sum, table) => sum + table.rows, 0),
    rules: rules.length,
    tables: portTables.length,
    labels: new Map(drafted.flatMap(({ labels }) => [...labels])),
    remarks: [...remarks, ...leftOut(tables), ...tableRemarks(drafted), ...proseRemarks(page, rules, names)],
  };
}

const isPortTable = (table: PortTable | SourceTable): table is PortTable => 'columns' in table;

function idsAfter(prefix: string): (printed: string | null) => string {
  const taken = new Set<string>();
  let last = 0;
  return (printed) => {
    const own = printedId(printed);
    let id: string = own ?? '';
    while (id === '' || taken.has(id)) {
      last += 1;
      id = `${prefix}-${last}`;
    }
    taken.add(id);
    return id;
  };
}

function placeIn(at: number, of: number): (row: number) => Message {
  return (row) => (of === 1 ? { key: 'import.place', params: { row } } : { key: 'import.place-in', params: { table: at + 1, row } });
}

function leftOut(tables: readonly (PortTable | SourceTable)[]): readonly Remark[] {
  return tables.flatMap((table): Remark[] => {
    if (isPortTable(table)) return [];
    const columns = (table.rows[0]?.cells ?? []).slice(0, 20).map(({ text }) => `“${text.replaceAll('\n', ' ').slice(0, 60)}”`);
    const kind = hasLabels(table) ? 'gap' : 'read';
    const key = kind === 'gap' ? 'import.table.looks-like-ports' : 'import.table.left-out';
    return [{ kind, line: table.line, message: { key, params: { columns: columns.join('; ') } } }];
  });
}

const tableRemarks = (tables: readonly DraftedTable[]): readonly Remark[] => tables.flatMap(({ remarks }) => remarks);

function proseRemarks(page: SourcePage, rules: readonly DraftRule[], names: Names): readonly Remark[] {
  return portsInProse(page.paragraphs, names).map((port) => compareProse(port, rules, names));
}

function noPortTable(tables: readonly SourceTable[]): UnreadableSource {
  const first = tables[0];
  if (first === undefined) return new UnreadableSource({ key: 'import.error.no-table' });
  const columns = (first.rows[0]?.cells ?? []).slice(0, 20).map(({ text }) => `“${text.replaceAll('\n', ' ').slice(0, 60)}”`);
  return new UnreadableSource({ key: 'import.error.columns', params: { columns: columns.join(', ') || '–' } }, first.line);
}
