import type { Catalogue, RuleMatch, RuleQuery } from '../domain/catalogue.ts';
import { mergePorts, portsWithin } from '../domain/port-ranges.ts';
import type { RoleId } from '../domain/role.ts';
import type { Rule } from '../domain/rule.ts';
import type { PortRange } from '../domain/service.ts';

export type Verdict = 'yes' | 'no' | 'partly';

/** `open`: the document leaves it open, so that neither word would be true. `closed`: the ports asked about that nothing opens. */
export type Judgement = { readonly verdict: Verdict | null; readonly open: boolean; readonly closed: readonly PortRange[] };

/** What a yes has to hold for: every end of the question with every other, on every port. */
export function judge(query: RuleQuery, catalogue: Catalogue): Judgement {
  const stated = verdictOn(query, (asked) => catalogue.ask(asked).filter(({ rule }) => states(rule, asked)));
  const allowed = verdictOn(query, (asked) => everything(asked, catalogue));
  const closed = closedPorts(query, (asked) => everything(asked, catalogue));
  return stated === allowed || stated === 'partly' ? { verdict: stated, open: false, closed } : { verdict: null, open: true, closed };
}

/** Whether a rule says for sure that what was asked is open. */
export function states(rule: Rule, { from, to, both }: Pick<RuleQuery, 'from' | 'to' | 'both'>): boolean {
  if (rule.effect !== 'open') return false;
  const either = from.length + to.length === 0 || (both && (from.length === 0 || to.length === 0));
  return rule.role === null || either;
}

type Find = (query: RuleQuery) => readonly RuleMatch[];

function everything(query: RuleQuery, catalogue: Catalogue): readonly RuleMatch[] {
  const { sure, perhaps } = catalogue.lookUp(query);
  return perhaps.length === 0 ? sure : [...sure, ...perhaps];
}

function verdictOn(query: RuleQuery, find: Find): Verdict {
  if (find(query).length === 0) return 'no';
  if (query.ports.length > 0) return closedPorts(query, find).length === 0 ? 'yes' : 'partly';
  return pairsOf(query).every((pair) => find({ ...query, ...pair }).length > 0) ? 'yes' : 'partly';
}

function closedPorts(query: RuleQuery, find: Find): readonly PortRange[] {
  return query.ports.filter((range) =>
    pairsOf(query).some((pair) => !portsWithin([range], openPorts(find({ ...query, ...pair, ports: [range] }), range))),
  );
}

/** A rule whose ports are not printed may open any. */
const openPorts = (rules: readonly RuleMatch[], asked: PortRange): readonly PortRange[] =>
  mergePorts(rules.flatMap(({ rule }) => (rule.gaps.includes('ports') ? [asked] : rule.ports)));

type Pair = Pick<RuleQuery, 'from' | 'to' | 'both'>;

function pairsOf({ from, to, both }: RuleQuery): readonly Pair[] {
  if (to.length === 0 && both) return [{ from, to: [], both: true }];
  const singly = (roles: readonly RoleId[]): readonly (readonly RoleId[])[] => (roles.length === 0 ? [[]] : roles.map((role) => [role]));
  const one = singly(from).flatMap((source) => singly(to).map((target): Pair => ({ from: source, to: target, both: false })));
  return both ? [...one, ...one.map((pair): Pair => ({ from: pair.to, to: pair.from, both: false }))] : one;
}
