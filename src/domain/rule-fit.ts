import { portsOverlap } from './port-ranges.ts';
import type { RoleId } from './role.ts';
import type { RoleTree } from './role-tree.ts';
import type { Rule } from './rule.ts';
import type { PortRange, Transport } from './service.ts';

/** One way through the roles: empty lists mean any. */
export type Way = { readonly from: readonly RoleId[]; readonly to: readonly RoleId[] };

/**
 * `explicit`: the rule names what was asked. `any`: it applies because its source or its destination is any. `perhaps`: the
 * document leaves out what would decide it.
 */
export type Fit = 'explicit' | 'any' | 'perhaps';

type Printed = { readonly roles: readonly RoleId[]; readonly mayBe: readonly RoleId[]; readonly via: RoleId | null };

/** How a rule answers a way; null when it does not. */
export function fitOf(rule: Rule, way: Way, roles: RoleTree): Fit | null {
  if (rule.role !== null) return undirected(rule.role, rule.peers, way, roles);
  const source: Printed = { roles: rule.source, mayBe: rule.source_may_be, via: null };
  const destination: Printed = { roles: rule.destination, mayBe: rule.destination_may_be, via: rule.via };
  const fit = directed(source, destination, way, roles);
  if (rule.direction !== 'both' || fit === 'explicit') return fit;
  return better(fit, directed(destination, source, way, roles));
}

function directed(source: Printed, destination: Printed, { from, to }: Way, roles: RoleTree): Fit | null {
  const start = endFit(source, from, roles);
  if (start === null) return null;
  const end = endFit(destination, to, roles);
  if (end === null) return null;
  // "Who talks to X" lists the rules that name X, not those that go anywhere.
  if (from.length === 0 && end === 'any') return null;
  if (start === 'perhaps' || end === 'perhaps')
    return from.length > 0 && to.length > 0 && start !== end && !isAny(start, end) ? 'perhaps' : null;
  return isAny(start, end) ? 'any' : 'explicit';
}

const isAny = (start: Fit, end: Fit): boolean => start === 'any' || end === 'any';

/** A VIP asked for is met by what goes to it, and by nothing that is open to any. What any may be narrowed to is as good as named. */
function endFit({ roles: named, mayBe, via }: Printed, asked: readonly RoleId[], roles: RoleTree): Fit | null {
  if (asked.length === 0) return 'explicit';
  if (named.length === 0) return 'perhaps';
  for (const role of asked) {
    if (via !== null && role === via) return 'explicit';
    const matching = roles.matching(role);
    for (const id of named) if (matching.has(id)) return 'explicit';
    for (const id of mayBe) if (matching.has(id)) return 'explicit';
  }
  return roles.any !== null && named.includes(roles.any) && !asked.every((role) => roles.isVip(role)) ? 'any' : null;
}

/** Of a rule without a direction it is sure that it is about its role and, where both ends are asked, the peers it prints. */
function undirected(role: RoleId, peers: readonly RoleId[], { from, to }: Way, roles: RoleTree): Fit | null {
  const isRole = (asked: readonly RoleId[]) => asked.some((one) => roles.matching(one).has(role));
  const isPeer = (asked: readonly RoleId[]) => asked.some((one) => peers.some((peer) => roles.matching(one).has(peer)));
  if (from.length === 0 && to.length === 0) return 'explicit';
  if (from.length === 0 || to.length === 0) {
    const asked = from.length > 0 ? from : to;
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
