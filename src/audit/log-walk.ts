import { type AbsentValue, type LastWord, type PageReport, pageLevel, pageSize, unlike } from './page.ts';
import { SigningHistory } from './signing-history.ts';
import type { AuditTrail, StoredCheckpoint } from './trail.ts';
import { firstLeaf, type Hash, peaksOf, pushNode, rootOf, sameHash, spanHash, subtreesOf, type TreeNode } from './tree.ts';
import { type Finding, missing, tampered } from './verdict.ts';

/** Looks at the entries of one page and keeps the tree at these sizes. */
export type Examine = (from: number, until: number, sizes: readonly number[]) => Promise<PageReport>;

/** Others who look at pages, so many at once. */
export type Helpers = { readonly page: Examine; readonly atOnce: number };

/** A page that somebody looks at: `coming` ends, or fails, when its report is there. */
type Slot = { report: PageReport | null; readonly coming: Promise<void> | null };

function slotOf(page: Promise<PageReport>): Slot {
  const arrived = page.then((report) => {
    slot.report = report;
  });
  // Whoever waits for it hears of it; until then it is nobody's.
  arrived.catch(() => undefined);
  const slot: Slot = { report: null, coming: arrived };
  return slot;
}

const mostAhead = 64;
const placesAtOnce = 200;

/** A walk through the log, page after page: puts together what the pages say. */
export class LogWalk {
  readonly findings: Finding[] = [];
  readonly lastWords = new Map<string, LastWord>();
  readonly refs = new Map<string, number>();
  /** Pseudonyms whose holders were erased. */
  readonly erasedRefs = new Set<string>();
  readonly #absent: AbsentValue[] = [];
  readonly #erasedValues = new Set<string>();
  readonly signing: SigningHistory;
  readonly from: number;
  readonly checkpoints: number;
  readonly #peaks: TreeNode[];
  readonly #upper: TreeNode[] = [];
  readonly #roots = new Map<number, Hash>();
  #next: number;
  #at = '';
  #whole: boolean;

  private constructor(from: number, peaks: readonly TreeNode[], whole: boolean, checkpoints: readonly StoredCheckpoint[]) {
    this.from = from;
    this.#next = from;
    this.#peaks = [...peaks];
    this.#whole = whole;
    this.checkpoints = checkpoints.length;
    this.signing = new SigningHistory(checkpoints, from);
  }

  /** Without a trail it has to begin at 0. */
  static async start(trail: AuditTrail | null, from: number, checkpoints: readonly StoredCheckpoint[]): Promise<LogWalk> {
    const places = peaksOf(from);
    const stored = from === 0 || trail === null ? [] : await trail.subtrees(places);
    const peaks = places.flatMap(({ level, i }) => stored.find((node) => node.level === level && node.i === i) ?? []);
    const walk = new LogWalk(from, peaks, peaks.length === places.length, checkpoints);
    if (!walk.#whole) walk.findings.push(missing(from, null, 'nodes of the tree over the entries before it are missing'));
    return walk;
  }

  get size(): number {
    return this.#next;
  }

  /** False once an entry is missing: nothing above the gap can be computed. */
  get whole(): boolean {
    return this.#whole;
  }

  get root(): string | null {
    return this.#whole ? Buffer.from(rootOf({ peaks: this.#peaks })).toString('hex') : null;
  }

  /** Takes pages up to `size` entries; the tree at the sizes asked for is kept. Helpers look at pages meanwhile, where there are any. */
  async through(
    size: number,
    sizes: readonly number[],
    examine: Examine,
    helpers: Helpers | null,
    progress: (done: number) => void,
  ): Promise<void> {
    const ahead: Slot[] = [];
    let asked = this.#next;
    const ask = (who: Examine): Promise<PageReport> => {
      const [from, until] = [asked, Math.min(asked + pageSize, size)];
      asked = until;
      return who(
        from,
        until,
        sizes.filter((one) => one >= from && one <= until),
      );
    };
    while (this.#next < size) {
      while (helpers !== null && asked < size && ahead.filter(({ report }) => report === null).length < helpers.atOnce) {
        ahead.push(slotOf(ask(helpers.page)));
      }
      if (asked < size && ahead.length < mostAhead) ahead.push({ report: await ask(examine), coming: null });
      else await ahead[0]?.coming;
      // A database that answers at once never lets this thread listen to the others.
      if (helpers !== null) await new Promise((resolve) => setImmediate(resolve));
      for (let first = ahead[0]; first?.report; first = ahead[0]) {
        this.#take(first.report);
        ahead.shift();
        progress(this.#next);
      }
    }
  }

  #take(page: PageReport): void {
    this.findings.push(...page.findings);
    if (page.firstAt !== '' && page.firstAt < this.#at) {
      this.findings.push(tampered(this.#next, null, 'it is dated before the entry ahead of it'));
    }
    if (page.lastAt !== '') this.#at = page.lastAt;
    for (const [object, word] of page.words) this.lastWords.set(object, word);
    for (const [ref, idx] of page.refs) if (!this.refs.has(ref)) this.refs.set(ref, idx);
    this.#absent.push(...page.absent);
    for (const { values, refs } of page.erasures) {
      for (const [idx, name] of values) this.#erasedValues.add(`${idx}/${name}`);
      for (const ref of refs) this.erasedRefs.add(ref);
    }
    for (const [size, peaks] of this.#whole ? page.marks : []) this.#roots.set(size, rootOf({ peaks: [...this.#peaks, ...peaks] }));
    this.signing.take(page.signing, (size) => this.#roots.get(size) ?? null);
    this.#whole &&= page.whole;
    if (this.#whole) this.#join(page.peaks);
    this.#next = page.end;
  }

  /** How many personal values are gone as an erasure says they are; what is gone without one is a finding. */
  redacted(): number {
    const isErased = ({ idx, name }: AbsentValue): boolean => this.#erasedValues.has(`${idx}/${name}`);
    for (const value of this.#absent) {
      if (!isErased(value)) this.findings.push(missing(value.idx, value.object, `its personal value "${value.name}" is missing`));
    }
    return this.#absent.filter(isErased).length;
  }

  #join(peaks: readonly TreeNode[]): void {
    for (const node of peaks) {
      if (node.level === pageLevel) this.#upper.push(...pushNode(this.#peaks, node));
      else this.#peaks.push(node);
    }
  }

  /** The stored subtrees of more than a page against those that the pages make up. */
  async compareUpperNodes(trail: AuditTrail | null): Promise<void> {
    if (trail === null) return;
    for (let at = 0; at < this.#upper.length; at += placesAtOnce) {
      const nodes = this.#upper.slice(at, at + placesAtOnce);
      const stored = await trail.subtrees(nodes);
      for (const node of nodes) {
        const [first, last] = [firstLeaf(node), firstLeaf(node) + 2 ** node.level - 1];
        const kept = stored.find(({ level, i }) => level === node.level && i === node.i);
        // One finding for a change: what lies above it can't fit either.
        const isKnown = this.findings.some(({ entry }) => entry !== null && entry >= first && entry <= last);
        if (kept === undefined) this.findings.push(missing(last, null, `node ${node.i} of level ${node.level} of the tree is missing`));
        else if (!sameHash(kept.hash, node.hash) && !isKnown) this.findings.push(tampered(first, null, unlike(first, last)));
      }
    }
  }

  /** The root over the first `size` entries, where it was asked for or, before this walk, as the stored tree has it; else null. */
  async rootAt(trail: AuditTrail | null, size: number): Promise<Hash | null> {
    if (size >= this.from || trail === null) return this.#roots.get(size) ?? null;
    const span = { from: 0, until: size };
    const nodes = await trail.subtrees(subtreesOf(span));
    const isThere = subtreesOf(span).every(({ level, i }) => nodes.some((node) => node.level === level && node.i === i));
    return isThere ? spanHash(span, (level, i) => nodes.find((node) => node.level === level && node.i === i)?.hash) : null;
  }
}
