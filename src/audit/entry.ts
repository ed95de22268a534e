import { z } from 'zod';
import { canonicalJson } from '../canonical-json.ts';
import { AppError } from '../errors.ts';
import type { JsonObject } from '../locale.ts';

const hexDigest = z.string().regex(/^[0-9a-f]{64}$/);
const jsonObject: z.ZodType<JsonObject> = z.record(z.string(), z.json());

/** Who acted. `ref` is a pseudonym: the table that resolves it is no part of the log. */
export const auditActorSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('person'), ref: z.string() }),
  z.strictObject({ kind: z.literal('account'), platform: z.string(), ref: z.string() }),
  z.strictObject({ kind: z.literal('system') }),
]);
export type AuditActor = z.infer<typeof auditActorSchema>;

/** The name, among an entry's commitments, of the one to the whole row of the request it moved. No personal value stands behind it. */
export const recordName = 'record';

/** The entry that names the key which signs from here on, and the one that each checkpoint ends with. */
export const keyType = 'audit.key';
export const checkpointType = 'audit.checkpoint';

/** One line of the log. `commitments` binds, by name, to values kept beside it. */
export const auditEntrySchema = z.strictObject({
  v: z.literal(1),
  type: z.string(),
  /** ISO 8601 in UTC with milliseconds; never earlier than the entry before. */
  at: z.string(),
  actor: auditActorSchema,
  object: z.string().nullable(),
  request_digest: hexDigest.nullable(),
  before: jsonObject.nullable(),
  after: jsonObject.nullable(),
  source_event: z.string().nullable(),
  policy_version: z.string().nullable(),
  outcome: z.enum(['done', 'refused', 'failed']),
  commitments: z.record(z.string(), hexDigest),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

/** An entry as it is kept: its exact bytes, and the leaf hash that was computed from them when they were written. */
export type StoredEntry = { readonly idx: number; readonly bytes: Uint8Array; readonly leaf: Uint8Array };

/** The bytes that are hashed and kept. Throws `AppError('not-canonical')` for anything but safe integers where numbers stand. */
export function entryBytes(entry: AuditEntry): Uint8Array {
  demandSafeIntegers(entry.before);
  demandSafeIntegers(entry.after);
  return Buffer.from(canonicalJson(entry), 'utf8');
}

/** Null when the bytes are no entry: not JSON, not canonical, or of another shape. */
export function parseEntry(bytes: Uint8Array): AuditEntry | null {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  try {
    const parsed: unknown = JSON.parse(text);
    const entry = auditEntrySchema.safeParse(parsed);
    return entry.success && canonicalJson(parsed) === text ? entry.data : null;
  } catch {
    return null;
  }
}

function demandSafeIntegers(value: unknown): void {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    throw new AppError('not-canonical', `an audit entry takes whole numbers alone, not ${value}`);
  }
  if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) demandSafeIntegers(part);
}
