import { commitmentOfText } from './commitment.ts';
import { type AuditEntry, parseEntry, recordName, type StoredEntry } from './entry.ts';
import type { PersonalValue } from './trail.ts';
import { append, emptyFrontier, type Frontier, leafHash, rootOf, sameHash, type TreeNode } from './tree.ts';
import { type Finding, missing, tampered } from './verdict.ts';

/** What the log says last about a request that it saw change. */
export type LastWord = {
  readonly entry: number;
  readonly state: unknown;
  readonly version: unknown;
  readonly digest: string | null;
  readonly record: string;
};

/** Goes through the log entry by entry, page by page, and keeps only the tree's edge and each request's last word. */
export class EntryChain {
  readonly findings: Finding[] = [];
  readonly lastWords = new Map<string, LastWord>();
  #next = 0;
  #at = '';
  #tree: Frontier = emptyFrontier;
  /** False once an entry is missing: nothing above the gap can be computed. */
  #whole = true;
  #lastBadLeaf = -1;

  get size(): number {
    return this.#next;
  }

  get root(): string | null {
    return this.#whole ? Buffer.from(rootOf(this.#tree)).toString('hex') : null;
  }

  get whole(): boolean {
    return this.#whole;
  }

  /** The next entry, the personal values kept beside it, and a way to the stored subtrees that it completes. */
  add(stored: StoredEntry, personal: readonly PersonalValue[], storedNode: (level: number, i: number) => Uint8Array | undefined): void {
    if (stored.idx !== this.#next) this.#gap(this.#next, stored.idx);
    this.#next = stored.idx + 1;
    const entry = parseEntry(stored.bytes);
    const honest = sameHash(leafHash(stored.bytes), stored.leaf);
    if (!honest) {
      this.#lastBadLeaf = stored.idx;
      this.findings.push(tampered(stored.idx, entry?.object ?? null, 'its bytes and its leaf hash do not belong together'));
    }
    if (this.#whole) this.#grow(stored, storedNode);
    if (entry === null) {
      if (honest) this.findings.push(tampered(stored.idx, null, 'its bytes are no audit entry'));
      return;
    }
    if (entry.at < this.#at) this.findings.push(tampered(stored.idx, entry.object, 'it is dated before the entry ahead of it'));
    this.#at = entry.at;
    this.#remember(stored.idx, entry);
    this.#compare(stored.idx, entry, personal);
  }

  #gap(from: number, until: number): void {
    this.#whole = false;
    const what = until - from === 1 ? 'the entry is missing' : `this entry and all up to ${until - 1} are missing`;
    this.findings.push(missing(from, null, what));
  }

  #grow(stored: StoredEntry, storedNode: (level: number, i: number) => Uint8Array | undefined): void {
    const { tree, completed } = append(this.#tree, stored.leaf);
    this.#tree = tree;
    for (const node of completed) {
      const kept = storedNode(node.level, node.i);
      // One finding for a change: what lies above it can't fit either.
      if (kept === undefined) this.findings.push(missing(stored.idx, null, `node ${node.i} of level ${node.level} of the tree is missing`));
      else if (!sameHash(kept, node.hash) && this.#lastBadLeaf < firstLeaf(node)) {
        this.#lastBadLeaf = stored.idx;
        this.findings.push(
          tampered(firstLeaf(node), null, `entries ${firstLeaf(node)} to ${stored.idx} are not those the tree was built over`),
        );
      }
    }
  }

  #remember(idx: number, entry: AuditEntry): void {
    const record = entry.commitments[recordName];
    if (entry.object === null || record === undefined) return;
    const { state, version } = entry.after ?? {};
    this.lastWords.set(entry.object, { entry: idx, state, version, digest: entry.request_digest, record });
  }

  #compare(idx: number, entry: AuditEntry, personal: readonly PersonalValue[]): void {
    const names = new Set(Object.keys(entry.commitments));
    names.delete(recordName);
    for (const { name, salt, value } of personal) {
      if (!names.delete(name)) this.findings.push(tampered(idx, entry.object, `its personal value "${name}" was added later`));
      else if (commitmentOfText(salt, value) !== entry.commitments[name]) {
        this.findings.push(tampered(idx, entry.object, `its personal value "${name}" was changed`));
      }
    }
    for (const name of names) this.findings.push(missing(idx, entry.object, `its personal value "${name}" is missing`));
  }
}

function firstLeaf({ level, i }: TreeNode): number {
  return i * 2 ** level;
}
