import ipaddr from 'ipaddr.js';
import type { Endpoint } from './flow.ts';

export type Family = 'ipv4' | 'ipv6';
/** All addresses from `low` to `high`, both included, as numbers. */
export type Interval = { readonly family: Family; readonly low: bigint; readonly high: bigint };

export type AddressProblem =
  | { readonly kind: 'not-an-address'; readonly text: string }
  /** A prefix that names a host: it may mean the whole `network` or the one `host`. */
  | { readonly kind: 'host-bits'; readonly text: string; readonly network: string; readonly host: string }
  | { readonly kind: 'inverted-range'; readonly text: string; readonly swapped: string }
  | { readonly kind: 'mixed-range'; readonly text: string }
  | { readonly kind: 'mapped'; readonly text: string; readonly plain: string };

export type ParsedEndpoint = { readonly ok: true; readonly endpoint: Endpoint } | { readonly ok: false; readonly problem: AddressProblem };

type Address = { readonly family: Family; readonly value: bigint; readonly text: string };

const bits: Record<Family, number> = { ipv4: 32, ipv6: 128 };
const fqdn = /^(?=.{4,253}$)(?:\*\.)?(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/** Reads an address, a prefix, a range (`a-b`), an FQDN or `any`. Octal, hexadecimal and shortened IPv4 forms are not addresses. */
export function parseEndpoint(input: string): ParsedEndpoint {
  const text = input.trim().toLowerCase();
  if (text === 'any') return { ok: true, endpoint: { kind: 'any' } };
  const address = parseAddress(text);
  if (address !== null) return withoutMapping(text, address) ?? { ok: true, endpoint: { kind: 'address', value: address.text } };
  if (text.includes('/')) return parsePrefix(text);
  const range = /^([0-9a-f.:]+)\s*[-–]\s*([0-9a-f.:]+)$/.exec(text);
  if (range?.[1] !== undefined && range[2] !== undefined) return parseRange(text, range[1], range[2]);
  if (fqdn.test(text)) return { ok: true, endpoint: { kind: 'name', value: text } };
  return { ok: false, problem: { kind: 'not-an-address', text: input.trim() } };
}

function parseAddress(text: string): Address | null {
  const family = ipaddr.IPv4.isValidFourPartDecimal(text)
    ? 'ipv4'
    : text.includes(':') && !text.includes('%') && ipaddr.IPv6.isValid(text)
      ? 'ipv6'
      : null;
  if (family === null) return null;
  const parsed = ipaddr.parse(text);
  const value = parsed.toByteArray().reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return { family, value, text: formatAddress(family, value) };
}

/** An address as people write it. */
export function formatAddress(family: Family, value: bigint): string {
  const bytes = Array.from({ length: bits[family] / 8 }, (_, index) => Number((value >> BigInt(bits[family] - 8 * (index + 1))) & 255n));
  return family === 'ipv4' ? bytes.join('.') : new ipaddr.IPv6(bytes).toRFC5952String();
}

/** `::ffff:192.0.2.1` is an IPv4 address in disguise; firewalls disagree on what it means. */
function withoutMapping(text: string, address: Address): ParsedEndpoint | null {
  if (address.family !== 'ipv6' || address.value >> 32n !== 0xffffn) return null;
  return { ok: false, problem: { kind: 'mapped', text, plain: formatAddress('ipv4', address.value & 0xffffffffn) } };
}

function parsePrefix(text: string): ParsedEndpoint {
  const [base = '', suffix = '', ...rest] = text.split('/');
  const address = parseAddress(base.trim());
  const length = address === null || rest.length > 0 ? null : prefixLength(address.family, suffix.trim());
  if (address === null || length === null) return { ok: false, problem: { kind: 'not-an-address', text } };
  const mapped = withoutMapping(text, address);
  if (mapped !== null) return mapped;
  const width = bits[address.family];
  const network = networkOf(address, length);
  if (network !== address.value) {
    const problem = {
      kind: 'host-bits',
      text,
      network: `${formatAddress(address.family, network)}/${length}`,
      host: `${address.text}/${width}`,
    } as const;
    return { ok: false, problem };
  }
  if (length === width) return { ok: true, endpoint: { kind: 'address', value: address.text } };
  return { ok: true, endpoint: { kind: 'prefix', value: `${address.text}/${length}` } };
}

function prefixLength(family: Family, suffix: string): number | null {
  if (/^\d{1,3}$/.test(suffix)) return Number(suffix) <= bits[family] ? Number(suffix) : null;
  if (family === 'ipv4' && ipaddr.IPv4.isValidFourPartDecimal(suffix)) return ipaddr.IPv4.parse(suffix).prefixLengthFromSubnetMask();
  return null;
}

function networkOf(address: Address, length: number): bigint {
  const host = BigInt(bits[address.family] - length);
  return (address.value >> host) << host;
}

function parseRange(text: string, first: string, last: string): ParsedEndpoint {
  const from = parseAddress(first);
  const to = parseAddress(last);
  if (from === null || to === null) return { ok: false, problem: { kind: 'not-an-address', text } };
  const mapped = withoutMapping(first, from) ?? withoutMapping(last, to);
  if (mapped !== null) return mapped;
  if (from.family !== to.family) return { ok: false, problem: { kind: 'mixed-range', text } };
  if (from.value > to.value) return { ok: false, problem: { kind: 'inverted-range', text, swapped: `${to.text}-${from.text}` } };
  if (from.value === to.value) return { ok: true, endpoint: { kind: 'address', value: from.text } };
  return { ok: true, endpoint: { kind: 'range', from: from.text, to: to.text } };
}

/** The addresses an endpoint stands for; both families for `any`, null for a name, which nobody resolved. */
export function endpointIntervals(endpoint: Endpoint): readonly Interval[] | null {
  switch (endpoint.kind) {
    case 'any':
      return [
        { family: 'ipv4', low: 0n, high: (1n << 32n) - 1n },
        { family: 'ipv6', low: 0n, high: (1n << 128n) - 1n },
      ];
    case 'name':
      return null;
    case 'address':
      return between(parseAddress(endpoint.value), parseAddress(endpoint.value));
    case 'range':
      return between(parseAddress(endpoint.from), parseAddress(endpoint.to));
    case 'prefix': {
      const [base = '', length = ''] = endpoint.value.split('/');
      const address = parseAddress(base);
      if (address === null || !/^\d{1,3}$/.test(length) || Number(length) > bits[address.family]) return null;
      const low = networkOf(address, Number(length));
      const size = 1n << BigInt(bits[address.family] - Number(length));
      return [{ family: address.family, low, high: low + size - 1n }];
    }
  }
}

function between(from: Address | null, to: Address | null): readonly Interval[] | null {
  if (from === null || to === null || from.family !== to.family || from.value > to.value) return null;
  return [{ family: from.family, low: from.value, high: to.value }];
}

/** Null for `any` and for names, which belong to neither family alone. */
export function endpointFamily(endpoint: Endpoint): Family | null {
  if (endpoint.kind === 'any' || endpoint.kind === 'name') return null;
  return endpointIntervals(endpoint)?.[0]?.family ?? null;
}

export function formatEndpoint(endpoint: Endpoint): string {
  switch (endpoint.kind) {
    case 'any':
      return 'any';
    case 'range':
      return `${endpoint.from}-${endpoint.to}`;
    default:
      return endpoint.value;
  }
}
