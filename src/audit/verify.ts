import { EntryChain } from './entry-chain.ts';
import { compareRecord, vanished } from './live-record.ts';
import type { AuditTrail, PersonalValue } from './trail.ts';
import type { TreeNode } from './tree.ts';
import { type Finding, missing, tampered, type Verdict, verdictOf } from './verdict.ts';

/** Entries a page; a power of two, so that a page ends where subtrees do. */
const pageSize = 4096;
const farBeyond = 2 ** 31 - 1;

/**
 * Goes through the whole log: every leaf from its bytes, no index left out, every stored subtree, every personal value under
 * its commitment, the root; then every request's row against the log's last word about it.
 */
export async function verifyTrail(trail: AuditTrail, progress: (entries: number) => void = () => undefined): Promise<Verdict> {
  const chain = new EntryChain();
  const last = (await trail.lastIndex()) ?? -1;
  for (let from = 0; from <= last; from += pageSize) {
    await addPage(chain, trail, from, Math.min(from + pageSize, last + 1));
    progress(chain.size);
  }
  const findings = [...chain.findings, ...(await traces(trail, chain))];
  const requests = await compareRequests(trail, chain, findings);
  return { verdict: verdictOf(findings), entries: chain.size, root: chain.root, requests, findings };
}

async function addPage(chain: EntryChain, trail: AuditTrail, from: number, until: number): Promise<void> {
  const entries = await trail.entries(from, until);
  const personal = byEntry(await trail.personal(from, until));
  const nodes = new Map<string, Uint8Array>();
  for (let level = 1; 2 ** level <= until; level += 1) {
    const width = 2 ** level;
    for (const node of await trail.nodes(level, Math.floor(from / width), Math.floor(until / width))) nodes.set(nodeKey(node), node.hash);
  }
  for (const entry of entries) chain.add(entry, personal.get(entry.idx) ?? [], (level, i) => nodes.get(nodeKey({ level, i })));
}

function byEntry(values: readonly PersonalValue[]): ReadonlyMap<number, readonly PersonalValue[]> {
  const groups = new Map<number, PersonalValue[]>();
  for (const value of values) {
    const group = groups.get(value.idx);
    if (group === undefined) groups.set(value.idx, [value]);
    else group.push(value);
  }
  return groups;
}

function nodeKey({ level, i }: Pick<TreeNode, 'level' | 'i'>): string {
  return `${level}/${i}`;
}

/** What only entries that are no longer there can have left behind. */
async function traces(trail: AuditTrail, chain: EntryChain): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  for (const { level, count, last } of await trail.levels()) {
    const whole = Math.floor(chain.size / 2 ** level);
    if (level < 1) found.push(tampered(null, null, `the tree has nodes of level ${level}`));
    else if (last >= whole) found.push(missing(chain.size, null, `the tree was built over at least ${(last + 1) * 2 ** level} entries`));
    else if (count > whole) found.push(tampered(null, null, `level ${level} of the tree has nodes that belong nowhere`));
  }
  const [orphan] = await trail.personal(chain.size, farBeyond);
  if (orphan !== undefined) found.push(missing(orphan.idx, null, 'the entry is missing; a personal value of it is there'));
  for (const { idx } of await trail.entries(-farBeyond, 0)) found.push(tampered(idx, null, 'an entry has no place before the first'));
  const [before] = await trail.personal(-farBeyond, 0);
  if (before !== undefined) found.push(tampered(before.idx, null, 'a personal value belongs to no entry'));
  return found;
}

async function compareRequests(trail: AuditTrail, chain: EntryChain, findings: Finding[]): Promise<number> {
  const seen = new Set<string>();
  const entriesMissing = !chain.whole || findings.some(({ kind, entry }) => kind === 'missing' && entry !== null && entry >= chain.size);
  for (let after = -farBeyond; ; ) {
    const page = await trail.records(after, 500);
    for (const row of page) {
      seen.add(row.id);
      findings.push(...compareRecord(row, chain.lastWords.get(row.id), entriesMissing));
      after = row.number;
    }
    if (page.length === 0) break;
  }
  findings.push(...vanished(chain.lastWords, seen));
  return seen.size;
}
