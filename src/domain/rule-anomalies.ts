import { mergePorts } from './port-ranges.ts';
import type { RoleId } from './role.ts';
import type { RoleTree } from './role-tree.ts';
import type { Rule, RuleId, Topology, TopologyId } from './rule.ts';
import { differInTransportAlone, isComparable, reached, relate } from './rule-space.ts';
import type { PortRange, Transport } from './service.ts';

/**
 * Rules of a catalogue only ever allow, and have no order. Of the anomalies of rule bases three have a meaning then: both allow the
 * same (`duplicate`), the first allows nothing that the second does not (`subset`), each allows something of the other's (`overlap`).
 * Beside them: the same ends and ports over both transports (`other-transport`).
 */
export type Anomaly = {
  readonly kind: 'duplicate' | 'subset' | 'overlap' | 'other-transport';
  readonly rules: readonly [RuleId, RuleId];
  /** Every topology that has both rules. */
  readonly topologies: readonly TopologyId[];
  readonly transport: Transport | null;
  /** The ports that both have. */
  readonly ports: readonly PortRange[];
  /** In what else they differ. */
  readonly differs: readonly ('application' | 'security')[];
};

export type Anomalies = {
  readonly found: readonly Anomaly[];
  /** Rules that leave open what a comparison takes. */
  readonly notCompared: readonly RuleId[];
  /** Whether the search ended at `most`. */
  readonly cut: boolean;
};

/** Finds the anomalies among the rules of each topology, every pair once. */
export function findAnomalies(topologies: readonly Topology[], tree: RoleTree, most = 10_000): Anomalies {
  const found = new Map<string, Anomaly>();
  const notCompared = new Set<RuleId>();
  for (const { id, rules } of topologies) {
    for (const rule of rules) if (!isComparable(rule)) notCompared.add(rule.id);
    for (const [one, other] of candidates(rules.filter(isComparable), tree)) {
      const key = `${one.id} ${other.id}`;
      const known = found.get(key) ?? found.get(`${other.id} ${one.id}`);
      const anomaly = known ?? compare(one, other, tree);
      if (anomaly === null) continue;
      if (known === undefined && found.size >= most) return { found: [...found.values()], notCompared: [...notCompared], cut: true };
      found.set(anomaly.rules.join(' '), { ...anomaly, topologies: [...anomaly.topologies, id] });
    }
  }
  return { found: [...found.values()], notCompared: [...notCompared], cut: false };
}

/** Pairs whose ends may meet, each once: found by that end of a rule that fewer others could meet. */
function* candidates(rules: readonly Rule[], tree: RoleTree): Generator<readonly [Rule, Rule]> {
  const sources = listed(rules, ({ source }) => source);
  const destinations = listed(rules, reached);
  const all = rules.map((_, item) => item);
  const near = nearIn(tree);
  const meeting = (lists: ReadonlyMap<RoleId, readonly number[]>, roles: readonly RoleId[]): readonly number[] =>
    roles.some((role) => role === tree.any) ? all : roles.flatMap((role) => [...near(role)].flatMap((one) => lists.get(one) ?? []));
  for (const [at, rule] of rules.entries()) {
    const [bySource, byDestination] = [meeting(sources, rule.source), meeting(destinations, reached(rule))];
    for (const item of new Set(bySource.length < byDestination.length ? bySource : byDestination)) {
      const other = rules[item];
      if (item > at && other !== undefined) yield [rule, other];
    }
  }
}

function listed(rules: readonly Rule[], roles: (rule: Rule) => readonly RoleId[]): ReadonlyMap<RoleId, readonly number[]> {
  const lists = new Map<RoleId, number[]>();
  for (const [item, rule] of rules.entries()) {
    for (const role of roles(rule)) {
      const list = lists.get(role);
      if (list) list.push(item);
      else lists.set(role, [item]);
    }
  }
  return lists;
}

/** A role with what it covers and what covers it. */
function nearIn(tree: RoleTree): (role: RoleId) => ReadonlySet<RoleId> {
  const known = new Map<RoleId, ReadonlySet<RoleId>>();
  return (role) => {
    const before = known.get(role);
    if (before) return before;
    const [down, up] = [new Set([role]), new Set([role])];
    for (const one of down) for (const part of tree.parts(one)) down.add(part);
    for (const one of up) for (const whole of tree.wholes(one)) up.add(whole);
    const near = new Set([...down, ...up, ...(tree.any === null ? [] : [tree.any])]);
    known.set(role, near);
    return near;
  };
}

function compare(one: Rule, other: Rule, tree: RoleTree): Anomaly | null {
  const differs = (['application', 'security'] as const).filter((field) => one[field] !== other[field]);
  const rules: readonly [RuleId, RuleId] = [one.id, other.id];
  const about = { rules, topologies: [], transport: one.transport, ports: common(one.ports, other.ports), differs };
  if (differInTransportAlone(one, other, tree)) return { kind: 'other-transport', ...about, transport: null };
  switch (relate(one, other, tree)) {
    case 'apart':
      return null;
    case 'equal':
      return { kind: 'duplicate', ...about };
    case 'within':
      return { kind: 'subset', ...about };
    case 'around':
      return { kind: 'subset', ...about, rules: [other.id, one.id] };
    case 'crossing':
      return { kind: 'overlap', ...about };
  }
}

function common(some: readonly PortRange[], others: readonly PortRange[]): readonly PortRange[] {
  return mergePorts(
    some.flatMap((range) =>
      others.flatMap((other) => {
        const [from, to] = [Math.max(range.from, other.from), Math.min(range.to, other.to)];
        return from <= to ? [{ from, to }] : [];
      }),
    ),
  );
}
