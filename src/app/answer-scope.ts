import { parseEndpoint } from '../domain/address.ts';
import type { Holder } from '../domain/address-book.ts';
import type { RoleId } from '../domain/role.ts';
import type { TopologyId } from '../domain/rule.ts';
import type { Site } from '../domain/site.ts';
import type { Intent, Reading } from '../nlu/intent.ts';
import { addressBookOf } from './answer-knowledge.ts';
import type { Knowledge } from './ports.ts';

/** An address of a question, and whose it is; nobody's where no site knows it. */
export type Located = { readonly address: string; readonly end: 'from' | 'to'; readonly holders: readonly Holder[] };

/** Where a question is answered from. Empty: the default topology, no site. */
export type Scope = {
  readonly topologies: readonly TopologyId[];
  readonly sites: readonly Site[];
  readonly located: readonly Located[];
};

/** `topologies`: asked for beside the question, as by a button. `fallback`: a person's own, where nothing else names one. */
export type ScopeOptions = { readonly topologies?: readonly TopologyId[]; readonly fallback?: TopologyId | null };

export const nowhere: Scope = { topologies: [], sites: [], located: [] };

/** The topologies a text is read beside. */
export function activeBefore({ topologies = [], fallback = null }: ScopeOptions): readonly TopologyId[] {
  return topologies.length > 0 ? topologies : fallback === null ? [] : [fallback];
}

/** Named in the question, else asked for beside it, else its site's, else that of its addresses' sites, else the person's own. */
export function scopeOf(reading: Reading, knowledge: Knowledge, options: ScopeOptions): Scope {
  const located = [...locate(reading.addresses.from, 'from', knowledge), ...locate(reading.addresses.to, 'to', knowledge)];
  const named = knowledge.sites.filter(({ id }) => reading.sites.includes(id));
  const around = located.flatMap(({ holders }) => holders.map(({ site }) => site));
  const sites = named.length > 0 ? named : [...new Set(around)];
  const { topologies = [], fallback = null } = options;
  const choices = [
    reading.topologies,
    topologies,
    [...new Set(sites.map(({ topology }) => topology))],
    fallback === null ? [] : [fallback],
  ];
  return { topologies: choices.find((choice) => choice.length > 0) ?? [], sites, located };
}

function locate(addresses: readonly string[], end: Located['end'], knowledge: Knowledge): readonly Located[] {
  return addresses.map((address) => {
    const parsed = parseEndpoint(address);
    return { address, end, holders: parsed.ok ? addressBookOf(knowledge).holders(parsed.endpoint) : [] };
  });
}

/** The reading with the roles of its addresses at its ends. */
export function withRolesOf(reading: Reading, { located }: Scope): Reading {
  if (located.length === 0) return reading;
  const at = (end: Located['end'], roles: readonly RoleId[]): readonly RoleId[] => [
    ...new Set([...roles, ...located.flatMap((one) => (one.end === end ? one.holders.map(({ role }) => role) : []))]),
  ];
  return { ...reading, from: at('from', reading.from), to: at('to', reading.to) };
}

/** An address that no site knows can't be answered for: it is a stranger. */
export function settled(intent: Intent, scope: Scope): Intent {
  if (scope.located.length === 0 || !('reading' in intent)) return intent;
  const reading = withRolesOf(intent.reading, scope);
  const strangers = scope.located.flatMap(({ address, holders }) => (holders.length === 0 ? [address] : []));
  if (intent.kind === 'unknown-role') return { ...intent, reading, words: [...intent.words, ...strangers] };
  if (strangers.length === 0 || (intent.kind !== 'ports' && intent.kind !== 'check')) return { ...intent, reading };
  return { kind: 'unknown-role', words: strangers, reading, corrections: intent.corrections };
}
