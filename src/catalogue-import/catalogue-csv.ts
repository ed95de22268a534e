import { Document } from 'yaml';
import { type Rule, type Topology, topologySchema } from '../domain/rule.ts';
import { csvLine, withoutApostrophe } from './csv-cells.ts';
import { type FlatFields, flatten, unflatten } from './flat-fields.ts';
import { UnreadableSource } from './problem.ts';
import type { CsvRecord } from './read-csv.ts';

/** Columns that people look for first; all others follow. */
const leading = [
  'record',
  'topology',
  'id',
  'role',
  'source',
  'destination',
  'via',
  'transport',
  'ports',
  'application',
  'security',
  'purpose.en',
  'purpose.zh-CN',
] as const;

/** Every field of the topologies: a record a topology, then one for each of its rules. Lines end with CR LF. */
export function catalogueCsv(topologies: readonly Topology[]): string {
  const records = topologies.flatMap(({ rules, ...topology }) => [
    new Map([['record', 'topology'], ['topology', topology.id], ...flatten(topology)]),
    ...rules.map((rule) => new Map([['record', 'rule'], ['topology', topology.id], ...flatten(rule)])),
  ]);
  const columns = [...new Set<string>([...leading, ...records.flatMap((record) => [...record.keys()])])];
  return [columns, ...records.map((record) => columns.map((column) => record.get(column) ?? ''))]
    .map((cells) => `${csvLine(cells)}\r\n`)
    .join('');
}

export function isCatalogueCsv([header]: readonly CsvRecord[]): boolean {
  return header !== undefined && ['record', 'topology', 'id'].every((column) => header.cells.includes(column));
}

/** The topologies of an export, whatever the order of its columns. Throws `UnreadableSource` where they no longer load. */
export function readCatalogueCsv([header, ...records]: readonly CsvRecord[]): readonly Topology[] {
  const topologies = new Map<string, { readonly line: number; readonly fields: FlatFields; readonly rules: unknown[] }>();
  for (const { line, cells } of records) {
    const written = new Map(
      cells.flatMap((cell, at) => (cell === '' ? [] : [[header?.cells[at] ?? '', withoutApostrophe(cell)] as const])),
    );
    const [record, id = ''] = [written.get('record'), written.get('topology')];
    const fields = new Map([...written].filter(([column]) => column !== 'record' && column !== 'topology'));
    if (record === 'topology' && !topologies.has(id)) topologies.set(id, { line, fields, rules: [] });
    else if (record === 'rule' && topologies.has(id)) topologies.get(id)?.rules.push(asRule(fields));
    else throw broken(line, record === 'rule' ? `topology ${id}` : `record ${record ?? ''} ${id}`);
  }
  return [...topologies.values()].map(({ line, fields, rules }) => parsed({ ...asTopology(fields), rules }, line));
}

/** What is null or empty has no cell, and where it has no default must be said all the same. */
function asRule(fields: FlatFields): Readonly<Record<string, unknown>> {
  const rule = unflatten(fields, 'rule');
  const { via = null, transport = null, ports = '', application = null, security = null } = rule;
  return { ...rule, via, transport, ports, application, security };
}

function asTopology(fields: FlatFields): Readonly<Record<string, unknown>> {
  const { document, further_documents, ...topology } = unflatten(fields, 'topology');
  const dated = (one: unknown): unknown => (typeof one === 'object' ? { revised: null, ...one } : one);
  const further = Array.isArray(further_documents) ? { further_documents: further_documents.map(dated) } : {};
  return { ...topology, document: dated(document), ...further };
}

function parsed(value: unknown, line: number): Topology {
  const result = topologySchema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw broken(line, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
}

const broken = (line: number, what: string): UnreadableSource =>
  new UnreadableSource({ key: 'import.error.export', params: { what } }, line);

/** Catalogue files, one YAML document a topology. */
export function catalogueYaml(topologies: readonly Topology[]): string {
  return topologies
    .map((topology) => {
      const document = new Document(writtenTopology(topology), { aliasDuplicateObjects: false });
      document.commentBefore = ' yaml-language-server: $schema=../schemas/topology.schema.json';
      return document.toString({ lineWidth: 0 });
    })
    .join('---\n');
}

/** A topology as files write it. */
export function writtenTopology({ rules, ...topology }: Topology): Readonly<Record<string, unknown>> {
  return { ...asTopology(flatten(topology)), rules: rules.map(writtenRule) };
}

export const writtenRule = (rule: Rule): Readonly<Record<string, unknown>> => asRule(flatten(rule));
