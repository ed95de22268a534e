import type { PortRange } from './service.ts';

type Entry = {
  readonly from: number;
  readonly to: number;
  readonly item: number /** The greatest `to` of the part of the tree below. */;
  reach: number;
};

/** Port ranges of many items, to be asked which of them touch a range: an implicit balanced tree, sorted by first port. */
export class PortIndex {
  readonly #entries: Entry[];

  constructor(ranges: readonly { readonly range: PortRange; readonly item: number }[]) {
    this.#entries = ranges
      .map(({ range, item }) => ({ from: range.from, to: range.to, item, reach: range.to }))
      .sort((a, b) => a.from - b.from);
    this.#measure(0, this.#entries.length);
  }

  touching(range: PortRange): readonly number[] {
    const found: number[] = [];
    this.#visit(0, this.#entries.length, range, found);
    return found;
  }

  #measure(low: number, high: number): number {
    if (low >= high) return 0;
    const middle = (low + high) >> 1;
    const entry = this.#entries[middle];
    if (entry === undefined) return 0;
    entry.reach = Math.max(entry.to, this.#measure(low, middle), this.#measure(middle + 1, high));
    return entry.reach;
  }

  #visit(low: number, high: number, range: PortRange, found: number[]): void {
    if (low >= high) return;
    const middle = (low + high) >> 1;
    const entry = this.#entries[middle];
    if (entry === undefined || entry.reach < range.from) return;
    this.#visit(low, middle, range, found);
    if (entry.from > range.to) return;
    if (entry.to >= range.from) found.push(entry.item);
    this.#visit(middle + 1, high, range, found);
  }
}
