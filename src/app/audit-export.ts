import { parseEntry, type StoredEntry } from '../audit/entry.ts';
import { checkpointLine, entryLine } from '../audit/export-line.ts';
import type { AuditTrail } from '../audit/trail.ts';
import { csvHeader, csvRow } from './audit-export-csv.ts';
import { ocsfEvent } from './audit-export-ocsf.ts';

export const exportFormats = ['jsonl', 'csv', 'ocsf'] as const;
export type ExportFormat = (typeof exportFormats)[number];

const atOnce = 500;

/**
 * The whole log in pieces, each of whole lines, at most a page of entries in memory. JSON Lines alone carry what `verify` needs: exact
 * bytes, leaf hashes, checkpoints; the others are for reading. `version` is the program's own.
 */
export async function* exportLog(trail: AuditTrail, format: ExportFormat, version: string): AsyncGenerator<string> {
  if (format === 'csv') yield csvHeader;
  const checkpoints = format === 'jsonl' ? [...(await trail.checkpoints())].reverse() : [];
  const size = ((await trail.lastIndex()) ?? -1) + 1;
  for (let from = 0; from < size; from += atOnce) {
    let piece = '';
    for (const stored of await trail.entries(from, from + atOnce)) {
      piece += lineOf(stored, format, version);
      for (let next = checkpoints.at(-1); next !== undefined && next.size <= stored.idx + 1; next = checkpoints.at(-1)) {
        piece += `${checkpointLine(next)}\n`;
        checkpoints.pop();
      }
    }
    yield piece;
  }
  // What covers more entries than there are is not held back: whoever checks the export has to see it.
  for (const left of checkpoints.reverse()) yield `${checkpointLine(left)}\n`;
}

function lineOf(stored: StoredEntry, format: ExportFormat, version: string): string {
  if (format === 'jsonl') return `${entryLine(stored)}\n`;
  const entry = parseEntry(stored.bytes);
  if (format === 'csv') return csvRow(stored, entry);
  return `${JSON.stringify(ocsfEvent(stored, entry, version))}\n`;
}
