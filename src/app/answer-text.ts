import type { Catalogue, RuleMatch } from '../domain/catalogue.ts';
import { portsOverlap } from '../domain/port-ranges.ts';
import type { RoleId } from '../domain/role.ts';
import type { Findings } from './answer-findings.ts';
import type { Voice } from './answer-voice.ts';
import type { Knowledge } from './ports.ts';

/** An answer in parts, each a piece of plain text, in the order they are said. */
export type Said = {
  /** "Yes.", "No.": to a question that asks for it. */
  readonly verdict: string | null;
  /** How the question was read, and of which topology. */
  readonly head: string | null;
  /** What can't be answered and why, and what nothing allows. */
  readonly remarks: readonly string[];
  /** One line a rule that names what was asked. */
  readonly lines: readonly string[];
  /** What else holds: through any, the other way, near to it. */
  readonly besides: readonly string[];
  readonly notes: readonly string[];
  readonly citations: readonly string[];
};

const silent: Said = { verdict: null, head: null, remarks: [], lines: [], besides: [], notes: [], citations: [] };

export function sayFindings(findings: Findings, catalogue: Catalogue, knowledge: Knowledge, voice: Voice): Said {
  const { intent } = findings;
  switch (intent.kind) {
    case 'ports':
    case 'check':
      return sayRules(findings, catalogue, voice, intent.corrections);
    case 'unknown-role':
      return sayStranger(findings, intent.words, catalogue, knowledge, voice);
    case 'rule':
      return saySingle(findings, catalogue, voice);
    case 'invalid':
      return {
        ...silent,
        remarks: [voice.say(/\d-\d/.test(intent.what) ? 'answer.invalid.range' : 'answer.invalid', { what: intent.what })],
      };
    case 'not-understood':
      return { ...silent, remarks: [voice.say('answer.not-understood')] };
    case 'request':
    case 'status':
    case 'decide':
    case 'help':
    case 'greeting':
      return { ...silent, remarks: [voice.say(`answer.elsewhere.${intent.kind}`)] };
  }
}

/** The whole as plain text, a line each. */
export function plainText({ verdict, head, remarks, lines, besides, notes, citations }: Said): string {
  const first = [verdict, head].filter((part) => part !== null).join(' ');
  return [...(first === '' ? [] : [first]), ...remarks, ...lines, ...besides, ...notes, ...citations].join('\n');
}

type Corrections = readonly { readonly typed: string; readonly read: string }[];

function sayRules(findings: Findings, catalogue: Catalogue, voice: Voice, corrections: Corrections): Said {
  const { reading, rules, verdict, closed } = findings;
  const explicit = rules.filter(({ match }) => match === 'explicit');
  const pinned = reading.from.length === 1 && reading.to.length === 1 && !reading.both;
  const nothing = rules.length === 0 ? voice.say('answer.none') : explicit.length === 0 ? voice.say('answer.none.explicit') : null;
  return {
    verdict: verdict === null ? null : voice.say(`answer.${verdict}`),
    head: voice.say('answer.head', { reading: voice.reading(reading), topology: voice.topologies(catalogue) }),
    remarks: [
      ...corrections.map(({ typed, read }) => voice.say('answer.correction', { typed, role: voice.name(read) })),
      ...(closed.length > 0 ? [sayClosed(findings, voice)] : nothing === null ? [] : [nothing]),
    ],
    lines: explicit.map(({ rule }) => {
      const params = { service: voice.service(rule), purpose: voice.purpose(rule), rule: rule.id };
      return pinned ? voice.say('answer.line', params) : voice.say('answer.line.ends', { ...params, ends: voice.endsOf(rule) });
    }),
    besides: sayBesides(findings, catalogue, voice),
    notes: explicit.length <= 2 ? voice.notes(explicit).map((note) => voice.say('answer.note', { note })) : [],
    citations: voice.citations(rules.length > 0 ? rules : [...findings.otherWay, ...findings.near]),
  };
}

/** Which ports nothing opens; or that what is open is not all that was asked. */
function sayClosed({ reading, rules, closed }: Findings, voice: Voice): string {
  const open = rules.flatMap(({ rule }) => rule.ports);
  const ports = closed.filter((range) => !portsOverlap([range], open));
  if (ports.length > 0) return voice.say('answer.closed', { ports: voice.ports(ports) });
  const wide = closed.some(({ from, to }) => from < to);
  if (wide) return voice.say('answer.closed.some', { ports: voice.ports(closed) });
  return voice.say(reading.both ? 'answer.closed.one-way' : 'answer.closed.some-ends');
}

function sayBesides({ reading, rules, near, otherWay, verdict }: Findings, catalogue: Catalogue, voice: Voice): readonly string[] {
  const any = rules.filter(({ match }) => match === 'any');
  const { any: anyone } = catalogue.roles;
  const params = { services: voice.services(any), rules: voice.ids(any) };
  const bySource = any.every(({ rule }) => anyone !== null && rule.source.includes(anyone));
  const turned = { ...reading, from: reading.to, to: reading.from };
  const back = {
    ends: voice.reading({ ...turned, ports: [], transport: null, application: [] }),
    services: voice.services(otherWay),
    rules: voice.ids(otherWay),
  };
  const rest = near.filter(({ rule }) => !otherWay.some((told) => told.rule.id === rule.id));
  const items = rest.map(({ rule }) =>
    voice.say('answer.near.item', { ends: voice.endsOf(rule), service: voice.service(rule), rule: rule.id }),
  );
  return [
    ...(any.length === 0
      ? []
      : reading.both || !bySource || reading.from.length === 0
        ? [voice.say('answer.any.alone', { ...params, to: voice.names(destinationsOf(any)) })]
        : [voice.say('answer.any', { ...params, from: voice.names(reading.from) })]),
    ...(otherWay.length === 0 ? [] : [voice.say(verdict === 'no' ? 'answer.other-way.does' : 'answer.other-way', back)]),
    ...(items.length === 0 ? [] : [voice.say('answer.near', { rules: voice.list(items, 'item') })]),
  ];
}

const destinationsOf = (rules: readonly RuleMatch[]): readonly RoleId[] => [...new Set(rules.flatMap(({ rule }) => rule.destination))];

function sayStranger({ near, absent }: Findings, words: readonly string[], catalogue: Catalogue, knowledge: Knowledge, voice: Voice): Said {
  const topology = voice.topologies(catalogue);
  const plain = (text: string) =>
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\s_-]/g, '');
  const meanings = words.flatMap((word) => {
    const other = knowledge.notRoles.find(({ phrases }) => phrases.some((phrase) => plain(phrase) === plain(word)));
    return other ? [voice.say('answer.unknown.meaning', { words: word, meaning: other.meaning })] : [];
  });
  return {
    ...silent,
    remarks: [
      ...(words.length === 0 ? [] : [voice.say('answer.unknown', { words: voice.list(words), topology })]),
      ...meanings,
      ...(absent.length === 0 ? [] : [voice.say('answer.unknown.absent', { roles: voice.names(absent), topology })]),
    ],
    besides:
      near.length === 0
        ? []
        : [
            voice.say('answer.unknown.any', {
              services: voice.services(near),
              to: voice.names(destinationsOf(near)),
              rules: voice.ids(near),
            }),
          ],
    citations: voice.citations(near),
  };
}

function saySingle({ rules, missing }: Findings, catalogue: Catalogue, voice: Voice): Said {
  const topology = voice.topologies(catalogue);
  return {
    ...silent,
    remarks: missing.length === 0 ? [] : [voice.say('answer.rule.missing', { rules: missing.join(', '), topology })],
    lines: rules.map(({ rule }) =>
      voice.say('answer.line.ends', {
        ends: voice.endsOf(rule),
        service: voice.service(rule),
        purpose: voice.purpose(rule),
        rule: rule.id,
      }),
    ),
    notes: voice.notes(rules).map((note) => voice.say('answer.note', { note })),
    citations: voice.citations(rules),
  };
}
