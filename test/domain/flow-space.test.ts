import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Flow } from '../../src/domain/flow.ts';
import { type Box, covers, flowBoxes, flowsBoxes, intersect, intersects, subtract } from '../../src/domain/flow-space.ts';

const most = 4n;

const span = fc
  .tuple(fc.bigInt({ min: 0n, max: most }), fc.bigInt({ min: 0n, max: most }))
  .map(([a, b]) => (a <= b ? { low: a, high: b } : { low: b, high: a }));
const box = fc.record<Box>({
  family: fc.constantFrom('ipv4', 'ipv6'),
  transport: fc.constantFrom('tcp', 'udp'),
  source: span,
  destination: span,
  ports: span,
});
const boxes = fc.array(box, { maxLength: 4 });

/** Every single packet of a small world that the boxes have, as a text each. */
function packets(all: readonly Box[]): readonly string[] {
  return all.flatMap(({ family, transport, source, destination, ports }) =>
    numbers(source).flatMap((from) =>
      numbers(destination).flatMap((to) => numbers(ports).map((port) => `${family} ${transport} ${from} ${to} ${port}`)),
    ),
  );
}

function numbers({ low, high }: Box['source']): readonly bigint[] {
  return Array.from({ length: Number(high - low) + 1 }, (_, index) => low + BigInt(index));
}

describe('reckoning with flows as boxes agrees with counting packets', () => {
  test('what remains after subtracting is exactly what the others lack, in pieces that do not overlap', () => {
    fc.assert(
      fc.property(box, boxes, (whole, cuts) => {
        const gone = new Set(packets(cuts));
        const left = packets(subtract([whole], cuts));
        expect([...left].sort()).toEqual(
          packets([whole])
            .filter((packet) => !gone.has(packet))
            .sort(),
        );
        expect(new Set(left).size).toBe(left.length);
      }),
    );
  });

  test('a union covers what is in any of its boxes', () => {
    fc.assert(
      fc.property(boxes, boxes, (have, wanted) => {
        const open = new Set(packets(have));
        expect(covers(have, wanted)).toBe(packets(wanted).every((packet) => open.has(packet)));
      }),
    );
  });

  test('two sets intersect when they share a packet, and their intersection has just those', () => {
    fc.assert(
      fc.property(boxes, boxes, (some, others) => {
        const theirs = new Set(packets(others));
        const shared = new Set(packets(some).filter((packet) => theirs.has(packet)));
        expect(intersects(some, others)).toBe(shared.size > 0);
        expect(new Set(packets(intersect(some, others)))).toEqual(shared);
      }),
    );
  });
});

const flow = (source: string, destination: string, from: number, to = from): Flow => ({
  source: [{ kind: source.includes('/') ? 'prefix' : 'address', value: source }],
  destination: [{ kind: 'address', value: destination }],
  transport: 'tcp',
  ports: [{ from, to }],
  origin: null,
});

function boxesOf(...flows: readonly Flow[]): readonly Box[] {
  const space = flowsBoxes(flows);
  return space.kind === 'boxes' ? space.boxes : [];
}

describe('flows', () => {
  test('two rules that only together cover a flow do cover it', () => {
    const wanted = boxesOf(flow('192.0.2.0/24', '198.51.100.20', 5060, 5061));
    const halves = boxesOf(flow('192.0.2.0/25', '198.51.100.20', 5060, 5061), flow('192.0.2.128/25', '198.51.100.20', 1, 65535));
    expect(covers(halves, wanted)).toBe(true);
    expect(covers(halves.slice(0, 1), wanted)).toBe(false);
  });

  test('any covers an address of either family, and one family never the other', () => {
    const any: Flow = { ...flow('192.0.2.1', '198.51.100.20', 443), source: [{ kind: 'any' }], destination: [{ kind: 'any' }] };
    expect(covers(boxesOf(any), boxesOf(flow('192.0.2.1', '198.51.100.20', 443), flow('2001:db8::1', '2001:db8::2', 443)))).toBe(true);
    expect(boxesOf(flow('192.0.2.1', '2001:db8::2', 443))).toEqual([]);
  });

  test('TCP is not UDP', () => {
    const tcp = flow('192.0.2.1', '198.51.100.20', 53);
    expect(intersects(boxesOf(tcp), boxesOf({ ...tcp, transport: 'udp' }))).toBe(false);
  });

  test('a name nobody resolved, or a missing port, makes a flow not assessable', () => {
    const named: Flow = { ...flow('192.0.2.1', '198.51.100.20', 443), destination: [{ kind: 'name', value: 'sip.example.com' }] };
    expect(flowBoxes(named)).toEqual({ kind: 'not-assessable', unresolved: ['sip.example.com'] });
    expect(flowsBoxes([flow('192.0.2.1', '198.51.100.20', 443), named])).toMatchObject({ kind: 'not-assessable' });
    expect(flowBoxes({ ...named, destination: named.source, ports: [] })).toMatchObject({ kind: 'not-assessable' });
  });

  test('ICMP needs no port, and ICMPv6 goes over IPv6 alone', () => {
    const ping: Flow = { ...flow('192.0.2.1', '198.51.100.20', 1), transport: 'icmp', ports: [] };
    expect(boxesOf(ping)).toHaveLength(1);
    expect(boxesOf({ ...ping, transport: 'icmpv6' })).toEqual([]);
  });
});
