import { portsOverlap, portsWithin } from './port-ranges.ts';
import type { RoleId } from './role.ts';
import type { RoleTree } from './role-tree.ts';
import type { Rule } from './rule.ts';
import type { PortRange } from './service.ts';

/** How what one rule allows lies to what another allows. `within`: the first lies in the second. */
export type Relation = 'apart' | 'equal' | 'within' | 'around' | 'crossing';

/** Whether a rule says all that it takes to compare it with others: both ends, a transport, its ports. */
export function isComparable({ source, destination, transport, ports }: Rule): boolean {
  const portless = transport === 'icmp' || transport === 'icmpv6';
  return source.length > 0 && destination.length > 0 && transport !== null && (portless || ports.length > 0);
}

/** Compares two comparable rules by ends, transport, ports and source ports. A role covers its parts, and any covers everything. */
export function relate(one: Rule, other: Rule, tree: RoleTree): Relation {
  if (one.transport !== other.transport || one.effect !== other.effect) return 'apart';
  const relations = [
    relateRoles(one.source, other.source, tree),
    relateRoles(reached(one), reached(other), tree),
    relatePorts(one.ports, other.ports),
    relatePorts(one.source_ports, other.source_ports),
  ];
  const together = relations.reduce(combine);
  return together === 'crossing' && onlyItself(one, other, tree) ? 'apart' : together;
}

/** Same ends and the same ports, over another transport. */
export function differInTransportAlone(one: Rule, other: Rule, tree: RoleTree): boolean {
  if (one.transport === other.transport || one.effect !== other.effect || one.ports.length === 0) return false;
  const relations = [
    relateRoles(one.source, other.source, tree),
    relateRoles(reached(one), reached(other), tree),
    relatePorts(one.ports, other.ports),
  ];
  return relations.every((relation) => relation === 'equal');
}

/** Where the traffic is addressed to. */
export const reached = (rule: Rule): readonly RoleId[] => (rule.via === null ? rule.destination : [rule.via]);

function combine(first: Relation, second: Relation): Relation {
  if (first === 'apart' || second === 'apart') return 'apart';
  if (first === 'equal') return second;
  if (second === 'equal' || first === second) return first;
  return 'crossing';
}

function relationOf(inside: boolean, outside: boolean, meeting: boolean): Relation {
  if (inside && outside) return 'equal';
  if (inside) return 'within';
  if (outside) return 'around';
  return meeting ? 'crossing' : 'apart';
}

function relateRoles(some: readonly RoleId[], others: readonly RoleId[], tree: RoleTree): Relation {
  const inside = some.every((role) => others.some((other) => covers(other, role, tree)));
  const outside = others.every((other) => some.some((role) => covers(role, other, tree)));
  return relationOf(inside, outside, inside || outside || shared(some, others, tree).length > 0);
}

/** No ports at all mean every port. */
function relatePorts(some: readonly PortRange[], others: readonly PortRange[]): Relation {
  const inside = others.length === 0 || (some.length > 0 && portsWithin(some, others));
  const outside = some.length === 0 || (others.length > 0 && portsWithin(others, some));
  return relationOf(inside, outside, portsOverlap(some, others));
}

/** The narrower ones of what two lists of roles have in common. */
function shared(some: readonly RoleId[], others: readonly RoleId[], tree: RoleTree): readonly RoleId[] {
  return some.flatMap((role) => others.flatMap((other) => (covers(other, role, tree) ? [role] : covers(role, other, tree) ? [other] : [])));
}

/** "From any to the Edge" and "from the Edge to any" have in common what the Edge says to itself: nothing. */
function onlyItself(one: Rule, other: Rule, tree: RoleTree): boolean {
  const ends = new Set([...shared(one.source, other.source, tree), ...shared(reached(one), reached(other), tree)]);
  return ends.size === 1 && !(tree.any !== null && ends.has(tree.any));
}

function covers(whole: RoleId, part: RoleId, tree: RoleTree): boolean {
  return whole === part || whole === tree.any || tree.parts(whole).some((inner) => covers(inner, part, tree));
}
