import { type ReadCheckpoint, readCheckpoint, signsFor } from './checkpoint.ts';
import { keyType } from './entry.ts';
import { parseVkey, signersOf, type Verifier } from './note.ts';
import type { SigningEntry } from './page.ts';
import type { StoredCheckpoint } from './trail.ts';
import { type Hash, sameHash } from './tree.ts';
import { type Finding, missing, tampered } from './verdict.ts';

/**
 * Follows keys and checkpoints through the log. Each checkpoint has an entry as its last, which names its key; a key that
 * takes another's place is named in an entry before, and the next checkpoint is signed by both.
 */
export class SigningHistory {
  readonly findings: Finding[] = [];
  readonly #stored: Map<number, string>;
  readonly #keys = new Map<string, Verifier>();
  /** Undefined until the first is met: a look at the log's end alone does not see where its key was named. */
  #key: string | null | undefined;
  #replaced: string | null = null;
  #last: number | undefined;
  #isOther = false;

  /** `from` is the first entry that will be seen. */
  constructor(checkpoints: readonly StoredCheckpoint[], from: number) {
    this.#stored = new Map(checkpoints.filter(({ size }) => size > from || size < 0).map(({ size, note }) => [size, note]));
    if (from > 0) return;
    this.#key = null;
    this.#last = 0;
  }

  /** The keys that sign for this log, the one in force last. */
  get keys(): readonly Verifier[] {
    return [...this.#keys.values()];
  }

  /** How far the log is known to be what was signed. */
  get signed(): number {
    return this.#last ?? 0;
  }

  /** The entries of a page in order. `rootAt` gives the root over so many entries as they are; null where it can't be computed. */
  take(entries: readonly SigningEntry[], rootAt: (size: number) => Hash | null): void {
    for (const entry of entries) {
      if (entry.type === keyType) this.#takeKey(entry);
      else this.#takeCheckpoint(entry, rootAt(entry.idx + 1));
    }
  }

  /** What is left when the log, of `size` entries, has been gone through. */
  end(size: number): void {
    for (const left of this.#stored.keys()) {
      if (left > size) this.findings.push(missing(size, null, `a checkpoint covers ${left} entries`));
      else this.findings.push(tampered(null, null, `there is a checkpoint over ${left} entries that the log knows nothing of`));
    }
  }

  #takeKey({ idx, before, after }: SigningEntry): void {
    const former = named(before, 'key');
    if (this.#key !== undefined && former !== this.#key) {
      this.findings.push(tampered(idx, null, 'it replaces a signing key that was not in force'));
    }
    this.#replaced = former;
    this.#key = named(after, 'key');
    this.#remember(this.#key);
    this.#remember(former);
  }

  #takeCheckpoint({ idx, after }: SigningEntry, root: Hash | null): void {
    const size = idx + 1;
    const key = named(after, 'key');
    if (this.#key === undefined) this.#remember(key);
    else if (key !== this.#key) this.findings.push(tampered(idx, null, 'its checkpoint is signed with a key that was not in force'));
    this.#key = key;
    const previous = typeof after === 'object' && after !== null && 'previous' in after ? after.previous : undefined;
    if (this.#last !== undefined && previous !== this.#last) {
      this.findings.push(tampered(idx, null, `the checkpoint before it is not the one over ${String(previous)} entries`));
    }
    const note = this.#stored.get(size);
    this.#stored.delete(size);
    if (note === undefined) this.findings.push(missing(idx, null, `the checkpoint over ${size} entries is missing`));
    else {
      const wrong = this.#compare(size, note, root);
      if (wrong !== null) this.findings.push(tampered(idx, null, `the checkpoint over ${size} entries ${wrong}`));
    }
    this.#last = size;
    this.#replaced = null;
  }

  /** What is wrong with it, or null. */
  #compare(size: number, text: string, root: Hash | null): string | null {
    const read = readCheckpoint(text);
    if (read === null || read.size !== size) return 'cannot be read, or is over another number of them';
    const needed = [this.#key, this.#replaced].filter((key) => key !== null && key !== undefined);
    const known = needed.map((key) => this.#keys.get(key)).filter((key) => key !== undefined && signsFor(read.origin, key));
    if (known.length !== needed.length || needed.length === 0) return 'is signed for another log';
    const keys = known.filter((key) => key !== undefined);
    const signed = signersOf(read.note, keys);
    if (signed === null || keys.some(({ id }) => !signed.some((one) => one.id === id))) return 'is not signed as it must be';
    if (root === null || this.#isOther || sameHash(read.root, root)) return null;
    // Every later one differs as well.
    this.#isOther = true;
    return `was signed over others: something in entries ${this.signed} to ${size - 1} was changed, added or taken out`;
  }

  #remember(key: string | null): void {
    const verifier = key === null ? null : parseVkey(key);
    if (key !== null && verifier !== null) {
      this.#keys.delete(key);
      this.#keys.set(key, verifier);
    }
  }
}

/** What a checkpoint from outside says about the log; `root` is the log's own at its size, null where it can't be computed. */
export function compareOutside(outside: ReadCheckpoint, keys: readonly Verifier[], size: number, root: Hash | null): readonly Finding[] {
  const name = `the outside checkpoint over ${outside.size} entries`;
  const known = keys.filter((key) => signsFor(outside.origin, key));
  if (known.length === 0) return [tampered(null, null, `${name} is of the log ${outside.origin}, which this is not`)];
  if (!signersOf(outside.note, known)?.length) return [tampered(null, null, `${name} is signed with none of the log's keys`)];
  if (outside.size > size) return [{ kind: 'older', entry: size, object: null, what: `${name} is later than this log` }];
  if (root !== null && !sameHash(root, outside.root)) return [tampered(null, null, `${name} was signed over other entries`)];
  return [];
}

function named(value: unknown, name: string): string | null {
  const found: unknown = typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : null;
  return typeof found === 'string' ? found : null;
}
