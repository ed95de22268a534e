import type { Role, Topic } from '../../src/domain/role.ts';
import type { Topology } from '../../src/domain/rule.ts';
import { type Meant, Oracle } from './oracle.ts';
import { chinese, english, type Kind, prefixes, suffixes } from './paraphrase-templates.ts';

export type Paraphrase = {
  readonly text: string;
  readonly kind: Kind;
  readonly topology: string;
  readonly meant: Meant;
  readonly misspelt: boolean;
};

type Facts = { readonly topologies: readonly Topology[]; readonly roles: readonly Role[]; readonly topics: readonly Topic[] };

/** Mulberry32: the same numbers for the same seed, everywhere. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Ways to ask about what topologies say, each with what is meant by it. */
export function* paraphrases(facts: Facts, count: number, seed: number): Generator<Paraphrase> {
  const random = numbers(seed);
  const pick = <T>(list: readonly T[]): T => {
    const one = list[Math.floor(random() * list.length)];
    if (one === undefined) throw new Error('nothing to pick from');
    return one;
  };
  const grounds = facts.topologies.map((topology) => groundOf(topology, facts));
  for (let made = 0; made < count; ) {
    const ground = random() < 0.25 ? pick(grounds.slice(0, 1)) : pick(grounds);
    const language = random() < 0.5 ? 'en' : 'zh';
    const kind = pick(kinds);
    const template = pick((language === 'en' ? english : chinese)[kind]);
    const one = fill(template, kind, language, ground, random, pick);
    if (one === null) continue;
    made++;
    yield one;
  }
}

const kinds: readonly Kind[] = [
  'pair',
  'pair',
  'pair',
  'pair',
  'pair',
  'pair',
  'between',
  'to',
  'from',
  'either',
  'ports',
  'ports',
  'check',
  'check',
  'check',
  'topic',
  'pair-topic',
  'pair-transport',
  'exists',
  'count',
  'why',
  'breaks',
];

/** What can be asked about one topology. */
type Ground = {
  readonly id: string;
  readonly roles: readonly Role[];
  readonly ports: readonly (readonly [number, number])[];
  readonly topics: readonly Topic[];
};

function groundOf(topology: Topology, { roles, topics }: Facts): Ground {
  const oracle = new Oracle(topology.rules, roles);
  return {
    id: topology.id,
    roles: roles.filter(({ id, kind }) => kind !== 'any' && oracle.mentions(id)),
    ports: topology.rules
      .flatMap(({ ports }) => ports.map(({ from, to }) => [from, to] as const))
      .filter(([from, to]) => to - from < 60_000),
    topics: topics.filter(({ id }) => topology.rules.some((rule) => rule.application === id || rule.topics.includes(id))),
  };
}

type Random = () => number;
type Pick = <T>(list: readonly T[]) => T;
type Language = 'en' | 'zh';

const nothing: Meant = { from: [], to: [], both: false, ports: [], transport: null, topic: null };

function fill(template: string, kind: Kind, language: Language, ground: Ground, random: Random, pick: Pick): Paraphrase | null {
  if ((template.includes('{F}') && ground.roles.length < 2) || (template.includes('{A}') && ground.topics.length === 0)) return null;
  if ((template.includes('{P}') && ground.ports.length === 0) || ground.roles.length === 0) return null;
  const [first, second] = [pick(ground.roles), pick(ground.roles)];
  if (template.includes('{F}') && first === second) return null;
  const service = kind === 'check' || kind === 'ports' ? servicesOf(ground, language, random, pick) : single(ground, pick);
  const topic = template.includes('{A}') ? pick(ground.topics) : null;
  const transport = template.includes('{X}') ? pick(['tcp', 'udp']) : service.transport;
  const misspelt = language === 'en' && template.includes('{F}') && random() < 0.04;
  const name = (role: Role) => nameOf(role, language, random, pick);
  const typed = (text: string) => (misspelt ? slip(text, random) : text);
  const said = template
    .replace('{F}', () => typed(name(first)))
    .replace('{T}', () => name(second))
    .replace('{R}', () => name(first))
    .replace('{P}', () => service.text)
    .replace('{A}', () => (topic === null ? '' : pick(namesOf(topic, language))))
    .replace('{X}', () => (random() < 0.5 ? (transport ?? '').toUpperCase() : (transport ?? '')));
  const text = dressed(`${pick(prefixes[language])}${said}${/[?？]$/.test(said) ? '' : pick(suffixes[language])}`, random);
  const ends: Partial<Meant> = {
    ...(template.includes('{F}') ? { from: [first.id], to: [second.id] } : {}),
    ...(kind === 'to' ? { to: [first.id] } : {}),
    ...(kind === 'from' ? { from: [first.id] } : {}),
    ...(kind === 'either' || kind === 'why' ? { from: [first.id], both: true } : {}),
    ...(kind === 'between' ? { both: true } : {}),
  };
  const meant: Meant = {
    ...nothing,
    ...ends,
    ports: template.includes('{P}') ? service.ports : [],
    transport: template.includes('{P}') || template.includes('{X}') ? transport : null,
    topic: topic?.id ?? null,
  };
  return { text, kind, topology: ground.id, meant, misspelt };
}

type Service = { readonly text: string; readonly ports: Meant['ports']; readonly transport: string | null };

function single({ ports }: Ground, pick: Pick): Service {
  const [low, high] = ports.length === 0 ? [443, 443] : pick(ports);
  return { text: low === high ? `${low}` : `${low}-${high}`, ports: [[low, high]], transport: null };
}

/** One port, a list, a range, or one with its transport. */
function servicesOf(ground: Ground, language: Language, random: Random, pick: Pick): Service {
  const one = random() < 0.15 ? { text: '4711', ports: [[4711, 4711]] as const, transport: null } : single(ground, pick);
  const chance = random();
  if (chance < 0.6) return one;
  const [[low, high] = [0, 0]] = one.ports;
  if (chance < 0.75) {
    const transport = pick(['tcp', 'udp']);
    return {
      text: pick([`${one.text}/${transport}`, `${transport} ${one.text}`, `${transport.toUpperCase()} ${one.text}`]),
      ports: one.ports,
      transport,
    };
  }
  const other = single(ground, pick);
  if (chance < 0.9)
    return {
      text: `${one.text}${pick(language === 'en' ? [', ', ' and ', '/'] : ['、', '和', '，'])}${other.text}`,
      ports: [...one.ports, ...other.ports],
      transport: null,
    };
  const wide = Math.min(65_535, high + Math.floor(random() * 5));
  return low === wide
    ? one
    : { text: `${low}${pick(['-', '~', language === 'en' ? ' to ' : '到'])}${wide}`, ports: [[low, wide]], transport: null };
}

function namesOf({ name, aliases }: Pick2, language: Language): readonly string[] {
  return language === 'en' ? [name.en, ...aliases.en] : [name['zh-CN'], ...aliases['zh-CN']];
}

type Pick2 = { readonly name: Role['name']; readonly aliases: Role['aliases'] };

/** A role by any of its names, sometimes in the other language, as it is often typed. */
function nameOf(role: Role, language: Language, random: Random, pick: Pick): string {
  const mixed = random() < 0.08;
  const own = mixed ? (language === 'en' ? 'zh' : 'en') : language;
  const name = pick(namesOf(role, own));
  const article = own === 'en' && language === 'en' && random() < 0.4 && !/^(?:all|any|every|each) /i.test(name) ? 'the ' : '';
  return article + name;
}

/** One letter left out, doubled, or changed places with the next, inside the longest word. */
function slip(text: string, random: Random): string {
  const [word = ''] = text.split(/[^A-Za-z]+/).toSorted((a, b) => b.length - a.length);
  if (word.length < 6) return text;
  const at = 2 + Math.floor(random() * (word.length - 4));
  const chance = random();
  const [before, here, next, after] = [word.slice(0, at), word.charAt(at), word.charAt(at + 1), word.slice(at + 2)];
  const wrong = chance < 0.4 ? before + next + here + after : chance < 0.7 ? before + next + after : before + here + here + next + after;
  return text.replace(word, wrong);
}

/** Upper case, full width, or as it was. */
function dressed(text: string, random: Random): string {
  const chance = random();
  if (chance < 0.06) return text.toUpperCase();
  if (chance < 0.12)
    return [...text].map((each) => (/[!-~]/.test(each) ? String.fromCodePoint((each.codePointAt(0) ?? 0) + 0xfee0) : each)).join('');
  return text;
}
