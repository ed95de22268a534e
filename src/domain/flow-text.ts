import { formatEndpoint } from './address.ts';
import type { Flow } from './flow.ts';
import { formatPorts } from './service.ts';

/** Transport and ports: "TCP 5061, 5067". */
export function portsText({ transport, ports }: Pick<Flow, 'transport' | 'ports'>): string {
  const name = transport === 'icmpv6' ? 'ICMPv6' : transport.toUpperCase();
  return ports.length > 0 ? `${name} ${formatPorts(ports)}` : name;
}

/** A flow in one line, in the form in which it can be typed again. */
export function flowText(flow: Flow): string {
  const service = flow.ports.length > 0 ? `${formatPorts(flow.ports)}/${flow.transport}` : flow.transport;
  return `${flow.source.map(formatEndpoint).join(', ')} -> ${flow.destination.map(formatEndpoint).join(', ')} : ${service}`;
}
