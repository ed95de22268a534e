import type { NotARole, Role, RoleId, Topic } from '../domain/role.ts';
import { RoleTree } from '../domain/role-tree.ts';
import type { Rule, Topology, TopologyId } from '../domain/rule.ts';
import type { Site, SiteId } from '../domain/site.ts';
import { type LocalText, locales } from '../locale.ts';
import { fold } from './fold.ts';
import type { Key, Words } from './grammar.ts';
import type { Meaning } from './lexeme.ts';
import { PhraseTree, squeeze } from './phrase-tree.ts';
import { type Featured, featuresOf, productNames } from './topology-words.ts';
import { englishWords } from './words-en.ts';
import { chineseWords } from './words-zh.ts';

/** Everything a reader of questions knows by name. Built once from the data; reading a text takes time linear in its length. */
export type Vocabulary = {
  readonly phrases: PhraseTree;
  /** Rule ids by their letters and digits alone, in lower case: dirp4 is DIR-P4. */
  readonly rules: ReadonlyMap<string, string>;
  /** First parts of rule ids, in lower case. */
  readonly rulePrefixes: ReadonlySet<string>;
  /** English words that role names are made of: what a misspelt word may be meant for, by length. */
  readonly nameWords: ReadonlyMap<number, readonly string[]>;
  /** Names that other things have as their tail (控制器 in 域控制器): an unknown word right before one makes another thing of it. */
  readonly tails: ReadonlySet<string>;
  /** The topologies by what their names tell them apart. */
  readonly featured: readonly Featured[];
  /** The product each topology is of. */
  readonly products: ReadonlyMap<TopologyId, string>;
  /** The topology each site has. */
  readonly sites: ReadonlyMap<SiteId, TopologyId>;
  /** Ids and names of the roles and topologies, to put a question back in words that mean one of them. */
  readonly names: ReadonlyMap<string, LocalText>;
  /** What each VIP stands before. */
  readonly behind: ReadonlyMap<RoleId, RoleId>;
  /** Protections among the topics. */
  readonly protections: ReadonlySet<string>;
  /** Host names that sites bind. */
  readonly hosts: ReadonlySet<string>;
  readonly spoken: Spoken;
  /** The topologies that are active where a text names none. */
  readonly active: readonly TopologyId[];
};

/** Whether a rule of one of the topologies speaks of a role: of it, a part of it, or the pool or group it belongs to; or, closer, without the groups. */
export type Spoken = Readonly<Record<'of' | 'closelyOf', (role: RoleId, topologies: readonly TopologyId[]) => boolean>>;

export type Named = {
  readonly roles: readonly Role[];
  readonly notRoles: readonly NotARole[];
  readonly topics: readonly Topic[];
  readonly topologies: readonly Topology[];
  readonly sites?: readonly Site[];
};

type Add = (phrase: string, meaning: Meaning) => void;

export function buildVocabulary({ roles, notRoles, topics, topologies, sites = [] }: Named): Vocabulary {
  const phrases = new PhraseTree();
  const add: Add = (phrase, meaning) => phrases.add(fold(phrase).text, meaning);
  for (const role of roles) for (const name of namesOf(role)) add(name, roleNamed(role));
  for (const { phrases: list } of notRoles) for (const phrase of list) add(phrase, { kind: 'not-role' });
  for (const role of roles) for (const locale of locales) for (const name of role.shared_aliases[locale]) add(name, roleNamed(role));
  for (const topic of topics) for (const name of [topic.id, ...namesOf(topic)]) add(name, { kind: 'topic', topic: topic.id });
  addTopologies(topologies, phrases, add);
  for (const site of sites) for (const name of siteNames(site)) add(name, { kind: 'site', site: site.id });
  for (const transport of ['tcp', 'udp', 'icmp', 'icmpv6'] as const) add(transport, { kind: 'transport', transport });
  addWords(englishWords, ',', add);
  addWords(chineseWords, ' ', add);

  const vips = new Set(roles.filter(({ kind }) => kind === 'vip').map(({ id }) => id));
  const rules = new Map<string, string>();
  const rulePrefixes = new Set<string>();
  for (const { id } of topologies.flatMap((topology) => topology.rules)) {
    rules.set(squeeze(id.toLowerCase()), id);
    rulePrefixes.add((id.split('-')[0] ?? id).toLowerCase());
  }
  return {
    phrases,
    rules,
    rulePrefixes,
    nameWords: correctable(roles, topologies),
    tails: tailsOf(roles, notRoles),
    featured: topologies.map((topology) => ({ id: topology.id, features: featuresOf(topology) })),
    products: new Map(topologies.map(({ id, document }) => [id, document.product])),
    sites: new Map(sites.map(({ id, topology }) => [id, topology])),
    names: new Map<string, LocalText>([...roles, ...topologies].map(({ id, name }) => [id, name])),
    behind: new Map(roles.flatMap(({ id, contains }) => contains.filter((part) => vips.has(part)).map((part) => [part, id]))),
    protections: new Set(topologies.flatMap((topology) => topology.rules.flatMap(({ security }) => security?.split('/') ?? []))),
    hosts: new Set(
      sites.flatMap(({ bindings }) =>
        Object.values(bindings).flatMap((ends) => (ends ?? []).flatMap((end) => (end.kind === 'name' ? [end.value] : []))),
      ),
    ),
    spoken: spokenOf(roles, topologies),
    active: [],
  };
}

/** The same words, for a conversation in which these topologies are active: which role a word means may depend on them. */
export function withActive(vocabulary: Vocabulary, active: readonly TopologyId[]): Vocabulary {
  return { ...vocabulary, active };
}

const roleNamed = (role: Role): Meaning => ({ kind: 'role', role: role.id, others: [], anyone: role.kind === 'any' });

/** What a topology is called, and its product. Words that speak of a role besides ("single Director") may stand for it. */
function addTopologies(topologies: readonly Topology[], phrases: PhraseTree, add: Add): void {
  const products = new Map<string, TopologyId[]>();
  for (const { id, document } of topologies) products.set(document.product, [...(products.get(document.product) ?? []), id]);
  const named = topologies.flatMap(({ id, name, document, aliases }) =>
    [name.en, name['zh-CN'], document.title.en, document.title['zh-CN'], ...aliases]
      .filter((title) => !readsAsList(title, phrases))
      .map((title) => ({ id, title })),
  );
  const meanings = named.map(({ id, title }): [string, Meaning] => [
    title,
    { kind: 'topology', topologies: [id], product: false, role: roleIn(fold(title).text, phrases) },
  ]);
  for (const [product, ids] of products)
    for (const name of productNames(product)) add(name, { kind: 'topology', topologies: ids, product: true, role: null });
  for (const [title, meaning] of meanings) add(title, meaning);
}

/** "Lync Server 2013, reverse proxy" is, in a sentence, a product and a role. */
function readsAsList(title: string, phrases: PhraseTree): boolean {
  const rest = fold(title).text.split(',').slice(1).join(',').trim();
  const found = phrases.longest(rest, 0);
  return found !== null && found.end === rest.length;
}

/** The first role a phrase names. */
function roleIn(text: string, phrases: PhraseTree): RoleId | null {
  for (let at = 0; at < text.length; at++) {
    if (at > 0 && /[a-z]/.test(text.charAt(at - 1)) && /[a-z]/.test(text.charAt(at))) continue;
    const found = phrases.longest(text, at);
    if (found?.meaning.kind === 'role') return found.meaning.role;
  }
  return null;
}

/** A site's names, alone where they can be nothing else ("A" alone is an article), and beside the word for a site. */
function siteNames({ name, aliases }: Site): readonly string[] {
  return [name.en, name['zh-CN'], ...aliases].flatMap((title) => {
    const bare = squeeze(fold(title).text).replace(/^(?:site|站点)|(?:site|站点|站)$/g, '');
    const around = bare === '' ? [] : [`site ${bare}`, `${bare} site`, `站点${bare}`, `${bare}站点`, `${bare}站`];
    return [...(squeeze(title).length >= 3 ? [title] : []), ...around];
  });
}

function spokenOf(roles: readonly Role[], topologies: readonly Topology[]): Spoken {
  const tree = new RoleTree(roles);
  const named = new Map<TopologyId, Set<RoleId>>();
  for (const { id, rules } of topologies) {
    named.set(id, new Set(rules.flatMap(endsOf)));
  }
  const groups = new Set(roles.filter(({ kind }) => kind === 'group').map(({ id }) => id));
  const speaks = (closely: boolean) => (role: RoleId, among: readonly TopologyId[]) =>
    among.some((id) =>
      [...tree.matching(role)].some((each) => named.get(id)?.has(each) && !(closely && each !== role && groups.has(each))),
    );
  return { of: speaks(false), closelyOf: speaks(true) };
}

/** Every role a rule speaks of. */
function endsOf({ source, destination, via, role, peers, source_may_be, destination_may_be }: Rule): readonly RoleId[] {
  return [...source, ...destination, ...peers, ...source_may_be, ...destination_may_be, ...[via, role].filter((end) => end !== null)];
}

function addWords(words: Words, apart: string, add: Add): void {
  for (const [key, list] of Object.entries(words)) {
    if (isKeyName(key, words)) for (const phrase of list.split(apart)) add(phrase, { kind: 'key', keys: [key] });
  }
}

const isKeyName = (name: string, words: Words): name is Key => name in words;

function namesOf({ name, aliases }: Pick<Role, 'name' | 'aliases'>): readonly string[] {
  return [name.en, name['zh-CN'], ...aliases.en, ...aliases['zh-CN']];
}

/** Misspelt words are only ever taken for roles that some rule speaks of, and never for "any". */
function correctable(roles: readonly Role[], topologies: readonly Topology[]): ReadonlyMap<number, readonly string[]> {
  const mentioned = new Set<string>(topologies.flatMap(({ rules }) => rules.flatMap(endsOf)));
  const spoken = (role: Role): boolean =>
    role.kind !== 'any' && (mentioned.has(role.id) || role.contains.some((part) => mentioned.has(part)));
  const words = new Set<string>();
  for (const role of roles.filter(spoken)) {
    for (const phrase of [role.name.en, ...role.aliases.en]) {
      const folded = fold(phrase).text;
      for (const word of [...(folded.match(/[a-z]+/g) ?? []), squeeze(folded)]) if (/^[a-z]{4,}$/.test(word)) words.add(word);
    }
  }
  const byLength = new Map<number, string[]>();
  for (const word of words) byLength.set(word.length, [...(byLength.get(word.length) ?? []), word]);
  return byLength;
}

function tailsOf(roles: readonly Role[], notRoles: readonly NotARole[]): ReadonlySet<string> {
  const others = notRoles.flatMap((entry) => entry.phrases.map((phrase) => squeeze(fold(phrase).text)));
  const names = roles.flatMap(namesOf).map((name) => squeeze(fold(name).text));
  return new Set(names.filter((name) => /\p{Script=Han}/u.test(name) && others.some((other) => other !== name && other.endsWith(name))));
}
