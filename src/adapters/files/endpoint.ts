import ipaddr from 'ipaddr.js';
import type { Endpoint } from '../../domain/flow.ts';

export type ParsedEndpoint = { readonly ok: true; readonly endpoint: Endpoint } | { readonly ok: false; readonly what: string };

/** Stands in until the domain's own parser exists. */
export function parseEndpoint(text: string): ParsedEndpoint {
  const bad = (what: string): ParsedEndpoint => ({ ok: false, what });
  if (ipaddr.isValid(text)) return { ok: true, endpoint: { kind: 'address', value: ipaddr.parse(text).toString() } };
  if (ipaddr.isValidCIDR(text)) {
    const [address, bits] = ipaddr.parseCIDR(text);
    const kind = address.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6;
    const network = kind.networkAddressFromCIDR(text).toString();
    if (network !== address.toString()) return bad(`${text} has host bits set: the network is ${network}/${bits}`);
    return { ok: true, endpoint: { kind: 'prefix', value: `${network}/${bits}` } };
  }
  const [from, to, more] = text.split('-');
  if (from && to && more === undefined && ipaddr.isValid(from) && ipaddr.isValid(to))
    return { ok: true, endpoint: { kind: 'range', from, to } };
  if (/^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+$/i.test(text)) return { ok: true, endpoint: { kind: 'name', value: text.toLowerCase() } };
  return bad(`${text} is not an address`);
}
