import { z } from 'zod';
import type { StoredEntry } from './entry.ts';
import type { StoredCheckpoint } from './trail.ts';

/**
 * A line of an export in JSON Lines: an entry with the text of its exact bytes and its leaf hash in hex, or a checkpoint, which
 * stands after the last entry that it covers.
 */
const lineSchema = z.union([
  z.strictObject({ idx: z.int().min(0), entry: z.string(), leaf: z.string().regex(/^[0-9a-f]{64}$/) }),
  z.strictObject({ size: z.int().min(0), checkpoint: z.string() }),
]);

export type ExportLine =
  | { readonly kind: 'entry'; readonly entry: StoredEntry }
  | { readonly kind: 'checkpoint'; readonly checkpoint: StoredCheckpoint };

/** Without the newline. Bytes that are no UTF-8, which no entry has, come back as others: its leaf then no longer fits. */
export function entryLine({ idx, bytes, leaf }: StoredEntry): string {
  return JSON.stringify({ idx, entry: Buffer.from(bytes).toString('utf8'), leaf: Buffer.from(leaf).toString('hex') });
}

export function checkpointLine({ size, note }: StoredCheckpoint): string {
  return JSON.stringify({ size, checkpoint: note });
}

/** Null when it is no line of an export. */
export function readExportLine(text: string): ExportLine | null {
  try {
    const line = lineSchema.parse(JSON.parse(text));
    if ('checkpoint' in line) return { kind: 'checkpoint', checkpoint: { size: line.size, note: line.checkpoint } };
    const { idx, entry, leaf } = line;
    return { kind: 'entry', entry: { idx, bytes: Buffer.from(entry, 'utf8'), leaf: Buffer.from(leaf, 'hex') } };
  } catch {
    return null;
  }
}
