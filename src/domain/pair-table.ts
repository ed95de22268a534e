/** Numbers pairs of numbers: open addressing in flat arrays, as full as a half. */
export class PairTable {
  readonly #mask: number;
  readonly #width: number;
  readonly #keys: Float64Array;
  readonly #values: Int32Array;

  /** `width`: one more than the greatest second number. Pairs are numbered in their order. */
  constructor(pairs: readonly { readonly source: number; readonly destination: number }[], width: number) {
    let size = 16;
    while (size < pairs.length * 2) size *= 2;
    this.#mask = size - 1;
    this.#width = width;
    this.#keys = new Float64Array(size).fill(-1);
    this.#values = new Int32Array(size);
    pairs.forEach(({ source, destination }, pair) => {
      let slot = hash(source, destination) & this.#mask;
      while (this.#keys[slot] !== -1) slot = (slot + 1) & this.#mask;
      this.#keys[slot] = source * width + destination;
      this.#values[slot] = pair;
    });
  }

  /** The pair's number, -1 for one that was not given. */
  at(source: number, destination: number): number {
    const key = source * this.#width + destination;
    let slot = hash(source, destination) & this.#mask;
    for (;;) {
      const known = this.#keys[slot];
      if (known === key) return this.#values[slot] ?? -1;
      if (known === -1) return -1;
      slot = (slot + 1) & this.#mask;
    }
  }
}

function hash(source: number, destination: number): number {
  const mixed = Math.imul(source, 0x9e3779b1) ^ Math.imul(destination, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}
