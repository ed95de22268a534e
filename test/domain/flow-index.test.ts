import fc from 'fast-check';
import { expect, test } from 'vitest';
import { endpointIntervals } from '../../src/domain/address.ts';
import { AddressTree } from '../../src/domain/address-tree.ts';
import { FamilyIndex } from '../../src/domain/flow-index.ts';
import { type Box, intersects } from '../../src/domain/flow-space.ts';

/** Few addresses at the edges of the space, so that blocks meet, nest and touch often. */
const families = {
  ipv4: { width: 32n, bases: [0n, 0x0a000000n, 0xffffff00n] },
  ipv6: { width: 128n, bases: [0n, 1n << 125n, (1n << 128n) - 256n] },
};
const interval = (bases: readonly bigint[]) =>
  fc
    .tuple(fc.constantFrom(...bases), fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 255 }))
    .map(([base, one, other]) => ({ low: base + BigInt(Math.min(one, other)), high: base + BigInt(Math.max(one, other)) }));
const anything = (width: bigint) => fc.constant({ low: 0n, high: (1n << width) - 1n });
const boxOf = (family: 'ipv4' | 'ipv6'): fc.Arbitrary<Box> => {
  const { width, bases } = families[family];
  const end = fc.oneof({ weight: 9, arbitrary: interval(bases) }, { weight: 1, arbitrary: anything(width) });
  const ports = fc
    .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 3 }))
    .map(([from, more]) => ({ low: BigInt(from), high: BigInt(from + more) }));
  return fc.record({ family: fc.constant(family), transport: fc.constantFrom('tcp', 'udp'), source: end, destination: end, ports });
};

test.each(['ipv4', 'ipv6'] as const)(
  'the blocks of %s that a box meets, and whether a packet is in one, are those that a look at each finds',
  (family) => {
    const cases = fc.tuple(fc.array(boxOf(family), { maxLength: 40 }), boxOf(family));
    fc.assert(
      fc.property(cases, ([boxes, asked]) => {
        const index = new FamilyIndex(family, boxes);
        expect(index.touching(asked)).toEqual(boxes.flatMap((box, at) => (intersects([box], [asked]) ? [at] : [])));
        const point = { ...asked, source: one(asked.source), destination: one(asked.destination), ports: one(asked.ports) };
        const number = (value: bigint) => (family === 'ipv4' ? Number(value) : value);
        const { low: port } = point.ports;
        const packet = {
          transport: asked.transport,
          source: number(point.source.low),
          destination: number(point.destination.low),
          port: Number(port),
        };
        const first = index.first(packet);
        const holding = boxes.flatMap((box, at) => (intersects([box], [point]) ? [at] : []));
        expect(holding.length === 0 ? first === -1 : holding.includes(first)).toBe(true);
      }),
      { numRuns: 400 },
    );
  },
);

const one = ({ high }: { readonly high: bigint }) => ({ low: high, high });

test('an address has the smallest of the prefixes around it', () => {
  const prefixes = ['0.0.0.0/0', '10.0.0.0/8', '10.1.0.0/16', '10.1.2.3', '255.255.255.255'];
  const intervals = prefixes.flatMap((value) => endpointIntervals({ kind: value.includes('/') ? 'prefix' : 'address', value }) ?? []);
  const tree = new AddressTree('ipv4', intervals);
  const smallest = (address: number) => intervals.findIndex((prefix) => tree.nodeOf(prefix) === tree.smallest(address));
  expect([0, 0x0a000001, 0x0a010000, 0x0a010203, 0x0a010204, 0x0b000000, 0xffffffff].map(smallest)).toEqual([0, 1, 2, 3, 2, 0, 4]);
});
