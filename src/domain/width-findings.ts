import { endpointIntervals, formatEndpoint } from './address.ts';
import type { ApprovalPolicy } from './approval-policy.ts';
import type { Finding, RequestContent } from './change-request.ts';
import { finding } from './finding.ts';
import type { Endpoint, Flow } from './flow.ts';
import { flowText } from './flow-text.ts';
import { parseService } from './parse-service.ts';
import { countPorts, portsOverlap } from './port-ranges.ts';

/** What is wide or weak in itself: any, big prefixes, many ports, risky services, TCP and UDP both opened. */
export function widthFindings(content: RequestContent, policy: ApprovalPolicy): readonly Finding[] {
  if (content.kind === 'remove') return [];
  return [...content.flows.flatMap((flow) => ofFlow(flow, policy)), ...bothTransports(content.flows)];
}

function ofFlow(flow: Flow, policy: ApprovalPolicy): readonly Finding[] {
  const { bounds } = policy;
  const ports = countPorts(flow.ports);
  return [
    ...(['source', 'destination'] as const).flatMap((side) =>
      flow[side].flatMap((endpoint) => {
        if (endpoint.kind === 'any') return [finding('warning', `any-${side}`, { flow: flowText(flow) })];
        return isWide(endpoint, bounds) ? [finding('warning', 'wide-address', { address: formatEndpoint(endpoint) })] : [];
      }),
    ),
    ...(ports > bounds.ports ? [finding('warning', 'wide-ports', { count: ports, bound: bounds.ports })] : []),
    ...riskyServices(flow, policy).map(({ service, reason }) => finding('warning', 'risky-service', { service, reason })),
  ];
}

function isWide(endpoint: Endpoint, bounds: ApprovalPolicy['bounds']): boolean {
  const bound = { ipv4: 1n << BigInt(32 - bounds.ipv4_prefix), ipv6: 1n << BigInt(128 - bounds.ipv6_prefix) };
  return (endpointIntervals(endpoint) ?? []).some(({ family, low, high }) => high - low + 1n > bound[family]);
}

/** The policy's risky services that a flow opens. */
export function riskyServices(flow: Pick<Flow, 'transport' | 'ports'>, policy: ApprovalPolicy): ApprovalPolicy['risky_services'] {
  return policy.risky_services.filter(({ service }) => {
    const parsed = parseService(service);
    return parsed.ok && parsed.transport === flow.transport && portsOverlap(parsed.ports, flow.ports);
  });
}

function bothTransports(flows: readonly Flow[]): readonly Finding[] {
  const key = ({ source, destination, ports }: Flow): string => JSON.stringify([source, destination, ports]);
  const udp = new Set(flows.filter(({ transport }) => transport === 'udp').map(key));
  return flows
    .filter((flow) => flow.transport === 'tcp' && udp.has(key(flow)))
    .map((flow) => finding('warning', 'tcp-and-udp', { flow: flowText(flow) }));
}
