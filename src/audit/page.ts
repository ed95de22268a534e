import { commitmentOfText } from './commitment.ts';
import { checkpointType, keyType, recordName, type StoredEntry } from './entry.ts';
import { type Erasure, erasureType, readErasure } from './erasure.ts';
import { type ReadEntry, readEntry } from './read-entry.ts';
import type { AuditTrail, LogSource, PersonalValue } from './trail.ts';
import { type Find, firstLeaf, leafHash, pushNode, sameHash, type TreeNode } from './tree.ts';
import { type Finding, missing, tampered } from './verdict.ts';

/** Entries a page. A power of two, so that each page is a subtree, and can be looked at without the others. */
export const pageLevel = 10;
export const pageSize = 2 ** pageLevel;

/** What the log says last about a request that it saw change. */
export type LastWord = {
  readonly entry: number;
  readonly state: unknown;
  readonly version: unknown;
  readonly digest: string | null;
  readonly record: string;
};

/** An entry about the log's own signing: that a key took another's place, or that a checkpoint ends here. */
export type SigningEntry = { readonly idx: number; readonly type: string; readonly before: unknown; readonly after: unknown };

export type AbsentValue = { readonly idx: number; readonly object: string | null; readonly name: string };

/** All that one page of the log says, small against the page. */
export type PageReport = {
  readonly findings: readonly Finding[];
  /** Where the page's entries end: the index after its last. */
  readonly end: number;
  /** False when an entry is missing: nothing above it can be computed. */
  readonly whole: boolean;
  /** The subtrees that the page's entries make up. */
  readonly peaks: readonly TreeNode[];
  /** The same at the sizes that were asked for, and at each checkpoint. */
  readonly marks: ReadonlyMap<number, readonly TreeNode[]>;
  readonly signing: readonly SigningEntry[];
  /** Personal values that are no longer there, and what entries say was erased. */
  readonly absent: readonly AbsentValue[];
  readonly erasures: readonly Erasure[];
  readonly firstAt: string;
  readonly lastAt: string;
  readonly words: ReadonlyMap<string, LastWord>;
  /** Pseudonyms, each with the first entry that it stands in. */
  readonly refs: ReadonlyMap<string, number>;
};

/** Looks at the entries of one page. Without a trail there are entries alone, as in an export. */
export async function examinePage(
  log: LogSource,
  trail: AuditTrail | null,
  from: number,
  until: number,
  sizes: readonly number[],
): Promise<PageReport> {
  const entries = await log.entries(from, until);
  const personal = byEntry((await trail?.personal(from, until)) ?? []);
  const nodes = new Map<string, Uint8Array>();
  for (let level = 1; trail !== null && level <= pageLevel && 2 ** level <= until - from; level += 1) {
    const found = await trail.nodes(level, from / 2 ** level, Math.floor(until / 2 ** level));
    for (const node of found) nodes.set(`${level}/${node.i}`, node.hash);
  }
  const page = new Page(from, trail === null ? null : { personal, node: (level, i) => nodes.get(`${level}/${i}`) }, new Set(sizes));
  for (const entry of entries) page.add(entry);
  return page.report(until);
}

type Beside = { readonly personal: ReadonlyMap<number, readonly PersonalValue[]>; readonly node: Find };

class Page {
  readonly #beside: Beside | null;
  readonly #sizes: ReadonlySet<number>;
  readonly #findings: Finding[] = [];
  readonly #peaks: TreeNode[] = [];
  readonly #marks = new Map<number, readonly TreeNode[]>();
  readonly #signing: SigningEntry[] = [];
  readonly #absent: AbsentValue[] = [];
  readonly #erasures: Erasure[] = [];
  readonly #words = new Map<string, LastWord>();
  readonly #refs = new Map<string, number>();
  #next: number;
  #whole = true;
  #firstAt = '';
  #lastAt = '';
  #lastBadLeaf = -1;

  constructor(from: number, beside: Beside | null, sizes: ReadonlySet<number>) {
    this.#next = from;
    this.#beside = beside;
    this.#sizes = sizes;
    this.#mark(from);
  }

  add({ idx, bytes, leaf }: StoredEntry): void {
    if (idx < this.#next) {
      this.#whole = false;
      this.#findings.push(tampered(idx, null, 'an entry of this number stands here a second time'));
      return;
    }
    if (idx > this.#next) this.#gap(idx);
    this.#next = idx + 1;
    const entry = readEntry(bytes);
    const honest = sameHash(leafHash(bytes), leaf);
    if (!honest) {
      this.#lastBadLeaf = idx;
      this.#findings.push(tampered(idx, entry?.object ?? null, 'its bytes and its leaf hash do not belong together'));
    }
    if (this.#whole) this.#grow(idx, leaf);
    if (entry !== null) this.#take(idx, entry);
    else if (honest) this.#findings.push(tampered(idx, null, 'its bytes are no audit entry'));
    this.#mark(idx + 1);
  }

  report(until: number): PageReport {
    if (this.#next < until) this.#gap(until);
    return {
      findings: this.#findings,
      end: until,
      whole: this.#whole,
      peaks: this.#peaks,
      marks: this.#marks,
      signing: this.#signing,
      absent: this.#absent,
      erasures: this.#erasures,
      firstAt: this.#firstAt,
      lastAt: this.#lastAt,
      words: this.#words,
      refs: this.#refs,
    };
  }

  #gap(until: number): void {
    this.#whole = false;
    const what = until - this.#next === 1 ? 'the entry is missing' : `this entry and all up to ${until - 1} are missing`;
    this.#findings.push(missing(this.#next, null, what));
  }

  #grow(idx: number, leaf: Uint8Array): void {
    const completed = pushNode(this.#peaks, { level: 0, i: idx, hash: leaf });
    if (this.#beside === null) return;
    for (const node of completed) {
      const kept = this.#beside.node(node.level, node.i);
      // One finding for a change: what lies above it can't fit either.
      if (kept === undefined) this.#findings.push(missing(idx, null, `node ${node.i} of level ${node.level} of the tree is missing`));
      else if (!sameHash(kept, node.hash) && this.#lastBadLeaf < firstLeaf(node)) {
        this.#lastBadLeaf = idx;
        this.#findings.push(tampered(firstLeaf(node), null, unlike(firstLeaf(node), idx)));
      }
    }
  }

  #mark(size: number): void {
    const isSealed = this.#signing.at(-1)?.idx === size - 1 && this.#signing.at(-1)?.type === checkpointType;
    if (this.#whole && (isSealed || this.#sizes.has(size))) this.#marks.set(size, [...this.#peaks]);
  }

  #take(idx: number, entry: ReadEntry): void {
    if (entry.at < this.#lastAt) this.#findings.push(tampered(idx, entry.object, 'it is dated before the entry ahead of it'));
    this.#lastAt = entry.at;
    if (this.#firstAt === '') this.#firstAt = entry.at;
    const { ref } = entry.actor;
    if (typeof ref === 'string' && !this.#refs.has(ref)) this.#refs.set(ref, idx);
    if (entry.type === keyType || entry.type === checkpointType) {
      this.#signing.push({ idx, type: entry.type, before: entry.before, after: entry.after });
    }
    const erasure = entry.type === erasureType ? readErasure(entry.after) : null;
    if (erasure !== null) this.#erasures.push(erasure);
    const record = entry.commitments[recordName];
    if (entry.object !== null && typeof record === 'string') {
      const { state, version } = entry.after ?? {};
      this.#words.set(entry.object, { entry: idx, state, version, digest: entry.request_digest, record });
    }
    if (this.#beside !== null) this.#compare(idx, entry, this.#beside.personal.get(idx) ?? []);
  }

  #compare(idx: number, entry: ReadEntry, personal: readonly PersonalValue[]): void {
    const names = new Set(Object.keys(entry.commitments));
    names.delete(recordName);
    for (const { name, salt, value } of personal) {
      if (!names.delete(name)) this.#findings.push(tampered(idx, entry.object, `its personal value "${name}" was added later`));
      else if (commitmentOfText(salt, value) !== entry.commitments[name]) {
        this.#findings.push(tampered(idx, entry.object, `its personal value "${name}" was changed`));
      }
    }
    for (const name of names) this.#absent.push({ idx, object: entry.object, name });
  }
}

export function unlike(from: number, last: number): string {
  return `entries ${from} to ${last} are not those the tree was built over`;
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
