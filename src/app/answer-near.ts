import type { Catalogue, RuleMatch, RuleQuery } from '../domain/catalogue.ts';
import { portsOverlap } from '../domain/port-ranges.ts';
import type { PortRange } from '../domain/service.ts';

/** How many rules are offered as "did you mean". */
const most = 6;
/** How far apart two ports are neighbours. */
const close = 10;

/** What somebody may have meant who asked in vain: the other way, another transport, not the VIP, a neighbouring port, one end alone. */
export function nearby(query: RuleQuery, told: readonly RuleMatch[], catalogue: Catalogue): readonly RuleMatch[] {
  const found = new Map<string, RuleMatch>();
  for (const alternative of alternatives(query, catalogue)) {
    for (const match of alternative()) {
      const isTold = told.some(({ rule }) => rule.id === match.rule.id);
      if (!isTold && match.match === 'explicit' && found.size < most) found.set(match.rule.id, match);
    }
    if (found.size > 0) break;
  }
  return [...found.values()];
}

/** The likeliest first; the first that finds something is the suggestion. */
function alternatives(query: RuleQuery, catalogue: Catalogue): readonly (() => readonly RuleMatch[])[] {
  const sided = query.from.length > 0 || query.to.length > 0;
  const filtered = query.ports.length > 0 || query.transport !== null || query.application.length > 0;
  const ask = (change: Partial<RuleQuery>) => () => catalogue.ask({ ...query, ...change });
  return [
    ...(sided && !query.both ? [ask({ from: query.to, to: query.from })] : []),
    ...(query.transport !== null && (sided || query.ports.length + query.application.length > 0) ? [ask({ transport: null })] : []),
    () => pastTheVip(query, catalogue),
    () => neighbours(query, catalogue),
    ...(query.from.length > 0 && query.to.length > 0 && filtered ? [ask({ from: [] }), ask({ to: [] })] : []),
  ];
}

/** Asked for a VIP, where the rule goes to the role itself. */
function pastTheVip(query: RuleQuery, catalogue: Catalogue): readonly RuleMatch[] {
  const owners = (roles: RuleQuery['from']) =>
    roles.flatMap((role) => (catalogue.roles.isVip(role) ? catalogue.roles.wholes(role) : [role]));
  const [from, to] = [owners(query.from), owners(query.to)];
  const isSame = from.every((role) => query.from.includes(role)) && to.every((role) => query.to.includes(role));
  return isSame ? [] : catalogue.ask({ ...query, from, to });
}

/** Rules of the same ends on a port a slip away: a few numbers off, or one digit. */
function neighbours(query: RuleQuery, catalogue: Catalogue): readonly RuleMatch[] {
  if (query.ports.length === 0) return [];
  const single = query.ports.filter(({ from, to }) => from === to).slice(0, 5);
  const around = single.map(({ from }): PortRange => ({ from: Math.max(1, from - close), to: Math.min(65535, from + close) }));
  if (around.length === 0) return [];
  const near = catalogue.ask({ ...query, ports: around });
  if (near.length > 0) return near;
  const ends = query.from.length > 0 || query.to.length > 0;
  const candidates = ends
    ? catalogue.ask({ ...query, ports: [] })
    : catalogue.ask({ ...query, ports: single.flatMap(({ from }) => misspelt(from)) });
  return candidates.filter(({ rule }) => single.some(({ from }) => portsOverlap(misspelt(from), rule.ports)));
}

/** Every port that one digit more, less or other makes of this one. */
function misspelt(port: number): readonly PortRange[] {
  const digits = String(port);
  const variants = new Set<number>();
  for (let at = 0; at <= digits.length; at++) {
    variants.add(Number(digits.slice(0, at) + digits.slice(at + 1)));
    for (let digit = 0; digit <= 9; digit++) {
      variants.add(Number(digits.slice(0, at) + digit + digits.slice(at)));
      variants.add(Number(digits.slice(0, at) + digit + digits.slice(at + 1)));
    }
  }
  return [...variants]
    .filter((number) => number >= 1 && number <= 65535 && number !== port)
    .map((number) => ({ from: number, to: number }));
}
