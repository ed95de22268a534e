import type { PortRange, Transport } from './service.ts';

export type ParsedService =
  | { readonly ok: true; readonly transport: Transport; readonly ports: readonly PortRange[] }
  | { readonly ok: false; readonly problem: ServiceProblem };

export type ServiceProblem =
  | { readonly kind: 'not-a-service'; readonly text: string }
  | { readonly kind: 'port-out-of-range'; readonly port: string }
  | { readonly kind: 'inverted-range'; readonly text: string; readonly swapped: string }
  /** Ports without a transport: `ports` as typed. */
  | { readonly kind: 'no-transport'; readonly ports: string };

const list = String.raw`\d+(?:\s*-\s*\d+)?(?:\s*,\s*\d+(?:\s*-\s*\d+)?)*`;
const transportFirst = new RegExp(String.raw`^(tcp|udp)[\s/:]*(${list})$`);
const transportLast = new RegExp(String.raw`^(${list})\s*[/:]?\s*(tcp|udp)$`);
const portsAlone = new RegExp(`^${list}$`);

/** How a service may be written inside a longer line, as the source of a regular expression without groups. */
export const servicePattern = String.raw`(?:(?:tcp|udp)[\s/:]*${list}|${list}\s*[/:]?\s*(?:tcp|udp)|icmpv6|icmp|${list})`;

/** Reads `5061/tcp`, `tcp 5061`, `UDP/3478,50000-59999`, `icmp`. */
export function parseService(input: string): ParsedService {
  const text = input.trim().toLowerCase();
  if (text === 'icmp' || text === 'icmpv6') return { ok: true, transport: text, ports: [] };
  const first = transportFirst.exec(text);
  const last = transportLast.exec(text);
  const transport = first?.[1] ?? last?.[2];
  const ports = first?.[2] ?? last?.[1];
  if (ports !== undefined && (transport === 'tcp' || transport === 'udp')) {
    const parsed = parsePorts(ports);
    return parsed.ok ? { ok: true, transport, ports: parsed.ports } : parsed;
  }
  if (!portsAlone.test(text)) return { ok: false, problem: { kind: 'not-a-service', text: input.trim() } };
  const parsed = parsePorts(text);
  return parsed.ok ? { ok: false, problem: { kind: 'no-transport', ports: text } } : parsed;
}

export type ParsedPorts =
  | { readonly ok: true; readonly ports: readonly PortRange[] }
  | { readonly ok: false; readonly problem: ServiceProblem };

export function parsePorts(text: string): ParsedPorts {
  const ports: PortRange[] = [];
  for (const part of text.split(',')) {
    const [first = '', last = first] = part.split('-').map((side) => side.trim());
    const outOfRange = [first, last].find((port) => !/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65535);
    if (outOfRange !== undefined) return { ok: false, problem: { kind: 'port-out-of-range', port: outOfRange } };
    const range = { from: Number(first), to: Number(last) };
    if (range.from > range.to) return { ok: false, problem: { kind: 'inverted-range', text: part.trim(), swapped: `${last}-${first}` } };
    ports.push(range);
  }
  return { ok: true, ports: merged(ports) };
}

/** In order and without overlaps, so that the same ports always read the same. */
function merged(ports: readonly PortRange[]): readonly PortRange[] {
  const sorted = [...ports].sort((a, b) => a.from - b.from || a.to - b.to);
  const result: PortRange[] = [];
  for (const range of sorted) {
    const last = result.at(-1);
    if (last !== undefined && range.from <= last.to) {
      result[result.length - 1] = { from: last.from, to: Math.max(last.to, range.to) };
    } else result.push(range);
  }
  return result;
}
