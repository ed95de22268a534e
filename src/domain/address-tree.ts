import type { Family, Interval } from './address.ts';

type Prefix = { readonly low: bigint; readonly high: bigint };

const widths: Readonly<Record<Family, bigint>> = { ipv4: 32n, ipv6: 128n };

/**
 * The smallest prefixes around many intervals, each knowing the next larger one around it. Prefixes lie inside each other or
 * apart, so that an address has one smallest prefix, and all that hold it follow from there.
 */
export class AddressTree {
  /** Of each node the node around it, -1 at the top. */
  readonly parents: Int32Array;
  readonly #family: Family;
  readonly #nodes: readonly Prefix[];
  readonly #byPrefix: ReadonlyMap<string, number>;
  /** Where the smallest prefix changes, in order, and to which. */
  readonly #starts: Uint32Array | readonly bigint[];
  readonly #owners: Int32Array;
  /** For IPv4: how many starts lie below each block of 65,536 addresses. */
  readonly #blocks: Int32Array;

  constructor(family: Family, intervals: Iterable<Interval>) {
    this.#family = family;
    const byPrefix = new Map<string, Prefix>();
    for (const interval of intervals) {
      const prefix = enclosing(interval);
      byPrefix.set(keyOf(prefix), prefix);
    }
    this.#nodes = [...byPrefix.values()].sort((a, b) => (a.low === b.low ? order(b.high, a.high) : order(a.low, b.low)));
    this.#byPrefix = new Map(this.#nodes.map((prefix, node) => [keyOf(prefix), node]));
    this.parents = new Int32Array(this.#nodes.length).fill(-1);
    const { starts, owners } = this.#sweep();
    this.#owners = Int32Array.from(owners);
    const packed = Uint32Array.from(family === 'ipv4' ? starts : [], Number);
    this.#starts = family === 'ipv4' ? packed : starts;
    this.#blocks = family === 'ipv4' ? blocksOf(packed) : new Int32Array(0);
  }

  get size(): number {
    return this.#nodes.length;
  }

  /** The node of an interval the tree was made of. */
  nodeOf(interval: Interval): number {
    return this.#byPrefix.get(keyOf(enclosing(interval))) ?? -1;
  }

  /** Whether the interval is all of the node's prefix. */
  isExact(node: number, { low, high }: { readonly low: bigint; readonly high: bigint }): boolean {
    const prefix = this.#nodes[node];
    return prefix?.low === low && prefix.high === high;
  }

  /** The smallest prefix that holds the address; -1 where none does. IPv4 addresses are numbers, IPv6 ones bigints. */
  smallest(address: number | bigint): number {
    const at = typeof address === 'number' ? this.#inIpv4(address) : this.#lastStart(address);
    return at < 0 ? -1 : (this.#owners[at] ?? -1);
  }

  /** Every node that shares an address with the interval. */
  touching({ low, high }: Interval): readonly number[] {
    const found: number[] = [];
    const first = this.#family === 'ipv4' ? Number(low) : low;
    for (let node = this.smallest(first); node >= 0; node = this.parents[node] ?? -1) found.push(node);
    for (let node = this.#firstAfter(low); node < this.#nodes.length && (this.#nodes[node]?.low ?? high + 1n) <= high; node++)
      found.push(node);
    return found;
  }

  /** Walks the nodes from left to right with the open ones on a stack. */
  #sweep(): { readonly starts: readonly bigint[]; readonly owners: readonly number[] } {
    const starts: bigint[] = [];
    const owners: number[] = [];
    const open: number[] = [];
    const last = (1n << widths[this.#family]) - 1n;
    const begin = (at: bigint, owner: number) => {
      if (at > last) return;
      if (starts.at(-1) === at) owners[owners.length - 1] = owner;
      else {
        starts.push(at);
        owners.push(owner);
      }
    };
    const closeBefore = (at: bigint) => {
      for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
        const { high } = this.#nodes[top] ?? { high: last };
        if (high >= at) return;
        open.pop();
        begin(high + 1n, open.at(-1) ?? -1);
      }
    };
    this.#nodes.forEach(({ low }, node) => {
      closeBefore(low);
      this.parents[node] = open.at(-1) ?? -1;
      begin(low, node);
      open.push(node);
    });
    closeBefore(last + 1n);
    return { starts, owners };
  }

  #inIpv4(address: number): number {
    const block = address >>> 16;
    let low = this.#blocks[block] ?? 0;
    let high = this.#blocks[block + 1] ?? this.#starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= address) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  #lastStart(address: bigint): number {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0n) <= address) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  #firstAfter(address: bigint): number {
    let low = 0;
    let high = this.#nodes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#nodes[middle]?.low ?? 0n) <= address) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The smallest prefix around an interval. */
function enclosing({ low, high }: Interval): Prefix {
  if (low === high) return { low, high };
  const differing = low ^ high;
  const shift = differing < 0x1_0000_0000n ? BigInt(32 - Math.clz32(Number(differing))) : BigInt(differing.toString(2).length);
  const start = (low >> shift) << shift;
  return { low: start, high: start + (1n << shift) - 1n };
}

const keyOf = ({ low, high }: Prefix): string => `${low}-${high}`;
const order = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

function blocksOf(starts: Uint32Array): Int32Array {
  const blocks = new Int32Array(65537).fill(starts.length);
  let at = 0;
  for (let block = 0; block < 65537; block++) {
    while (at < starts.length && (starts[at] ?? 0) < block * 65536) at++;
    blocks[block] = at;
  }
  return blocks;
}
