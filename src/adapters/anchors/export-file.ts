import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { StoredEntry } from '../../audit/entry.ts';
import { type ExportLine, readExportLine } from '../../audit/export-line.ts';
import type { LogSource, StoredCheckpoint } from '../../audit/trail.ts';
import { AppError } from '../../errors.ts';

/**
 * The log as an export in JSON Lines holds it. Read twice, never held as a whole: pages have to be asked for in their order.
 * Throws `AppError('data-invalid')` when the file does not look like one.
 */
export async function openExport(path: string): Promise<LogSource> {
  const checkpoints: StoredCheckpoint[] = [];
  let last: number | null = null;
  for await (const line of linesOf(path)) {
    if (line.kind === 'checkpoint') checkpoints.push(line.checkpoint);
    else last = Math.max(last ?? 0, line.entry.idx);
  }
  if (last === null && checkpoints.length === 0) throw noExport(path);
  const entries = entriesOf(path);
  let held: StoredEntry | null = null;
  return {
    lastIndex: async () => last,
    checkpoints: async () => checkpoints,
    async entries(_from, until) {
      const page: StoredEntry[] = [];
      for (;;) {
        const next: StoredEntry | null = held ?? (await entries.next()).value ?? null;
        held = next;
        if (next === null || next.idx >= until) return page;
        page.push(next);
        held = null;
      }
    },
  };
}

async function* entriesOf(path: string): AsyncGenerator<StoredEntry, undefined> {
  for await (const line of linesOf(path)) if (line.kind === 'entry') yield line.entry;
}

async function* linesOf(path: string): AsyncGenerator<ExportLine> {
  let next = 0;
  for await (const text of createInterface({ input: createReadStream(path, 'utf8') })) {
    const line = readExportLine(text);
    if (line === null && next === 0) throw noExport(path);
    // A line that was spoilt is an entry that is not what it was.
    const read: ExportLine = line ?? { kind: 'entry', entry: { idx: next, bytes: Buffer.from(text, 'utf8'), leaf: Buffer.of() } };
    if (read.kind === 'entry') next = read.entry.idx + 1;
    yield read;
  }
}

function noExport(path: string): AppError {
  return new AppError('data-invalid', `${path} is no export of an audit log in JSON Lines`);
}
