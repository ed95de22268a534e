import type { Catalogue, RuleMatch, RuleQuery } from '../domain/catalogue.ts';
import { mergePorts, portsWithin } from '../domain/port-ranges.ts';
import type { RoleId } from '../domain/role.ts';
import type { PortRange } from '../domain/service.ts';
import type { Intent, Reading } from '../nlu/intent.ts';
import { nearby } from './answer-near.ts';

export type Verdict = 'yes' | 'no' | 'partly';

/** What the catalogue says to an intent, in no language yet. */
export type Findings = {
  readonly intent: Intent;
  /** The roles as the active topology speaks of them. */
  readonly reading: Reading;
  readonly verdict: Verdict | null;
  readonly rules: readonly RuleMatch[];
  readonly near: readonly RuleMatch[];
  /** What names the same roles the other way round. */
  readonly otherWay: readonly RuleMatch[];
  /** Ports asked about that nothing opens. */
  readonly closed: readonly PortRange[];
  /** Roles that are known, but that the topology does not speak of. */
  readonly absent: readonly RoleId[];
  /** Rule ids that do not exist. */
  readonly missing: readonly string[];
};

const nothingSaid: Reading = { from: [], to: [], both: false, ports: [], transport: null, application: [] };

export function findingsOf(intent: Intent, catalogue: Catalogue): Findings {
  switch (intent.kind) {
    case 'ports':
    case 'check':
    case 'unknown-role':
      return withRoles(intent, catalogue);
    case 'rule':
      return ofRules(intent, catalogue);
    case 'request':
      return { ...nothing(intent), reading: narrowed(intent.reading, catalogue) };
    default:
      return nothing(intent);
  }
}

function nothing(intent: Intent): Findings {
  return { intent, reading: nothingSaid, verdict: null, rules: [], near: [], otherWay: [], closed: [], absent: [], missing: [] };
}

function ofRules(intent: Extract<Intent, { kind: 'rule' }>, catalogue: Catalogue): Findings {
  const rules = intent.rules.flatMap((id) => catalogue.rule(id) ?? []);
  return { ...nothing(intent), rules, missing: intent.rules.filter((id) => catalogue.rule(id) === null) };
}

type Asking = Extract<Intent, { kind: 'ports' | 'check' | 'unknown-role' }>;

function withRoles(intent: Asking, catalogue: Catalogue): Findings {
  const { reading, corrections } = intent;
  const absent = [...reading.from, ...reading.to].filter((role) => role !== catalogue.roles.any && !catalogue.mentions(role));
  const known = narrowed({ ...reading, from: without(reading.from, absent), to: without(reading.to, absent) }, catalogue);
  if (intent.kind === 'unknown-role' || absent.length > 0) {
    const words = intent.kind === 'unknown-role' ? intent.words : [];
    const stranger: Intent = { kind: 'unknown-role', words, reading: known, corrections };
    return { ...nothing(stranger), reading: known, near: openToAny(known, catalogue), absent };
  }
  const rules = catalogue.ask(reading);
  const closed = intent.kind === 'check' ? closedPorts(reading, catalogue) : [];
  const verdict = intent.kind === 'check' ? verdictOf(reading, rules, catalogue) : null;
  const satisfied = verdict === null ? rules.some(({ match }) => match === 'explicit') : verdict === 'yes';
  const query: RuleQuery = closed.length > 0 ? { ...reading, ports: closed } : reading;
  return {
    ...nothing({ ...intent, reading: known }),
    reading: known,
    verdict,
    rules,
    near: satisfied ? [] : nearby(query, rules, catalogue),
    otherWay: otherWay(reading, rules, catalogue),
    closed,
  };
}

const without = (roles: readonly RoleId[], left: readonly RoleId[]): readonly RoleId[] => roles.filter((role) => !left.includes(role));

function narrowed(reading: Reading, catalogue: Catalogue): Reading {
  const each = (roles: readonly RoleId[]) => [...new Set(roles.flatMap((role) => catalogue.narrow(role)))];
  return { ...reading, from: each(reading.from), to: each(reading.to) };
}

/** What is open to any source: it holds for a role nobody knows, too. Ten at most. */
function openToAny({ to }: Reading, catalogue: Catalogue): readonly RuleMatch[] {
  const { any } = catalogue.roles;
  if (any === null) return [];
  const ask = (destinations: readonly RoleId[]) =>
    catalogue
      .ask({ from: [any], to: destinations, both: false, ports: [], transport: null, application: [] })
      .filter(({ rule }) => rule.source.includes(any));
  const there = ask(to);
  return (there.length > 0 ? there : ask([])).slice(0, 10);
}

function otherWay(reading: Reading, rules: readonly RuleMatch[], catalogue: Catalogue): readonly RuleMatch[] {
  if (reading.both || reading.from.length === 0 || reading.to.length === 0) return [];
  const told = new Set(rules.map(({ rule }) => rule.id));
  const back = catalogue.ask({ ...reading, from: reading.to, to: reading.from });
  return back.filter(({ rule, match }) => match === 'explicit' && !told.has(rule.id));
}

/** Every end of the question with every other: what a yes has to hold for. */
function pairsOf(reading: Reading): readonly Pick<RuleQuery, 'from' | 'to' | 'both'>[] {
  if (reading.to.length === 0 && reading.both) return [{ from: reading.from, to: [], both: true }];
  const singly = (roles: readonly RoleId[]): readonly (readonly RoleId[])[] => (roles.length === 0 ? [[]] : roles.map((role) => [role]));
  const one = singly(reading.from).flatMap((from) => singly(reading.to).map((to) => ({ from, to, both: false })));
  return reading.both ? [...one, ...one.map(({ from, to }) => ({ from: to, to: from, both: false }))] : one;
}

function closedPorts(reading: Reading, catalogue: Catalogue): readonly PortRange[] {
  return reading.ports.filter((range) =>
    pairsOf(reading).some((pair) => !portsWithin([range], openPorts(catalogue.ask({ ...reading, ...pair, ports: [range] })))),
  );
}

const openPorts = (rules: readonly RuleMatch[]): readonly PortRange[] => mergePorts(rules.flatMap(({ rule }) => rule.ports));

function verdictOf(reading: Reading, rules: readonly RuleMatch[], catalogue: Catalogue): Verdict {
  if (rules.length === 0) return 'no';
  if (reading.ports.length > 0) return closedPorts(reading, catalogue).length === 0 ? 'yes' : 'partly';
  return pairsOf(reading).every((pair) => catalogue.ask({ ...reading, ...pair }).length > 0) ? 'yes' : 'partly';
}
