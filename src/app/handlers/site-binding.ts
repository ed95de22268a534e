import { endpointFamily, type Family } from '../../domain/address.ts';
import type { Endpoint, Flow } from '../../domain/flow.ts';
import type { Role, RoleId } from '../../domain/role.ts';
import type { Rule, Topology } from '../../domain/rule.ts';
import type { Site } from '../../domain/site.ts';
import type { Knowledge } from '../ports.ts';

/** A role and the addresses it has at a site. */
export type Bound = { readonly role: RoleId; readonly endpoints: readonly Endpoint[] };

/** The role's own addresses, or those of its parts but for VIPs, which stand in for a whole. */
export function boundAt(knowledge: Knowledge, site: Site, id: RoleId): readonly Bound[] {
  const own = site.bindings[id];
  if (own !== undefined) return [{ role: id, endpoints: own }];
  const role = roleOf(knowledge, id);
  const parts = (role?.contains ?? []).filter((part) => roleOf(knowledge, part)?.kind !== 'vip');
  return parts.flatMap((part) => boundAt(knowledge, site, part));
}

export function roleOf(knowledge: Knowledge, id: RoleId): Role | undefined {
  return knowledge.roles.find((role) => role.id === id);
}

export function isAny(knowledge: Knowledge, id: RoleId): boolean {
  return roleOf(knowledge, id)?.kind === 'any';
}

export function ruleOf(knowledge: Knowledge, id: string): { readonly rule: Rule; readonly topology: Topology } | null {
  for (const topology of knowledge.topologies) {
    const rule = topology.rules.find((candidate) => candidate.id === id.toUpperCase());
    if (rule !== undefined) return { rule, topology };
  }
  return null;
}

/** A rule that names both its ends and its service, so that a site's addresses make flows of it. */
export function isConcrete(knowledge: Knowledge, rule: Rule): boolean {
  const open = [...rule.source, ...rule.destination].some((role) => isAny(knowledge, role));
  const portless = rule.ports.length === 0 && (rule.transport === 'tcp' || rule.transport === 'udp');
  return !open && rule.transport !== null && !portless;
}

/** The roles somebody asked about: a rule's alternatives are narrowed to them where it names any of them. */
export type Asked = { readonly from: readonly string[]; readonly to: readonly string[] };

/** What a rule means at a site, a flow for each pair of roles and address family; none where the site lacks an end. */
export function flowsAt(knowledge: Knowledge, site: Site, rule: Rule, asked: Asked): readonly Flow[] {
  const { transport, ports } = rule;
  if (transport === null || !isConcrete(knowledge, rule)) return [];
  const ends = (roles: readonly RoleId[]) => roles.flatMap((role) => boundAt(knowledge, site, role));
  const sources = ends(narrowed(rule.source, asked.from));
  const destinations = ends(rule.via === null ? narrowed(rule.destination, asked.to) : [rule.via]);
  return sources.flatMap((source) =>
    destinations.flatMap((destination) =>
      apart(source.endpoints, destination.endpoints).map((ends): Flow => {
        const origin = { rule: rule.id, source: source.role, destination: destination.role };
        return { source: [...ends.source], destination: [...ends.destination], transport, ports: [...ports], origin };
      }),
    ),
  );
}

export function narrowed(roles: readonly RoleId[], asked: readonly string[]): readonly RoleId[] {
  const meant = roles.filter((role) => asked.includes(role));
  return meant.length > 0 ? meant : roles;
}

type Ends = { readonly source: readonly Endpoint[]; readonly destination: readonly Endpoint[] };

const families: readonly Family[] = ['ipv4', 'ipv6'];

/** IPv4 and IPv6 apart; what belongs to neither (any, names) goes with both. */
export function apart(source: readonly Endpoint[], destination: readonly Endpoint[]): readonly Ends[] {
  if (familiesOf([...source, ...destination]).length < 2) return [{ source, destination }];
  return families
    .map((family) => ({ source: inFamily(source, family), destination: inFamily(destination, family) }))
    .filter((ends) => ends.source.length > 0 && ends.destination.length > 0);
}

export function familiesOf(endpoints: readonly Endpoint[]): readonly Family[] {
  return families.filter((family) => endpoints.some((endpoint) => endpointFamily(endpoint) === family));
}

export function inFamily(endpoints: readonly Endpoint[], family: Family): readonly Endpoint[] {
  return endpoints.filter((endpoint) => [family, null].includes(endpointFamily(endpoint)));
}

/** What the rules of a site's topology make of its addresses, by their traffic; kept for as long as the site is. */
const madeAt = new WeakMap<Site, { readonly knowledge: Knowledge; readonly origins: ReadonlyMap<string, Flow['origin']> }>();

/** The rule that, at this site, makes exactly this flow. */
export function originOf(knowledge: Knowledge, site: Site, flow: Flow): Flow['origin'] {
  const known = madeAt.get(site);
  const origins = known?.knowledge === knowledge ? known.origins : originsAt(knowledge, site);
  madeAt.set(site, { knowledge, origins });
  return origins.get(trafficKey(flow)) ?? null;
}

function originsAt(knowledge: Knowledge, site: Site): ReadonlyMap<string, Flow['origin']> {
  const topology = knowledge.topologies.find((candidate) => candidate.id === site.topology);
  const anywhere = { from: [], to: [] };
  const made = (topology?.rules ?? []).flatMap((rule) => flowsAt(knowledge, site, rule, anywhere));
  return new Map(made.toReversed().map((flow) => [trafficKey(flow), flow.origin]));
}

/** The same for flows of the same traffic. */
export function trafficKey(flow: Flow): string {
  return JSON.stringify({ ...flow, source: sorted(flow.source), destination: sorted(flow.destination), origin: null });
}

function sorted(endpoints: readonly Endpoint[]): readonly string[] {
  return endpoints.map((endpoint) => JSON.stringify(endpoint)).sort();
}
