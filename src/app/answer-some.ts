import type { RuleMatch } from '../domain/catalogue.ts';
import type { RoleId } from '../domain/role.ts';
import type { Voice } from './answer-voice.ts';

/** How many ids or names one sentence lists. */
const mostNamed = 12;

export function someIds(rules: readonly RuleMatch[], voice: Voice): string {
  const listed = voice.ids(rules.slice(0, mostNamed));
  return rules.length > mostNamed ? voice.say('answer.and-more', { first: listed, count: rules.length - mostNamed }) : listed;
}

export function someNames(roles: readonly RoleId[], voice: Voice): string {
  if (roles.length <= mostNamed) return voice.names(roles);
  return voice.say('answer.and-more', { first: voice.names(roles.slice(0, mostNamed), 'comma'), count: roles.length - mostNamed });
}

export const destinationsOf = (rules: readonly RuleMatch[]): readonly RoleId[] => [
  ...new Set(rules.flatMap(({ rule }) => rule.destination)),
];
