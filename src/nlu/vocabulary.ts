import type { NotARole, Role, Topic } from '../domain/role.ts';
import type { Topology, TopologyId } from '../domain/rule.ts';
import type { Site } from '../domain/site.ts';
import { fold } from './fold.ts';
import type { Key, Words } from './grammar.ts';
import type { Meaning } from './lexeme.ts';
import { PhraseTree, squeeze } from './phrase-tree.ts';
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
  /** The topologies that are active where a text names none. */
  readonly active: readonly TopologyId[];
};

export type Named = {
  readonly roles: readonly Role[];
  readonly notRoles: readonly NotARole[];
  readonly topics: readonly Topic[];
  readonly topologies: readonly Topology[];
  readonly sites: readonly Site[];
};

export function buildVocabulary({ roles, notRoles, topics, topologies }: Named): Vocabulary {
  const phrases = new PhraseTree();
  const add = (phrase: string, meaning: Meaning) => phrases.add(fold(phrase).text, meaning);
  for (const role of roles) for (const name of namesOf(role)) add(name, { kind: 'role', role: role.id, anyone: role.kind === 'any' });
  for (const { phrases: list } of notRoles) for (const phrase of list) add(phrase, { kind: 'not-role' });
  for (const topic of topics) for (const name of [topic.id, ...namesOf(topic)]) add(name, { kind: 'topic', topic: topic.id });
  for (const { name, document, aliases } of topologies) {
    for (const title of [name.en, name['zh-CN'], document.title.en, document.title['zh-CN'], document.product, ...aliases])
      add(title, { kind: 'topology' });
  }
  for (const transport of ['tcp', 'udp', 'icmp', 'icmpv6'] as const) add(transport, { kind: 'transport', transport });
  addWords(englishWords, ',', add);
  addWords(chineseWords, ' ', add);

  const rules = new Map<string, string>();
  const rulePrefixes = new Set<string>();
  for (const { id } of topologies.flatMap((topology) => topology.rules)) {
    rules.set(squeeze(id.toLowerCase()), id);
    rulePrefixes.add((id.split('-')[0] ?? id).toLowerCase());
  }
  return { phrases, rules, rulePrefixes, nameWords: correctable(roles, topologies), tails: tailsOf(roles, notRoles), active: [] };
}

/** The same words, for a conversation in which these topologies are active: which role a word means may depend on them. */
export function withActive(vocabulary: Vocabulary, active: readonly TopologyId[]): Vocabulary {
  return { ...vocabulary, active };
}

function addWords(words: Words, apart: string, add: (phrase: string, meaning: Meaning) => void): void {
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
  const mentioned = new Set<string>(
    topologies.flatMap(({ rules }) => rules.flatMap(({ source, destination, via }) => [...source, ...destination, ...(via ? [via] : [])])),
  );
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
