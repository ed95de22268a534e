import { describe, expect, test } from 'vitest';
import { endpointIntervals, formatEndpoint, parseEndpoint } from '../../src/domain/address.ts';

function read(text: string): string {
  const parsed = parseEndpoint(text);
  return parsed.ok ? `${parsed.endpoint.kind} ${formatEndpoint(parsed.endpoint)}` : parsed.problem.kind;
}

describe('an end of a flow as typed', () => {
  test.each([
    ['192.0.2.10', 'address 192.0.2.10'],
    [' 192.0.2.10 ', 'address 192.0.2.10'],
    ['192.0.2.10/32', 'address 192.0.2.10'],
    ['192.0.2.0/24', 'prefix 192.0.2.0/24'],
    ['192.0.2.0/255.255.255.0', 'prefix 192.0.2.0/24'],
    ['0.0.0.0/0', 'prefix 0.0.0.0/0'],
    ['192.0.2.10-192.0.2.20', 'range 192.0.2.10-192.0.2.20'],
    ['192.0.2.10 - 192.0.2.10', 'address 192.0.2.10'],
    ['2001:DB8:0:0::1', 'address 2001:db8::1'],
    ['2001:db8::/32', 'prefix 2001:db8::/32'],
    ['2001:db8::1/128', 'address 2001:db8::1'],
    ['2001:db8::1-2001:db8::f', 'range 2001:db8::1-2001:db8::f'],
    ['Edge01.Example.COM', 'name edge01.example.com'],
    ['any', 'any any'],
  ])('%s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test.each([
    ['', 'not-an-address'],
    ['10.1.2', 'not-an-address'],
    ['10.1.2.256', 'not-an-address'],
    ['010.1.2.3', 'not-an-address'],
    ['0x7f.0.0.1', 'not-an-address'],
    ['192.0.2.0/33', 'not-an-address'],
    ['192.0.2.0/24/8', 'not-an-address'],
    ['fe80::1%eth0', 'not-an-address'],
    ['director', 'not-an-address'],
    ['::ffff:192.0.2.1', 'mapped'],
    ['192.0.2.20-192.0.2.10', 'inverted-range'],
    ['192.0.2.20-2001:db8::1', 'mixed-range'],
  ])('%s is not one: %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test('a prefix that names a host offers the network and the host', () => {
    expect(parseEndpoint('10.1.2.7/24')).toMatchObject({ problem: { kind: 'host-bits', network: '10.1.2.0/24', host: '10.1.2.7/32' } });
    expect(parseEndpoint('2001:db8::7/64')).toMatchObject({ problem: { network: '2001:db8::/64', host: '2001:db8::7/128' } });
  });

  test('a prefix stands for its first to its last address', () => {
    expect(endpointIntervals({ kind: 'prefix', value: '192.0.2.0/30' })).toEqual([{ family: 'ipv4', low: 0xc0000200n, high: 0xc0000203n }]);
    expect(endpointIntervals({ kind: 'name', value: 'edge.example.com' })).toBeNull();
    expect(endpointIntervals({ kind: 'any' })).toHaveLength(2);
  });
});
