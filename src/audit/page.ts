import { commitmentOfText } from './commitment.ts';
import { checkpointType, keyType, recordName } from './entry.ts';
import { type Erasure, erasureType, readErasure } from './erasure.ts';
import { PageTree } from './page-tree.ts';
import { type ReadEntry, readEntryText, textOfEntry } from './read-entry.ts';
import type { AuditTrail, EntryText, LogSource, PersonalValue } from './trail.ts';
import { firstLeaf, leafHexOfText, type Place, sameHash, type TreeNode } from './tree.ts';
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
  const entries = trail === null ? (await log.entries(from, until)).map(textOfEntry) : await trail.texts(from, until);
  const personal = trail === null ? null : byEntry(await trail.personal(from, until));
  const page = new Page(from, personal);
  for (const entry of entries) page.add(entry);
  return page.report(until, sizes, trail === null ? null : (tree) => unlikeStored(tree, from, trail));
}

/** The subtrees of a page that are not stored as they should be, lowest first. */
async function unlikeStored(tree: PageTree, from: number, trail: AuditTrail): Promise<readonly UnlikeNode[]> {
  const found: UnlikeNode[] = [];
  for (let level = 1; level < tree.levels; level += 1) {
    const own = tree.nodes(level);
    const [first, end] = [from / 2 ** level, from / 2 ** level + own.length];
    if (own.length === 0 || (await trail.nodeText(level, first, end)) === tree.text(level)) continue;
    const stored = new Map((await trail.nodes(level, first, end)).map(({ i, hash }) => [i, hash]));
    for (const node of own) {
      const kept = stored.get(node.i);
      if (kept === undefined || !sameHash(kept, node.hash)) found.push({ ...node, isThere: kept !== undefined });
    }
  }
  return found;
}

type UnlikeNode = Place & { readonly isThere: boolean };

class Page {
  readonly #from: number;
  readonly #personal: ReadonlyMap<number, readonly PersonalValue[]> | null;
  readonly #findings: Finding[] = [];
  /** Up to the first gap. */
  readonly #leaves: string[] = [];
  readonly #badLeaves: number[] = [];
  readonly #signing: SigningEntry[] = [];
  readonly #absent: AbsentValue[] = [];
  readonly #erasures: Erasure[] = [];
  readonly #words = new Map<string, LastWord>();
  readonly #refs = new Map<string, number>();
  #next: number;
  #whole = true;
  #firstAt = '';
  #lastAt = '';

  constructor(from: number, personal: ReadonlyMap<number, readonly PersonalValue[]> | null) {
    this.#from = from;
    this.#next = from;
    this.#personal = personal;
  }

  add({ idx, text, size, leaf }: EntryText): void {
    if (idx < this.#next) {
      this.#whole = false;
      this.#findings.push(tampered(idx, null, 'an entry of this number stands here a second time'));
      return;
    }
    if (idx > this.#next) this.#gap(idx);
    this.#next = idx + 1;
    const entry = readEntryText(text);
    const honest = leafHexOfText(text, size) === leaf;
    if (!honest) {
      this.#badLeaves.push(idx);
      this.#findings.push(tampered(idx, entry?.object ?? null, 'its bytes and its leaf hash do not belong together'));
    }
    if (this.#whole) this.#leaves.push(leaf);
    if (entry !== null) this.#take(idx, entry);
    else if (honest) this.#findings.push(tampered(idx, null, 'its bytes are no audit entry'));
  }

  async report(
    until: number,
    sizes: readonly number[],
    compare: ((tree: PageTree) => Promise<readonly UnlikeNode[]>) | null,
  ): Promise<PageReport> {
    if (this.#next < until) this.#gap(until);
    const tree = new PageTree(this.#from, this.#leaves);
    for (const node of (await compare?.(tree)) ?? []) this.#blame(node);
    const end = this.#from + this.#leaves.length;
    const sealed = this.#signing.filter(({ type }) => type === checkpointType).map(({ idx }) => idx + 1);
    const marked = [...sizes, ...sealed].filter((size) => size >= this.#from && size <= end);
    return {
      findings: this.#findings,
      end: until,
      whole: this.#whole,
      peaks: tree.peaks({ until: end }),
      marks: new Map(marked.map((size) => [size, tree.peaks({ until: size })])),
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

  /** One finding for a change: what lies above it can't fit either. */
  #blame(node: UnlikeNode): void {
    const first = firstLeaf(node);
    const last = first + 2 ** node.level - 1;
    if (!node.isThere) this.#findings.push(missing(last, null, `node ${node.i} of level ${node.level} of the tree is missing`));
    else if (!this.#badLeaves.some((idx) => idx >= first && idx <= last)) {
      this.#badLeaves.push(last);
      this.#findings.push(tampered(first, null, unlike(first, last)));
    }
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
    if (this.#personal !== null) this.#compare(idx, entry, this.#personal.get(idx) ?? []);
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
