import type { ItemLists } from './postings.ts';
import type { PortRange } from './service.ts';

/** Port ranges of many items, to be asked which of them touch a range: an implicit balanced tree in flat arrays, sorted by first port. */
export class PortIndex {
  readonly #from: Uint16Array;
  readonly #to: Uint16Array;
  /** The greatest `to` of the part of the tree below. */
  readonly #reach: Uint16Array;
  readonly #items: Int32Array;
  /** Items without any port, which their document does not print. */
  readonly #unprinted: Int32Array;

  constructor(ports: readonly (readonly PortRange[])[]) {
    const unprinted: number[] = [];
    const ranges: { readonly range: PortRange; readonly item: number }[] = [];
    ports.forEach((list, item) => {
      if (list.length === 0) unprinted.push(item);
      for (const range of list) ranges.push({ range, item });
    });
    ranges.sort((a, b) => a.range.from - b.range.from);
    this.#from = Uint16Array.from(ranges, ({ range }) => range.from);
    this.#to = Uint16Array.from(ranges, ({ range }) => range.to);
    this.#items = Int32Array.from(ranges, ({ item }) => item);
    this.#reach = new Uint16Array(ranges.length);
    this.#unprinted = Int32Array.from(unprinted);
    this.#measure(0, ranges.length);
  }

  /** Items with a port in one of the ranges, and those without any; an item may come more than once. */
  touching(ranges: readonly PortRange[]): ItemLists {
    const found: number[] = [];
    for (const range of ranges) this.#visit(0, this.#items.length, range, found);
    return [Int32Array.from(found), this.#unprinted];
  }

  #measure(low: number, high: number): number {
    if (low >= high) return 0;
    const middle = (low + high) >> 1;
    const reach = Math.max(this.#to[middle] ?? 0, this.#measure(low, middle), this.#measure(middle + 1, high));
    this.#reach[middle] = reach;
    return reach;
  }

  #visit(low: number, high: number, range: PortRange, found: number[]): void {
    if (low >= high) return;
    const middle = (low + high) >> 1;
    if ((this.#reach[middle] ?? 0) < range.from) return;
    this.#visit(low, middle, range, found);
    if ((this.#from[middle] ?? 0) > range.to) return;
    if ((this.#to[middle] ?? 0) >= range.from) found.push(this.#items[middle] ?? 0);
    this.#visit(middle + 1, high, range, found);
  }
}
