import type { Catalogue, RuleMatch, RuleQuery } from '../domain/catalogue.ts';
import type { RoleId } from '../domain/role.ts';
import type { PortRange } from '../domain/service.ts';
import { type Aspect, type Intent, nothingSaid, type Reading } from '../nlu/intent.ts';
import { compared, type Difference } from './answer-compare.ts';
import { nearby } from './answer-near.ts';
import { judge, type Verdict } from './answer-verdict.ts';

/** What the catalogue says to an intent, in no language yet. */
export type Findings = {
  readonly intent: Intent;
  readonly aspect: Aspect;
  /** The roles as the active topology speaks of them. */
  readonly reading: Reading;
  readonly verdict: Verdict | null;
  /** Asked for a yes or a no, but the documents leave it open. */
  readonly open: boolean;
  readonly rules: readonly RuleMatch[];
  /** Rules that leave out what would decide whether they are of it. */
  readonly perhaps: readonly RuleMatch[];
  readonly near: readonly RuleMatch[];
  /** What names the same roles the other way round. */
  readonly otherWay: readonly RuleMatch[];
  /** Ports asked about that nothing opens. */
  readonly closed: readonly PortRange[];
  /** Roles that are known, but that the topology does not speak of. */
  readonly absent: readonly RoleId[];
  /** Rule ids that do not exist. */
  readonly missing: readonly string[];
  /** How each further topology differs from the first, where that was asked. */
  readonly differences: readonly Difference[];
};

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
    case 'compare':
      return comparison(intent, catalogue);
    default:
      return nothing(intent);
  }
}

function nothing(intent: Intent): Findings {
  return {
    intent,
    aspect: 'aspect' in intent ? intent.aspect : 'list',
    reading: nothingSaid,
    verdict: null,
    open: false,
    rules: [],
    perhaps: [],
    near: [],
    otherWay: [],
    closed: [],
    absent: [],
    missing: [],
    differences: [],
  };
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
  const asksWhether = intent.kind === 'check' || intent.aspect === 'exists';
  const { sure: rules, perhaps } = catalogue.lookUp(reading);
  const { verdict, open, closed } = asksWhether ? judge(reading, catalogue) : { verdict: null, open: false, closed: [] };
  const satisfied = asksWhether ? verdict === 'yes' : rules.some(({ match }) => match === 'explicit');
  const query: RuleQuery = closed.length > 0 ? { ...reading, ports: closed } : reading;
  const near = satisfied ? [] : nearby(query, [...rules, ...perhaps], catalogue);
  return {
    ...nothing({ ...intent, reading: known }),
    reading: known,
    verdict,
    open,
    rules,
    perhaps,
    near,
    otherWay: otherWay(reading, rules, catalogue),
    closed,
  };
}

function comparison(intent: Extract<Intent, { kind: 'compare' }>, catalogue: Catalogue): Findings {
  const { sure } = catalogue.lookUp(intent.reading);
  const differences = compared(intent.topologies, sure);
  const told = new Set(differences.flatMap(({ onlyFirst, onlyOther, changed }) => [...onlyFirst, ...onlyOther, ...changed.flat()]));
  const ids = new Set([...told].map(({ id }) => id));
  return {
    ...nothing(intent),
    reading: narrowed(intent.reading, catalogue),
    rules: sure.filter(({ rule }) => ids.has(rule.id)),
    differences,
  };
}

const without = (roles: readonly RoleId[], left: readonly RoleId[]): readonly RoleId[] =>
  left.length === 0 ? roles : roles.filter((role) => !left.includes(role));

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
      .filter(({ rule }) => rule.source.includes(any) && rule.effect === 'open');
  const there = ask(to);
  return (there.length > 0 ? there : ask([])).slice(0, 10);
}

function otherWay(reading: Reading, rules: readonly RuleMatch[], catalogue: Catalogue): readonly RuleMatch[] {
  if (reading.both || reading.from.length === 0 || reading.to.length === 0) return [];
  const back = catalogue.ask({ ...reading, from: reading.to, to: reading.from });
  if (back.length === 0) return [];
  const told = new Set(rules.map(({ rule }) => rule.id));
  return back.filter(({ rule, match }) => match === 'explicit' && !told.has(rule.id));
}
