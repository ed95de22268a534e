import type { Family, Interval } from './address.ts';
import { AddressTree } from './address-tree.ts';
import type { Box } from './flow-space.ts';
import { PairTable } from './pair-table.ts';
import { type Transport, transports } from './service.ts';

/** One packet's worth of a flow. IPv4 addresses are numbers, IPv6 ones bigints. */
export type Packet = {
  readonly transport: Transport;
  readonly source: number | bigint;
  readonly destination: number | bigint;
  readonly port: number;
};

/**
 * Blocks of traffic of one family, to be asked which of them hold a packet. Each block is kept under the pair of its
 * source's and its destination's prefix; a packet meets the few pairs of the prefixes around its two addresses.
 */
export class FamilyIndex {
  readonly #sources: AddressTree;
  readonly #destinations: AddressTree;
  readonly #pairs: PairTable;
  readonly #boxes: readonly Box[];
  /** The items of the blocks, in the order in which pairs point to them: those of a pair by transport and first port. */
  readonly #order: Int32Array;
  readonly #transports: Uint8Array;
  readonly #from: Uint16Array;
  readonly #to: Uint16Array;
  /** 1 where both ends are just the prefixes of the pair, so that there is no address to be compared. */
  readonly #exact: Uint8Array;
  /** Of each source node, where its pairs begin. */
  readonly #bySource: Int32Array;
  readonly #pairDestinations: Int32Array;
  readonly #pairStarts: Int32Array;

  constructor(family: Family, boxes: readonly Box[]) {
    this.#boxes = boxes;
    const interval = ({ low, high }: Box['source']): Interval => ({ family, low, high });
    this.#sources = new AddressTree(
      family,
      boxes.map(({ source }) => interval(source)),
    );
    this.#destinations = new AddressTree(
      family,
      boxes.map(({ destination }) => interval(destination)),
    );
    const placed = boxes.map((box, item) => ({
      item,
      source: this.#sources.nodeOf(interval(box.source)),
      destination: this.#destinations.nodeOf(interval(box.destination)),
      transport: transports.indexOf(box.transport),
      from: Number(box.ports.low),
      to: Number(box.ports.high),
    }));
    placed.sort((a, b) => a.source - b.source || a.destination - b.destination || a.transport - b.transport || a.from - b.from);
    this.#order = Int32Array.from(placed, ({ item }) => item);
    this.#transports = Uint8Array.from(placed, ({ transport }) => transport);
    this.#from = Uint16Array.from(placed, ({ from }) => from);
    this.#to = Uint16Array.from(placed, ({ to }) => to);
    this.#exact = Uint8Array.from(placed, ({ item, source, destination }) => {
      const box = boxes[item];
      return box && this.#sources.isExact(source, box.source) && this.#destinations.isExact(destination, box.destination) ? 1 : 0;
    });
    const pairs: { readonly source: number; readonly destination: number; readonly start: number }[] = [];
    placed.forEach(({ source, destination }, start) => {
      const last = pairs.at(-1);
      if (last?.source !== source || last.destination !== destination) pairs.push({ source, destination, start });
    });
    this.#pairs = new PairTable(pairs, this.#destinations.size);
    this.#pairStarts = Int32Array.from([...pairs.map(({ start }) => start), placed.length]);
    this.#pairDestinations = Int32Array.from(pairs, ({ destination }) => destination);
    this.#bySource = new Int32Array(this.#sources.size + 1).fill(pairs.length);
    pairs.forEach(({ source }, pair) => {
      if ((this.#bySource[source] ?? 0) > pair) this.#bySource[source] = pair;
    });
    for (let node = this.#sources.size - 1; node >= 0; node--) {
      this.#bySource[node] = Math.min(this.#bySource[node] ?? 0, this.#bySource[node + 1] ?? 0);
    }
  }

  /** A block that holds the packet, by its place among the blocks given; -1 where none does. */
  first(packet: Packet): number {
    const transport = transports.indexOf(packet.transport);
    const smallest = this.#destinations.smallest(packet.destination);
    const { parents } = this.#destinations;
    for (let source = this.#sources.smallest(packet.source); source >= 0; source = this.#sources.parents[source] ?? -1) {
      for (let destination = smallest; destination >= 0; destination = parents[destination] ?? -1) {
        const pair = this.#pairs.at(source, destination);
        if (pair < 0) continue;
        const found = this.#within(pair, transport, packet);
        if (found >= 0) return found;
      }
    }
    return -1;
  }

  #within(pair: number, transport: number, packet: Packet): number {
    const end = this.#pairStarts[pair + 1] ?? 0;
    for (let at = this.#pairStarts[pair] ?? 0; at < end; at++) {
      if (this.#transports[at] !== transport) continue;
      if ((this.#from[at] ?? 0) > packet.port) break;
      if ((this.#to[at] ?? 0) < packet.port) continue;
      const item = this.#order[at] ?? -1;
      if (this.#exact[at] === 1 || holds(this.#boxes[item], packet)) return item;
    }
    return -1;
  }

  /** Every block that shares traffic with `box`, by its place among the blocks given. */
  touching(box: Box): readonly number[] {
    const { family } = box;
    const destinations = new Set(this.#destinations.touching({ family, ...box.destination }));
    const found: number[] = [];
    for (const source of this.#sources.touching({ family, ...box.source })) {
      for (let pair = this.#bySource[source] ?? 0; pair < (this.#bySource[source + 1] ?? 0); pair++) {
        if (!destinations.has(this.#pairDestinations[pair] ?? -1)) continue;
        for (let at = this.#pairStarts[pair] ?? 0; at < (this.#pairStarts[pair + 1] ?? 0); at++) {
          const item = this.#order[at] ?? -1;
          const other = this.#boxes[item];
          if (other && shares(other, box)) found.push(item);
        }
      }
    }
    return found.sort((a, b) => a - b);
  }
}

function holds(box: Box | undefined, { source, destination }: Packet): boolean {
  if (box === undefined) return false;
  return box.source.low <= source && source <= box.source.high && box.destination.low <= destination && destination <= box.destination.high;
}

function shares(a: Box, b: Box): boolean {
  const meets = (one: Box['ports'], other: Box['ports']) => one.low <= other.high && other.low <= one.high;
  return a.transport === b.transport && meets(a.source, b.source) && meets(a.destination, b.destination) && meets(a.ports, b.ports);
}
