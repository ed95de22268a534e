import { existsSync, readFileSync } from 'node:fs';
import { openExport } from '../adapters/anchors/export-file.ts';
import type { PageWorkers } from '../adapters/store/page-workers.ts';
import { type ReadCheckpoint, readCheckpoint } from '../audit/checkpoint.ts';
import { firstSince } from '../audit/first-since.ts';
import type { AuditTrail } from '../audit/trail.ts';
import type { Finding, Verdict } from '../audit/verdict.ts';
import { type VerifyOptions, verifyExport, verifyTrail } from '../audit/verify.ts';
import { visible } from '../chat/visible.ts';
import { AppError } from '../errors.ts';
import type { AuditParts } from './audit.ts';

export type VerifyParts = AuditParts & {
  /** Files with checkpoints kept elsewhere. */
  readonly checkpoints?: readonly string[];
  /** The number of an entry, or a date or moment in ISO 8601. */
  readonly since?: string;
  /** Starts threads to share the work with, which is worth it for a long log alone. */
  readonly threads?: () => PageWorkers;
} & Pick<VerifyOptions, 'keys' | 'progress'>;

/** From so many entries on, threads save more time than starting them takes. */
const longLog = 30_000;

const exitCodes: Readonly<Record<Verdict['verdict'], number>> = { intact: 0, tampered: 2, incomplete: 3, older: 4 };

/**
 * Checks the whole trail and every request against it. Returns 0 when it is intact, 2 when tampered with, 3 when incomplete, 4
 * when older than a checkpoint kept elsewhere. Throws `AppError('data-invalid')` for a file or a `since` that says nothing.
 */
export async function auditVerify(parts: VerifyParts): Promise<number> {
  const outside = (parts.checkpoints ?? []).map(outsideCheckpoint);
  const verdict = await parts.store.readAudit(async (trail) => {
    const since = parts.since === undefined ? 0 : await entrySince(trail, parts.since);
    const isLong = ((await trail.lastIndex()) ?? 0) - since > longLog;
    const helpers = isLong ? parts.threads?.() : undefined;
    try {
      return await verifyTrail(trail, { ...parts, outside, since, ...(helpers === undefined ? {} : { helpers }) });
    } finally {
      await helpers?.close();
    }
  });
  return conclude(verdict, parts);
}

/** The same for an export, with no database. */
export async function auditVerifyExport(file: string, parts: Omit<VerifyParts, 'store' | 'since' | 'threads'>): Promise<number> {
  if (!existsSync(file)) throw new AppError('data-invalid', `there is no file ${file}`);
  const outside = (parts.checkpoints ?? []).map(outsideCheckpoint);
  return conclude(await verifyExport(await openExport(file), { ...parts, outside }), parts);
}

function conclude(verdict: Verdict, { json, write, fail }: Omit<AuditParts, 'store'>): number {
  if (json) {
    write(JSON.stringify(verdict));
    return exitCodes[verdict.verdict];
  }
  const { findings, since, entries, checkpoints, signed, requests, redacted, root } = verdict;
  for (const finding of findings) fail(line(finding));
  if (since > 0) write(`looked at from entry ${since} on`);
  if (checkpoints > 0) write(`${counted(checkpoints, 'checkpoint', 'checkpoints')}, the last over the first ${signed} entries`);
  if (redacted > 0) write(`${counted(redacted, 'personal value', 'personal values')} redacted: erased as the log says`);
  const shown = root === null ? 'no root, since entries are missing' : `root ${root}`;
  write(`${verdict.verdict}: ${counted(entries, 'entry', 'entries')}, ${counted(requests, 'request', 'requests')}, ${shown}`);
  return exitCodes[verdict.verdict];
}

function outsideCheckpoint(file: string): ReadCheckpoint {
  if (!existsSync(file)) throw new AppError('data-invalid', `there is no file ${file}`);
  const checkpoint = readCheckpoint(readFileSync(file, 'utf8'));
  if (checkpoint === null) throw new AppError('data-invalid', `${file} is no checkpoint: a signed note with the log's name, size and root`);
  return checkpoint;
}

/** The number of an entry from its number, or a date or moment. */
async function entrySince(trail: AuditTrail, since: string): Promise<number> {
  if (/^\d+$/.test(since)) return Number(since);
  const moment = /^\d{4}-\d{2}-\d{2}/.test(since) ? new Date(since) : new Date(Number.NaN);
  if (Number.isNaN(moment.getTime()))
    throw new AppError('data-invalid', `--since takes an entry's number or a date as 2026-11-20, not "${since}"`);
  return firstSince(trail, moment.toISOString());
}

function line({ kind, entry, object, what }: Finding): string {
  const places = [...(entry === null ? [] : [`entry ${entry}`]), ...(object === null ? [] : [object])];
  return visible(`${kind}: ${places.length === 0 ? 'audit trail' : places.join(', ')}: ${what}`);
}

function counted(count: number, one: string, other: string): string {
  return `${count} ${count === 1 ? one : other}`;
}
