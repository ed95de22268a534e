import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { bounds } from './page.ts';
import { UnreadableSource } from './problem.ts';

/** Records as they stand in the file, unchanged; `line` is where each begins. */
export type CsvRecord = { readonly line: number; readonly cells: readonly string[] };

const recordsSchema = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.int(), records: z.int() }) }));

/** Reads RFC 4180, with semicolons or tabs in place of commas where the header has them. Throws `UnreadableSource`. */
export function readCsv(text: string): readonly CsvRecord[] {
  let parsed: unknown;
  try {
    parsed = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      to: bounds.rows + 2,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = z.int().safeParse(error['lines']);
    throw new UnreadableSource({ key: 'import.error.csv' }, line.success ? line.data : null);
  }
  const records = recordsSchema.parse(parsed);
  if (records.length > bounds.rows + 1) throw new UnreadableSource({ key: 'import.error.rows', params: { most: bounds.rows } });
  let line = 1;
  return records.map(({ record, info }) => {
    const begins = line;
    line = info.lines + 1;
    return { line: begins, cells: record };
  });
}

/** The one that the header line has most of, outside quotes. */
export function delimiterOf(text: string): string {
  const header = (/^[^\r\n]*/.exec(text)?.[0] ?? '').slice(0, 10_000).replace(/"[^"]*"/g, '');
  const counts = [',', ';', '\t'].map((mark) => ({ mark, count: header.split(mark).length - 1 }));
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).mark;
}
