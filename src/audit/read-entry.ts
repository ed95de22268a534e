import { z } from 'zod';
import type { StoredEntry } from './entry.ts';
import type { EntryText } from './trail.ts';

/** As much of an entry as checking the log takes. Read without writing it anew: what counts are its bytes. */
const readSchema = z.object({
  type: z.string(),
  at: z.string(),
  actor: z.custom<{ readonly ref?: unknown }>(isObject),
  object: z.string().nullable(),
  request_digest: z.string().nullable(),
  before: z.custom<Readonly<Record<string, unknown>> | null>((value) => value === null || isObject(value)),
  after: z.custom<Readonly<Record<string, unknown>> | null>((value) => value === null || isObject(value)),
  commitments: z.custom<Readonly<Record<string, unknown>>>(isObject),
});
export type ReadEntry = z.infer<typeof readSchema>;

/** Null when the bytes are no entry. */
export function readEntry(bytes: Uint8Array): ReadEntry | null {
  return readEntryText(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
}

export function readEntryText(text: string): ReadEntry | null {
  try {
    const read = readSchema.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/** A stored entry in the form that is checked. */
export function textOfEntry({ idx, bytes, leaf }: StoredEntry): EntryText {
  return { idx, text: Buffer.from(bytes).toString('utf8'), size: bytes.length, leaf: Buffer.from(leaf).toString('hex') };
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
