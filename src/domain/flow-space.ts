import { endpointIntervals, type Family, type Interval } from './address.ts';
import type { Endpoint, Flow } from './flow.ts';
import type { Transport } from './service.ts';

/** Both ends included. */
type Span = { readonly low: bigint; readonly high: bigint };

/** A block of traffic: every source of it to every destination of it on every port of it. ICMP has the one port 0. */
export type Box = {
  readonly family: Family;
  readonly transport: Transport;
  readonly source: Span;
  readonly destination: Span;
  readonly ports: Span;
};

/** The traffic of a flow; a flow with a name nobody resolved, or without its ports, can't be assessed. */
export type FlowSpace =
  | { readonly kind: 'boxes'; readonly boxes: readonly Box[] }
  | { readonly kind: 'not-assessable'; readonly unresolved: readonly string[] };

export function flowBoxes(flow: Flow): FlowSpace {
  const sources = intervalsOf(flow.source);
  const destinations = intervalsOf(flow.destination);
  const unresolved = [...sources.unresolved, ...destinations.unresolved];
  const ports = portSpans(flow);
  if (unresolved.length > 0 || ports.length === 0) return { kind: 'not-assessable', unresolved: [...new Set(unresolved)] };
  const boxes = sources.intervals.flatMap((source) =>
    destinations.intervals
      .filter((destination) => destination.family === source.family && familyCarries(source.family, flow.transport))
      .flatMap((destination) => ports.map((span) => boxOf(flow.transport, source, destination, span))),
  );
  return { kind: 'boxes', boxes };
}

/** All the flows' traffic together; one that can't be assessed makes the whole so. */
export function flowsBoxes(flows: readonly Flow[]): FlowSpace {
  const spaces = flows.map(flowBoxes);
  const unclear = spaces.filter((space) => space.kind === 'not-assessable');
  if (unclear.length > 0) return { kind: 'not-assessable', unresolved: [...new Set(unclear.flatMap((space) => space.unresolved))] };
  return { kind: 'boxes', boxes: spaces.flatMap((space) => (space.kind === 'boxes' ? space.boxes : [])) };
}

/** What remains of `boxes` without `minus`, as disjoint pieces of each box. Nothing remains when their union covers it. */
export function subtract(boxes: readonly Box[], minus: readonly Box[]): readonly Box[] {
  return minus.reduce<readonly Box[]>((rest, cut) => rest.flatMap((box) => without(box, cut)), boxes);
}

/** The traffic that both have. */
export function intersect(boxes: readonly Box[], others: readonly Box[]): readonly Box[] {
  return boxes.flatMap((box) => others.map((other) => common(box, other)).filter((shared) => shared !== null));
}

export function intersects(boxes: readonly Box[], others: readonly Box[]): boolean {
  return boxes.some((box) => others.some((other) => common(box, other) !== null));
}

/** Whether the union of `boxes` has all of `wanted`. */
export function covers(boxes: readonly Box[], wanted: readonly Box[]): boolean {
  return subtract(wanted, boxes).length === 0;
}

function intervalsOf(endpoints: readonly Endpoint[]): { readonly intervals: readonly Interval[]; readonly unresolved: readonly string[] } {
  const intervals: Interval[] = [];
  const unresolved: string[] = [];
  for (const endpoint of endpoints) {
    const found = endpointIntervals(endpoint);
    if (found !== null) intervals.push(...found);
    else unresolved.push(endpoint.kind === 'name' ? endpoint.value : JSON.stringify(endpoint));
  }
  return { intervals, unresolved };
}

function portSpans(flow: Flow): readonly Span[] {
  if (flow.transport === 'icmp' || flow.transport === 'icmpv6') return [{ low: 0n, high: 0n }];
  return flow.ports.map(({ from, to }) => ({ low: BigInt(from), high: BigInt(to) }));
}

function familyCarries(family: Family, transport: Transport): boolean {
  return !(transport === 'icmp' && family === 'ipv6') && !(transport === 'icmpv6' && family === 'ipv4');
}

function boxOf(transport: Transport, source: Interval, destination: Interval, ports: Span): Box {
  const { family } = source;
  return {
    family,
    transport,
    source: { low: source.low, high: source.high },
    destination: { low: destination.low, high: destination.high },
    ports,
  };
}

function overlap(a: Span, b: Span): Span | null {
  const [first, second] = a.low <= b.low ? [a, b] : [b, a];
  if (first.high < second.low) return null;
  const shorter = first.high < second.high ? first : second;
  return { low: second.low, high: shorter.high };
}

function common(a: Box, b: Box): Box | null {
  if (a.family !== b.family || a.transport !== b.transport) return null;
  const source = overlap(a.source, b.source);
  const destination = overlap(a.destination, b.destination);
  const ports = overlap(a.ports, b.ports);
  return source && destination && ports ? { family: a.family, transport: a.transport, source, destination, ports } : null;
}

/** Slices off what lies outside the shared part, one dimension after the other, so that the pieces never overlap. */
function without(box: Box, cut: Box): readonly Box[] {
  const shared = common(box, cut);
  if (shared === null) return [box];
  const sideways = outside(box.source, shared.source).map((source) => ({ ...box, source }));
  const across = outside(box.destination, shared.destination).map((destination) => ({ ...box, source: shared.source, destination }));
  const upwards = outside(box.ports, shared.ports).map((ports) => ({ ...shared, ports }));
  return [...sideways, ...across, ...upwards];
}

function outside(whole: Span, inner: Span): readonly Span[] {
  const before = whole.low < inner.low ? [{ low: whole.low, high: inner.low - 1n }] : [];
  const after = whole.high > inner.high ? [{ low: inner.high + 1n, high: whole.high }] : [];
  return [...before, ...after];
}
