import type { Message } from '../../locale.ts';
import { linesOf, type Place, readLine, readParts } from './flow-lines.ts';
import { type Fix, fail, type LineReading } from './flow-problems.ts';
import { findTable, type Layout, type TableRow } from './flow-table.ts';

/** A line of flows. `written` is what it says in the form `source -> destination : service`. */
export type PastedLine = { readonly number: number; readonly text: string; readonly written: string; readonly reading: LineReading };
export type BadLine = PastedLine & { readonly reading: Extract<LineReading, { ok: false }> };

/** What was typed or pasted for flows, line by line. */
export type Paste = {
  readonly layout: Layout | null;
  readonly heading: string | null;
  readonly lines: readonly PastedLine[];
  /** What of it is not taken in, to be said. */
  readonly notices: readonly Message[];
};

export function readPaste(text: string, place: Place, like: Layout | null): Paste {
  const table = findTable(text, place.knowledge, like);
  if (table === null) {
    const lines = linesOf(text).map((line, index) => ({ number: index + 1, text: line, written: line, reading: readLine(line, place) }));
    return { layout: null, heading: null, lines, notices: [] };
  }
  const around = [table.before, table.after].filter((part) => part !== '').join(' … ');
  const notices: Message[] = [];
  if (table.unused.length > 0) notices.push({ key: 'dialog.note.columns', params: { columns: table.unused.join(', ') } });
  if (around !== '') notices.push({ key: 'dialog.note.around', params: { text: around } });
  return { layout: table.layout, heading: table.heading, lines: table.rows.map((row, index) => pasted(row, index + 1, place)), notices };
}

function pasted(row: TableRow, number: number, place: Place): PastedLine {
  const { text, flows } = row;
  if (flows === null) return { number, text, written: text, reading: readLine(text, place) };
  const written = flows.map(({ source, destination, service }) => `${source} -> ${destination} : ${service}`).join('\n');
  if (row.denies) return { number, text, written, reading: fail({ key: 'field-error.denies' }) };
  const readings = flows.map((parts) => readParts(parts, place));
  const bad = readings.find((reading) => !reading.ok);
  return { number, text, written, reading: bad ?? { ok: true, flows: readings.flatMap((reading) => (reading.ok ? reading.flows : [])) } };
}

export function goodLines({ lines }: Paste): readonly PastedLine[] {
  return lines.filter(({ reading }) => reading.ok);
}

export function badLines({ lines }: Paste): readonly BadLine[] {
  return lines.flatMap((line) => (line.reading.ok ? [] : [{ ...line, reading: line.reading }]));
}

/** The good lines of one paste, and all of another that stands for its bad ones. */
export function mended(before: Paste, now: Paste): Paste {
  const { layout, heading, notices } = now.layout === null ? before : now;
  return { layout, heading: heading ?? before.heading, lines: [...goodLines(before), ...now.lines], notices };
}

/** The text of a paste, some of its lines written otherwise or (null) left out. */
export function rewritten({ heading, lines }: Paste, change: (line: PastedLine) => string | null = ({ text }) => text): string {
  const texts = lines.map(change).filter((text) => text !== null);
  return [...(heading === null ? [] : [heading]), ...texts].join('\n');
}

/** Puts a fix where the bad part stands: at the end, where the service is, else where it is first found. */
export function mend(text: string, { bad, good }: Fix): string {
  return text.endsWith(bad) ? `${text.slice(0, text.length - bad.length)}${good}` : text.replace(bad, () => good);
}
