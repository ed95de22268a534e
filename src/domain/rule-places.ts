import type { Rule, Topology } from './rule.ts';

/** A rule as it stands in a topology: cited from there. */
export type Standing = { readonly rule: Rule; readonly topology: Topology };

/** A rule once, with every other topology it stands in too. */
export type Entry = Standing & { readonly also: readonly Standing[] };

/** Every rule of the topologies once, in their order, however many of them include it. */
export function entriesOf(topologies: readonly Topology[]): readonly Entry[] {
  const byId = new Map<string, Standing & { readonly also: Standing[] }>();
  for (const topology of topologies) {
    for (const rule of topology.rules) {
      const known = byId.get(rule.id);
      if (known === undefined) byId.set(rule.id, { rule, topology, also: [] });
      else known.also.push({ rule, topology });
    }
  }
  return [...byId.values()];
}

/** The same for two rules that say the same, whichever page they stand on: ends, service and what is left out, not the wording. */
export function sameKey(rule: Rule): string {
  const { role, direction, via, transport, application, security, effect } = rule;
  const lists = [rule.peers, rule.source, rule.source_may_be, rule.destination, rule.destination_may_be, rule.gaps];
  return JSON.stringify([
    role,
    direction,
    via,
    transport,
    application,
    security,
    effect,
    rule.ports,
    rule.source_ports,
    lists.map((list) => list.toSorted()),
  ]);
}
