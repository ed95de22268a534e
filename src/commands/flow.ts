import { type Coverage, coverageOf } from '../app/flow-coverage.ts';
import type { Opening } from '../app/flow-openings.ts';
import type { Knowledge, Store } from '../app/ports.ts';
import { type AddressProblem, formatAddress, parseEndpoint } from '../domain/address.ts';
import type { Endpoint, Flow } from '../domain/flow.ts';
import type { Box } from '../domain/flow-space.ts';
import { flowText } from '../domain/flow-text.ts';
import { parseService, type ServiceProblem } from '../domain/parse-service.ts';
import type { Message, Reader } from '../locale.ts';

export type FlowParts = {
  readonly from: string;
  readonly to: string;
  readonly service: string;
  readonly json: boolean;
  readonly reader: Reader;
  readonly store: Pick<Store, 'requests'>;
  readonly knowledge: Knowledge;
  readonly write: (line: string) => void;
  readonly fail: (line: string) => void;
};

/** Says whether a flow is covered, by which rules and which requests. Returns the exit code. */
export async function flowCommand(parts: FlowParts): Promise<number> {
  const { json, reader, store, knowledge, write, fail } = parts;
  const flow = readFlow(parts);
  if ('problem' in flow) {
    fail(flow.problem);
    return 1;
  }
  const coverage = coverageOf(flow, knowledge, await store.requests());
  const say = (message: Message) => knowledge.say(message, reader);
  if (json) write(JSON.stringify(asJson(flow, coverage)));
  else for (const line of asText(flow, coverage, say)) write(line);
  return 0;
}

type Given = Pick<FlowParts, 'from' | 'to' | 'service'>;

function readFlow({ from, to, service }: Given): Flow | { readonly problem: string } {
  const source = readEnd('--from', from);
  if ('problem' in source) return source;
  const destination = readEnd('--to', to);
  if ('problem' in destination) return destination;
  const read = parseService(service);
  if (!read.ok) return { problem: `--service ${service}: ${serviceProblem(read.problem)}` };
  return { source: [source], destination: [destination], transport: read.transport, ports: [...read.ports], origin: null };
}

function readEnd(option: string, text: string): Endpoint | { readonly problem: string } {
  const parsed = parseEndpoint(text);
  return parsed.ok ? parsed.endpoint : { problem: `${option} ${text}: ${addressProblem(parsed.problem)}` };
}

function addressProblem(problem: AddressProblem): string {
  switch (problem.kind) {
    case 'host-bits':
      return `it has host bits set: the network is ${problem.network}, the host ${problem.host}`;
    case 'inverted-range':
      return `it ends before it starts: ${problem.swapped}`;
    case 'mixed-range':
      return 'it mixes IPv4 and IPv6';
    case 'mapped':
      return `an IPv4 address written as IPv6: write ${problem.plain}`;
    case 'not-an-address':
      return 'no address, prefix, range or full name';
  }
}

function serviceProblem(problem: ServiceProblem): string {
  switch (problem.kind) {
    case 'port-out-of-range':
      return `${problem.port} is not a port: ports are 1 to 65535`;
    case 'inverted-range':
      return `a range starts with the lower port: ${problem.swapped}`;
    case 'no-transport':
      return `say whether TCP or UDP, as in ${problem.ports}/tcp`;
    case 'not-a-service':
      return 'write it as 5061/tcp, 50000-59999/udp or icmp';
  }
}

function asJson(flow: Flow, coverage: Coverage) {
  const head = { flow: flowText(flow) };
  if (coverage.kind === 'not-assessable') return { ...head, covered: null, not_assessable: coverage.names, rules: [], requests: [] };
  const { covered, byCatalogue, byRequests, rules, requests, unclearRequests, remaining } = coverage;
  return {
    ...head,
    covered,
    by_catalogue: byCatalogue,
    by_requests: byRequests,
    rules: rules.filter(({ unclear }) => !unclear).map(({ rule, topology, match, from, to }) => ({ id: rule, topology, match, from, to })),
    unclear: [...rules.filter(({ unclear }) => unclear).map(({ rule }) => rule), ...unclearRequests.map(({ id }) => id)],
    requests: requests.map(({ id, state }) => ({ id, state })),
    remaining: remaining.map(boxText),
  };
}

function asText(flow: Flow, coverage: Coverage, say: (message: Message) => string): readonly string[] {
  const head = flowText(flow);
  if (coverage.kind === 'not-assessable') {
    return [say({ key: 'answer.flow.not-assessable', params: { flow: head, names: coverage.names.join(', ') } })];
  }
  const { covered, rules, requests, unclearRequests, remaining } = coverage;
  const sure = rules.filter(({ unclear }) => !unclear);
  const unclear = [...rules.filter((one) => one.unclear).map(({ rule }) => rule), ...unclearRequests.map(({ id }) => id)];
  const listed = (key: string, items: readonly string[]) =>
    items.length === 0 ? [] : [say({ key: `answer.flow.${key}`, params: { items: [...new Set(items)].join(', ') } })];
  const named = (match: Opening['match']) => sure.filter((one) => one.match === match).map(place);
  return [
    say({ key: `answer.flow.${covered}`, params: { flow: head } }),
    ...listed('rules', named('explicit')),
    ...listed('any', named('any')),
    ...listed(
      'requests',
      requests.map(({ id, state }) => `${id} (${say({ key: `request.state.${state}` })})`),
    ),
    ...(covered === 'partly' ? listed('remaining', remaining.map(boxText)) : []),
    ...listed('unclear', unclear),
  ];
}

/** "DIR-6 (site-a → site-b)" */
function place({ rule, from, to }: Opening): string {
  const sites = [from, to].filter((site) => site !== null);
  return sites.length === 0 ? rule : `${rule} (${[...new Set(sites)].join(' → ')})`;
}

/** A block of traffic in the form in which it can be typed again. */
function boxText({ family, source, destination, transport, ports }: Box): string {
  const span = ({ low, high }: Box['source']) =>
    low === high ? formatAddress(family, low) : `${formatAddress(family, low)}-${formatAddress(family, high)}`;
  const service = ports.high === 0n ? transport : `${ports.low === ports.high ? ports.low : `${ports.low}-${ports.high}`}/${transport}`;
  return `${span(source)} -> ${span(destination)} : ${service}`;
}
