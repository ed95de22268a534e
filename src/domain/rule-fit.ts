import { portsOverlap } from './port-ranges.ts';
import type { RoleId } from './role.ts';
import type { RoleTree } from './role-tree.ts';
import type { Rule } from './rule.ts';
import type { PortRange, Transport } from './service.ts';

/** One way through the roles: empty lists mean any. */
export type Way = { readonly from: readonly RoleId[]; readonly to: readonly RoleId[] };

/** An end that was asked about. `names`: every role that a rule may name instead; null where nothing was asked. */
type AskedEnd = { readonly roles: readonly RoleId[]; readonly names: ReadonlySet<RoleId>; readonly vipsAlone: boolean } | null;

/** A way made ready to be held against many rules. */
export type AskedWay = { readonly from: AskedEnd; readonly to: AskedEnd; readonly any: RoleId | null };

export function prepared({ from, to }: Way, roles: RoleTree): AskedWay {
  return { from: askedEnd(from, roles), to: askedEnd(to, roles), any: roles.any };
}

function askedEnd(asked: readonly RoleId[], roles: RoleTree): AskedEnd {
  const [first, ...more] = asked;
  if (first === undefined) return null;
  const names = more.length === 0 ? roles.matching(first) : new Set(asked.flatMap((role) => [...roles.matching(role)]));
  return { roles: asked, names, vipsAlone: asked.every((role) => roles.isVip(role)) };
}

/**
 * `explicit`: the rule names what was asked. `any`: it applies because its source or its destination is any. `perhaps`: the
 * document leaves out what would decide it.
 */
export type Fit = 'explicit' | 'any' | 'perhaps';

type Printed = { readonly roles: readonly RoleId[]; readonly mayBe: readonly RoleId[]; readonly via: RoleId | null };

/** How a rule answers a way; null when it does not. */
export function fitOf(rule: Rule, way: AskedWay): Fit | null {
  if (rule.role !== null) return undirected(rule.role, rule.peers, way);
  const source: Printed = { roles: rule.source, mayBe: rule.source_may_be, via: null };
  const destination: Printed = { roles: rule.destination, mayBe: rule.destination_may_be, via: rule.via };
  const fit = directed(source, destination, way);
  if (rule.direction !== 'both' || fit === 'explicit') return fit;
  return better(fit, directed(destination, source, way));
}

function directed(source: Printed, destination: Printed, { from, to, any }: AskedWay): Fit | null {
  const start = endFit(source, from, any);
  if (start === null) return null;
  const end = endFit(destination, to, any);
  if (end === null) return null;
  // "Who talks to X" lists the rules that name X, not those that go anywhere.
  if (from === null && end === 'any') return null;
  if (start === 'perhaps' || end === 'perhaps') {
    const isHalfSure = from !== null && to !== null && start !== end && start !== 'any' && end !== 'any';
    return isHalfSure ? 'perhaps' : null;
  }
  return start === 'any' || end === 'any' ? 'any' : 'explicit';
}

/** A VIP asked for is met by what goes to it, and by nothing that is open to any. What any may be narrowed to is as good as named. */
function endFit({ roles, mayBe, via }: Printed, asked: AskedEnd, any: RoleId | null): Fit | null {
  if (asked === null) return 'explicit';
  if (roles.length === 0) return 'perhaps';
  for (const role of roles) if (asked.names.has(role)) return 'explicit';
  for (const role of mayBe) if (asked.names.has(role)) return 'explicit';
  if (via !== null && asked.roles.includes(via)) return 'explicit';
  return any !== null && !asked.vipsAlone && roles.includes(any) ? 'any' : null;
}

/** Of a rule without a direction it is sure that it is about its role and, where both ends are asked, the peers it prints. */
function undirected(role: RoleId, peers: readonly RoleId[], { from, to }: AskedWay): Fit | null {
  const isRole = (asked: AskedEnd) => asked?.names.has(role) ?? false;
  const isPeer = (asked: AskedEnd) => asked !== null && peers.some((peer) => asked.names.has(peer));
  if (from === null && to === null) return 'explicit';
  if (from === null || to === null) {
    const asked = from ?? to;
    return isRole(asked) || isPeer(asked) ? 'explicit' : null;
  }
  if ((isRole(from) && isPeer(to)) || (isPeer(from) && isRole(to))) return 'explicit';
  return peers.length === 0 && isRole(from) !== isRole(to) ? 'perhaps' : null;
}

const rank: Readonly<Record<Fit, number>> = { explicit: 2, any: 1, perhaps: 0 };

/** The surer of two. */
export function better(one: Fit | null, other: Fit | null): Fit | null {
  if (one === null || other === null) return one ?? other;
  return rank[one] >= rank[other] ? one : other;
}

/** What a rule must be besides its ends. `topics`: groups that hold together, each of alternatives. */
export type Filter = {
  readonly ports: readonly PortRange[];
  readonly transport: Transport | null;
  readonly topics: readonly (readonly string[])[];
};

/** `perhaps` where the document does not print the ports, or the transport, that were asked for. */
export function serves(rule: Rule, { ports, transport, topics }: Filter): 'explicit' | 'perhaps' | null {
  if (transport !== null && rule.transport !== null && rule.transport !== transport) return null;
  if (!isAbout(rule, topics)) return null;
  const unprinted = ports.length > 0 && rule.ports.length === 0 && rule.gaps.includes('ports');
  if (ports.length > 0 && !unprinted && !portsOverlap(ports, rule.ports)) return null;
  return unprinted || (transport !== null && rule.transport === null) ? 'perhaps' : 'explicit';
}

export function isAbout(rule: Rule, groups: readonly (readonly string[])[]): boolean {
  return groups.every((group) => group.some((topic) => isOf(rule, topic)));
}

function isOf({ application, security, topics }: Rule, topic: string): boolean {
  return topic === application || topic === security || topics.includes(topic);
}
