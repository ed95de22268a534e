import { FamilyIndex, type Packet } from '../src/domain/flow-index.ts';
import type { Box } from '../src/domain/flow-space.ts';
import { type Measure, type Measurement, rates, round } from './measurement.ts';
import { Random } from './random.ts';

const rounds = 15;
const packetCount = 2000;
const services = [22, 53, 80, 135, 389, 443, 444, 445, 636, 1433, 3268, 3389, 5060, 5061, 5062, 5067, 5070, 8057, 8080, 8443, 4443];

/** The index answers a packet in less than a microsecond: it is asked many times over in a round, the scan as often as a round allows. */
const repeats = 40;

/**
 * Is this five-tuple covered by any of so many blocks of prefixes and ports? The floor walks packed arrays of the same blocks from
 * the first to the first that holds the packet. Half of the packets are covered. Both must agree on every one.
 */
export const measure: Measure = async ({ full }) => {
  const sizes = full ? [1000, 10_000, 100_000] : [1000, 100_000];
  return sizes.flatMap(measureSize);
};

function measureSize(size: number): readonly Measurement[] {
  const random = new Random(size);
  const boxes = Array.from({ length: size }, () => randomBox(random));
  let start = performance.now();
  const index = new FamilyIndex('ipv4', boxes);
  const built = performance.now() - start;
  start = performance.now();
  const scan = packedScan(boxes);
  const packed = performance.now() - start;
  const packets = Array.from({ length: packetCount }, (_, at) =>
    at % 2 === 0 ? packetIn(random.pick(boxes), random) : strayPacket(random),
  );
  for (const packet of packets) {
    if (index.first(packet) >= 0 !== scan(packet) >= 0) throw new Error(`index and scan disagree on ${JSON.stringify(packet)}`);
  }
  const few = packets.slice(0, Math.max(20, Math.floor(2_000_000 / size)));
  const ours: number[] = [];
  const floors: number[] = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(timed(() => all(packets, (packet) => index.first(packet), repeats)) / repeats / packets.length);
    floors.push(timed(() => all(few, scan, 1)) / few.length);
  }
  const lookup = rates(`flow-${size}`, 1, ours, floors);
  return [
    { ...lookup, n: rounds * repeats * packets.length },
    { name: `flow-${size}-build`, value: round(built), unit: 'ms', floor: round(packed), ratio: round(packed / built), n: 1 },
  ];
}

/** Servers, their networks, whole sites, and now and then a wide block; one service, or a range of ports. */
function randomBox(random: Random): Box {
  const port = random.chance(0.9) ? random.pick(services) : 49152 + random.below(10_000);
  const last = random.chance(0.85) ? port : Math.min(65535, port + random.below(2000));
  return {
    family: 'ipv4',
    transport: random.chance(0.85) ? 'tcp' : 'udp',
    source: randomPrefix(random),
    destination: randomPrefix(random),
    ports: { low: BigInt(port), high: BigInt(last) },
  };
}

/** One entry for each half per cent: hosts, small networks, whole sites, now and then more. */
const lengths = [
  { length: 32, times: 100 },
  { length: 28, times: 40 },
  { length: 24, times: 44 },
  { length: 20, times: 12 },
  { length: 16, times: 3 },
  { length: 8, times: 1 },
].flatMap(({ length, times }) => Array.from({ length: times }, () => length));

/** In 10.0.0.0/8, 200 sites of a /16 each. */
function randomPrefix(random: Random): Box['source'] {
  const address = (10n << 24n) | (BigInt(random.below(200)) << 16n) | (BigInt(random.below(64)) << 8n) | BigInt(random.below(256));
  const host = BigInt(32 - random.pick(lengths));
  const low = (address >> host) << host;
  return { low, high: low + (1n << host) - 1n };
}

function packetIn({ transport, source, destination, ports }: Box, random: Random): Packet {
  const inside = ({ low, high }: Box['source']) => Number(low) + random.below(Number(high - low) + 1);
  return { transport, source: inside(source), destination: inside(destination), port: inside(ports) };
}

function strayPacket(random: Random): Packet {
  const host = () => Number(randomPrefix(random).low) + random.below(16);
  return { transport: random.chance(0.85) ? 'tcp' : 'udp', source: host(), destination: host(), port: random.pick(services) };
}

/** Lows and widths, so that one comparison without a sign tells whether a number lies inside. */
function packedScan(boxes: readonly Box[]): (packet: Packet) => number {
  const lows = (of: (box: Box) => Box['ports']) => Uint32Array.from(boxes, (box) => Number(of(box).low));
  const spans = (of: (box: Box) => Box['ports']) => Uint32Array.from(boxes, (box) => Number(of(box).high - of(box).low));
  const [sources, sourceSpans] = [lows(({ source }) => source), spans(({ source }) => source)];
  const [destinations, destinationSpans] = [lows(({ destination }) => destination), spans(({ destination }) => destination)];
  const [ports, portSpans] = [lows((box) => box.ports), spans((box) => box.ports)];
  const protocols = Uint8Array.from(boxes, ({ transport }) => (transport === 'tcp' ? 6 : 17));
  return ({ transport, source, destination, port }) => {
    const protocol = transport === 'tcp' ? 6 : 17;
    const from = Number(source);
    const to = Number(destination);
    for (let at = 0; at < protocols.length; at++) {
      if ((from - (sources[at] ?? 0)) >>> 0 > (sourceSpans[at] ?? 0)) continue;
      if ((to - (destinations[at] ?? 0)) >>> 0 > (destinationSpans[at] ?? 0)) continue;
      if ((port - (ports[at] ?? 0)) >>> 0 > (portSpans[at] ?? 0) || protocol !== protocols[at]) continue;
      return at;
    }
    return -1;
  };
}

function all(packets: readonly Packet[], find: (packet: Packet) => number, times: number): number {
  let found = 0;
  for (let time = 0; time < times; time++) for (const packet of packets) if (find(packet) >= 0) found++;
  return found;
}

/** Milliseconds; what was found is looked at, so that the work can't be left out. */
function timed(work: () => number): number {
  const start = performance.now();
  if (work() <= 0) throw new Error('nothing was found');
  return performance.now() - start;
}
