import type { RuleMatch } from '../domain/catalogue.ts';
import type { Rule, TopologyId } from '../domain/rule.ts';
import { sameKey } from '../domain/rule-places.ts';

/** What one topology has and another has not, and what both have, but not quite alike. */
export type Difference = {
  readonly first: TopologyId;
  readonly other: TopologyId;
  readonly onlyFirst: readonly Rule[];
  readonly onlyOther: readonly Rule[];
  readonly changed: readonly (readonly [Rule, Rule])[];
  readonly same: number;
};

/** How each further topology differs from the first, in these rules. Two rules are the same when they say the same, whatever their words. */
export function compared(topologies: readonly TopologyId[], rules: readonly RuleMatch[]): readonly Difference[] {
  const [first, ...others] = topologies;
  if (first === undefined) return [];
  return others.map((other) => difference(first, other, rulesIn(first, rules), rulesIn(other, rules)));
}

function rulesIn(id: TopologyId, rules: readonly RuleMatch[]): readonly Rule[] {
  return rules.flatMap(({ rule, topology, also }) => (topology.id === id || also.some((at) => at.topology.id === id) ? [rule] : []));
}

function difference(first: TopologyId, other: TopologyId, ours: readonly Rule[], theirs: readonly Rule[]): Difference {
  const mine = new Map(ours.map((rule) => [sameKey(rule), rule]));
  const yours = new Map(theirs.map((rule) => [sameKey(rule), rule]));
  let onlyFirst = [...mine].flatMap(([key, rule]) => (yours.has(key) ? [] : [rule]));
  let onlyOther = [...yours].flatMap(([key, rule]) => (mine.has(key) ? [] : [rule]));
  const changed: (readonly [Rule, Rule])[] = [];
  for (const trait of traits) {
    const waiting = [...onlyOther];
    const left: Rule[] = [];
    for (const rule of onlyFirst) {
      const at = waiting.findIndex((candidate) => trait(candidate) === trait(rule));
      const [partner] = at < 0 ? [] : waiting.splice(at, 1);
      if (partner === undefined) left.push(rule);
      else changed.push([rule, partner]);
    }
    onlyFirst = left;
    onlyOther = waiting;
  }
  return { first, other, onlyFirst, onlyOther, changed, same: mine.size - onlyFirst.length - changed.length };
}

const sorted = (list: readonly string[]): readonly string[] => list.toSorted();

/** By what two rules that differ are one rule changed, the closest likeness first. */
const traits: readonly ((rule: Rule) => string)[] = [
  ({ role, source, destination, transport, ports }) => JSON.stringify([role, sorted(source), sorted(destination), transport, ports]),
  ({ role, source, destination, transport, application, topics }) =>
    JSON.stringify([role, sorted(source), sorted(destination), transport, application, sorted(topics)]),
  ({ role, source, transport, ports, application }) => JSON.stringify([role, sorted(source), transport, ports, application]),
  ({ role, destination, transport, ports, application }) => JSON.stringify([role, sorted(destination), transport, ports, application]),
];
