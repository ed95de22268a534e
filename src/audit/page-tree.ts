import { hash } from 'node:crypto';
import { type Hash, hashBytes, type Span, subtreesOf, type TreeNode } from './tree.ts';

const pair = Buffer.alloc(1 + 2 * hashBytes);
pair[0] = 1;

/** The subtrees over leaves next to each other, the first at a multiple of the next power of two. Hashes are hex here: half the work of bytes, and compared as one text. */
export class PageTree {
  readonly #from: number;
  readonly #levels: string[][];

  constructor(from: number, leaves: readonly string[]) {
    this.#from = from;
    this.#levels = [[...leaves]];
    for (let below = this.#levels[0] ?? []; below.length > 1; ) {
      const above: string[] = [];
      for (let k = 0; k + 1 < below.length; k += 2) {
        pair.write(below[k] ?? '', 1, 'hex');
        pair.write(below[k + 1] ?? '', 1 + hashBytes, 'hex');
        above.push(hash('sha256', pair, 'hex'));
      }
      this.#levels.push(above);
      below = above;
    }
  }

  get levels(): number {
    return this.#levels.length;
  }

  /** The complete subtrees of a level as one text: in hex, apart by blanks. */
  text(level: number): string {
    return (this.#levels[level] ?? []).join(' ');
  }

  /** The complete subtrees of a level. */
  nodes(level: number): readonly TreeNode[] {
    const first = this.#from / 2 ** level;
    return (this.#levels[level] ?? []).map((_, k) => ({ level, i: first + k, hash: this.#at(level, first + k) }));
  }

  /** The subtrees that a span from the first leaf on is made of. */
  peaks({ until }: Pick<Span, 'until'>): readonly TreeNode[] {
    return subtreesOf({ from: this.#from, until }).map(({ level, i }) => ({ level, i, hash: this.#at(level, i) }));
  }

  #at(level: number, i: number): Hash {
    return Buffer.from(this.#levels[level]?.[i - this.#from / 2 ** level] ?? '', 'hex');
  }
}
