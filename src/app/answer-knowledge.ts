import { AddressBook } from '../domain/address-book.ts';
import { Catalogue, type RuleMatch } from '../domain/catalogue.ts';
import type { RoleId } from '../domain/role.ts';
import { RoleTree } from '../domain/role-tree.ts';
import type { Rule, Topology, TopologyId } from '../domain/rule.ts';
import { buildVocabulary, type Vocabulary, withActive } from '../nlu/vocabulary.ts';
import type { Knowledge } from './ports.ts';

/** The topology that is meant where none is named. */
export const defaultTopology = 'lync-2013-director-dns-hlb';

/** How many combinations of topologies are kept indexed. */
const most = 50;

type Prepared = {
  readonly vocabulary: Vocabulary;
  readonly roles: RoleTree;
  readonly catalogues: Map<string, Catalogue>;
  readonly vocabularies: Map<string, Vocabulary>;
  book: AddressBook | null;
  whole: Catalogue | null;
  /** For each role the topologies that name it. */
  spoken: ReadonlyMap<RoleId, readonly Topology[]> | null;
};

const prepared = new WeakMap<Knowledge, Prepared>();

function prepare(knowledge: Knowledge): Prepared {
  const known = prepared.get(knowledge);
  if (known) return known;
  const made: Prepared = {
    vocabulary: buildVocabulary(knowledge),
    roles: new RoleTree(knowledge.roles),
    catalogues: new Map(),
    vocabularies: new Map(),
    book: null,
    whole: null,
    spoken: null,
  };
  prepared.set(knowledge, made);
  return made;
}

/** The words questions are read with, where these topologies are active; built once for a state of the knowledge. */
export function vocabularyOf(knowledge: Knowledge, active: readonly TopologyId[] = []): Vocabulary {
  const { vocabulary, vocabularies } = prepare(knowledge);
  const ids = active.length > 0 ? active : catalogueOf(knowledge).topologies.map(({ id }) => id);
  return kept(vocabularies, ids.join(' '), () => withActive(vocabulary, ids));
}

/** The rules of the active topologies; built once. Without any named, those of the default, or of the first there is. */
export function catalogueOf(knowledge: Knowledge, topologies: readonly TopologyId[] = []): Catalogue {
  const { catalogues, roles } = prepare(knowledge);
  return kept(catalogues, topologies.join(' '), () => {
    const named = knowledge.topologies.filter(({ id }) => (topologies.length > 0 ? topologies.includes(id) : id === defaultTopology));
    return new Catalogue(named.length > 0 ? named : knowledge.topologies.slice(0, 1), roles);
  });
}

/** The oldest makes room. */
function kept<T>(cache: Map<string, T>, key: string, make: () => T): T {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const [oldest] = cache.keys();
  if (cache.size >= most && oldest !== undefined) cache.delete(oldest);
  const made = make();
  cache.set(key, made);
  return made;
}

export function addressBookOf(knowledge: Knowledge): AddressBook {
  const state = prepare(knowledge);
  state.book ??= new AddressBook(knowledge.sites);
  return state.book;
}

/** A rule of any topology, active or not. */
export function ruleAnywhere(knowledge: Knowledge, id: string): RuleMatch | null {
  const state = prepare(knowledge);
  state.whole ??= new Catalogue(knowledge.topologies, state.roles);
  return state.whole.rule(id);
}

/** The topologies whose rules name the role, a part of it, or the pool it stands in: first those that name the others, too. */
export function topologiesWith(knowledge: Knowledge, role: RoleId, others: readonly RoleId[] = []): readonly Topology[] {
  const state = prepare(knowledge);
  state.spoken ??= spokenOf(knowledge.topologies);
  const { spoken, roles } = state;
  const naming = (each: RoleId) => new Set([...roles.matching(each)].flatMap((id) => spoken.get(id) ?? []));
  const also = others.filter((other) => other !== roles.any).map(naming);
  const named = naming(role);
  const listed = knowledge.topologies.filter((topology) => named.has(topology));
  const isFull = (topology: Topology) => also.every((set) => set.has(topology));
  return [...listed.filter(isFull), ...listed.filter((topology) => !isFull(topology))];
}

function spokenOf(topologies: readonly Topology[]): ReadonlyMap<RoleId, readonly Topology[]> {
  const spoken = new Map<RoleId, Set<Topology>>();
  for (const topology of topologies) {
    for (const role of new Set(topology.rules.flatMap(rolesOf))) spoken.set(role, (spoken.get(role) ?? new Set()).add(topology));
  }
  return new Map([...spoken].map(([role, set]) => [role, [...set]]));
}

function rolesOf({ role, peers, source, source_may_be, destination, destination_may_be, via }: Rule): readonly RoleId[] {
  return [role, via].flatMap((one) => one ?? []).concat(peers, source, source_may_be, destination, destination_may_be);
}
