import type { Catalogue, RuleMatch } from '../domain/catalogue.ts';
import type { Rule } from '../domain/rule.ts';
import type { Entry, Standing } from '../domain/rule-places.ts';
import { sameKey } from '../domain/rule-places.ts';

/** Rules that say the same, on whichever pages they stand: one line of an answer. `rule` is the first of them. */
export type Line = { readonly rule: Rule; readonly matches: readonly RuleMatch[] };

/** How many lines an answer shows; more are only counted. */
export const mostLines = 60;

/** One topology says nothing twice; several may. */
export function linesOf(matches: readonly RuleMatch[], catalogue: Pick<Catalogue, 'topologies'>): readonly Line[] {
  if (catalogue.topologies.length < 2) return matches.map((match) => ({ rule: match.rule, matches: [match] }));
  const lines = new Map<string, { readonly rule: Rule; readonly matches: RuleMatch[] }>();
  for (const match of matches) {
    const key = sameKey(match.rule);
    const line = lines.get(key);
    if (line === undefined) lines.set(key, { rule: match.rule, matches: [match] });
    else line.matches.push(match);
  }
  return [...lines.values()];
}

/** Everywhere a rule stands in the active topologies. */
export function standingsOf({ rule, topology, also }: Entry): readonly Standing[] {
  return [{ rule, topology }, ...also];
}
