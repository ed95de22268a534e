import type { Message } from '../locale.ts';
import type { Remark } from './drafted.ts';
import type { Imported } from './import-catalogue.ts';

const mostLabels = 200;
const mostRemarks = 1_000;

/** The report of an import, a line each, gaps before what was merely read. */
export function importReport(name: string, imported: Imported, say: (message: Message) => string): readonly string[] {
  const { rows, rules, tables, labels, remarks } = imported;
  const gaps = remarks.filter(({ kind }) => kind === 'gap');
  const read = remarks.filter(({ kind }) => kind === 'read');
  const understood = [...labels]
    .slice(0, mostLabels)
    .map(([label, as]) => say({ key: 'import.label', params: { label: label.replaceAll('\n', ' / '), as } }));
  return [
    say({ key: 'import.summary', params: { name, tables, rows, rules, gaps: gaps.length } }),
    ...section(say({ key: 'import.gaps' }), linesOf(name, gaps, say), say),
    ...section(say({ key: 'import.read' }), linesOf(name, read, say), say),
    ...section(
      say({ key: 'import.labels' }),
      labels.size > mostLabels ? [...understood, say({ key: 'import.more', params: { count: labels.size - mostLabels } })] : understood,
      say,
    ),
    say({ key: gaps.length === 0 ? 'import.next' : 'import.next-gaps' }),
  ];
}

function section(title: string, lines: readonly string[], say: (message: Message) => string): readonly string[] {
  if (lines.length === 0) return [];
  const shown = lines.slice(0, mostRemarks);
  const more = lines.length - shown.length;
  return ['', title, ...shown, ...(more > 0 ? [say({ key: 'import.more', params: { count: more } })] : [])];
}

function linesOf(name: string, remarks: readonly Remark[], say: (message: Message) => string): readonly string[] {
  return remarks.map(({ line, message }) => `${line === null ? name : `${name}:${line}`}: ${say(message)}`);
}
