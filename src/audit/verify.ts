import type { ReadCheckpoint } from './checkpoint.ts';
import { compareRecords } from './live-record.ts';
import { type Examine, type Helpers, LogWalk } from './log-walk.ts';
import { parseVkey, type Verifier } from './note.ts';
import { examinePage, pageSize } from './page.ts';
import { comparePseudonyms } from './pseudonym-check.ts';
import { readEntry } from './read-entry.ts';
import { compareOutside } from './signing-history.ts';
import type { AuditTrail, LogSource } from './trail.ts';
import { type Finding, missing, tampered, type Verdict, verdictOf } from './verdict.ts';

export type VerifyOptions = {
  /** Entries before this one are taken as the stored tree has them. What is looked at begins with a page, so up to a page earlier. */
  readonly since?: number;
  /** Checkpoints kept elsewhere. */
  readonly outside?: readonly ReadCheckpoint[];
  /** Public keys at hand, one of which has to be in force now; none where none is known. */
  readonly keys?: readonly Uint8Array[];
  readonly helpers?: Helpers;
  readonly progress?: (entries: number, of: number) => void;
};

/**
 * Goes through the whole log: every leaf from its bytes, no index left out, every stored subtree, every personal value under
 * its commitment, every checkpoint's root and signatures, every pseudonym; then every request's row against the log's last
 * word about it.
 */
export async function verifyTrail(trail: AuditTrail, options: VerifyOptions = {}): Promise<Verdict> {
  const { walk, redacted } = await walkThrough(trail, trail, options);
  const findings = [...walk.findings, ...(await traces(trail, walk.size)), ...walk.signing.findings];
  const isWhole = walk.whole && !findings.some(({ kind, entry }) => kind === 'missing' && entry !== null && entry >= walk.size);
  findings.push(...(await comparePseudonyms(trail, walk, isWhole && walk.from === 0)));
  const requests = await compareRecords(trail, walk, isWhole, findings);
  return conclude(walk, findings, requests, redacted);
}

/** The same for an export, which has the entries and checkpoints alone. */
export async function verifyExport(log: LogSource, options: Omit<VerifyOptions, 'since' | 'helpers'> = {}): Promise<Verdict> {
  const { walk, redacted } = await walkThrough(log, null, options);
  return conclude(walk, [...walk.findings, ...walk.signing.findings], 0, redacted);
}

/** The log's end alone, from before its last checkpoint on: what a start looks at. */
export async function verifyEnd(trail: AuditTrail, options: Omit<VerifyOptions, 'since'> = {}): Promise<Verdict> {
  const last = (await trail.checkpoints()).at(-1);
  const { walk, redacted } = await walkThrough(trail, trail, { ...options, since: Math.max(0, (last?.size ?? 0) - 1) });
  return conclude(walk, [...walk.findings, ...walk.signing.findings], 0, redacted);
}

async function walkThrough(
  log: LogSource,
  trail: AuditTrail | null,
  options: VerifyOptions,
): Promise<{ readonly walk: LogWalk; readonly redacted: number }> {
  const { since = 0, outside = [], keys: atHand = [], progress = () => undefined } = options;
  const here: Examine = (from, until, sizes) => examinePage(log, trail, from, until, sizes);
  const size = ((await log.lastIndex()) ?? -1) + 1;
  const from = Math.max(0, Math.floor(Math.min(since, size - 1) / pageSize) * pageSize);
  const checkpoints = await log.checkpoints();
  const walk = await LogWalk.start(trail, from, checkpoints);
  const sizes = outside.map((one) => one.size);
  await walk.through(size, sizes, here, options.helpers ?? null, (done) => progress(done, size));
  walk.signing.end(walk.size);
  const redacted = walk.redacted();
  await walk.compareUpperNodes(trail);
  const { keys } = walk.signing;
  for (const one of outside) {
    const known = one.size <= from ? [...keys, ...(await keyAt(log, one.size))] : keys;
    walk.findings.push(...compareOutside(one, known, walk.size, await walk.rootAt(trail, one.size)));
  }
  const inForce = keys.at(-1);
  if (atHand.length > 0 && inForce && !atHand.some((key) => Buffer.compare(key, inForce.publicKey) === 0)) {
    walk.findings.push(tampered(null, null, 'the log is signed with another key than the one at hand'));
  }
  return { walk, redacted };
}

/** The key named by the checkpoint's entry before the walk's beginning. */
async function keyAt(log: LogSource, size: number): Promise<readonly Verifier[]> {
  const [stored] = await log.entries(size - 1, size);
  const key = (stored && readEntry(stored.bytes)?.after)?.['key'];
  const verifier = typeof key === 'string' ? parseVkey(key) : null;
  return verifier === null ? [] : [verifier];
}

function conclude(walk: LogWalk, findings: readonly Finding[], requests: number, redacted: number): Verdict {
  return {
    verdict: verdictOf(findings),
    since: walk.from,
    entries: walk.size,
    root: walk.root,
    checkpoints: walk.checkpoints,
    signed: walk.signing.signed,
    requests,
    redacted,
    findings,
  };
}

const farBeyond = 2 ** 31 - 1;

/** What only entries that are no longer there can have left behind. */
async function traces(trail: AuditTrail, size: number): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  for (const { level, count, last } of await trail.levels()) {
    const whole = Math.floor(size / 2 ** level);
    if (level < 1) found.push(tampered(null, null, `the tree has nodes of level ${level}`));
    else if (last >= whole) found.push(missing(size, null, `the tree was built over at least ${(last + 1) * 2 ** level} entries`));
    else if (count > whole) found.push(tampered(null, null, `level ${level} of the tree has nodes that belong nowhere`));
  }
  const [orphan] = await trail.personal(size, farBeyond);
  if (orphan !== undefined) found.push(missing(orphan.idx, null, 'the entry is missing; a personal value of it is there'));
  for (const { idx } of await trail.entries(-farBeyond, 0)) found.push(tampered(idx, null, 'an entry has no place before the first'));
  const [before] = await trail.personal(-farBeyond, 0);
  if (before !== undefined) found.push(tampered(before.idx, null, 'a personal value belongs to no entry'));
  return found;
}
