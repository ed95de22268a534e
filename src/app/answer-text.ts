import type { Catalogue, RuleMatch } from '../domain/catalogue.ts';
import { portsOverlap } from '../domain/port-ranges.ts';
import { Addresses, sayHolders } from './answer-addresses.ts';
import { sayDifferences } from './answer-difference.ts';
import type { Findings } from './answer-findings.ts';
import type { Ground } from './answer-ground.ts';
import { type Line, linesOf, mostLines } from './answer-lines.ts';
import { caveatsOf, remarksOn } from './answer-remarks.ts';
import { type Said, type SaidLine, silent } from './answer-said.ts';
import { destinationsOf, someIds, someNames } from './answer-some.ts';
import { sayStranger } from './answer-stranger.ts';
import type { Voice } from './answer-voice.ts';

export function sayFindings(ground: Ground, voice: Voice): Said {
  const { intent } = ground.findings;
  const alone = (text: string): Said => ({ ...silent, remarks: [text] });
  switch (intent.kind) {
    case 'ports':
    case 'check':
      return sayRules(ground, voice, intent.corrections);
    case 'unknown-role':
      return sayStranger(ground, intent.words, voice);
    case 'rule':
      return saySingle(ground, voice);
    case 'compare':
      return sayDifferences(ground, voice);
    case 'invalid':
      return alone(voice.say(/\d-\d/.test(intent.what) ? 'answer.invalid.range' : 'answer.invalid', { what: intent.what }));
    case 'not-understood':
      return alone(voice.say(intent.because === null ? 'answer.not-understood' : `answer.not-understood.${intent.because}`));
    case 'ambiguous':
      return alone(voice.say('answer.ambiguous', { words: intent.words }));
    case 'several':
      return alone(voice.count('answer.several', intent.questions.length));
    case 'request':
    case 'status':
    case 'decide':
    case 'help':
    case 'greeting':
      return alone(voice.say(`answer.elsewhere.${intent.kind}`));
  }
}

type Corrections = readonly { readonly typed: string; readonly read: string }[];

function sayRules(ground: Ground, voice: Voice, corrections: Corrections): Said {
  const { findings, catalogue, scope } = ground;
  const { reading, rules, perhaps, closed, aspect } = findings;
  const explicit = rules.filter(({ match }) => match === 'explicit');
  const lines = linesOf(explicit, catalogue);
  const nothing = rules.length === 0 ? voice.say('answer.none') : explicit.length === 0 ? voice.say('answer.none.explicit') : null;
  const cited = rules.length > 0 ? [...rules, ...perhaps] : [...findings.otherWay, ...perhaps, ...findings.near];
  return {
    verdict: sayVerdict(findings, voice),
    head: voice.say('answer.head', { reading: voice.reading(reading), topology: voice.topologies(catalogue) }),
    remarks: [
      ...sayHolders(scope, voice),
      ...corrections.map(({ typed, read }) => voice.say('answer.correction', { typed, role: voice.name(read) })),
      ...(closed.length > 0 ? [sayClosed(findings, voice)] : nothing === null ? [] : [nothing]),
      ...(aspect === 'breaks' && rules.length > 0 ? [voice.say('answer.breaks')] : []),
    ],
    lines: sayLines(lines, isPinned(findings), ground, voice),
    besides: [...more(lines, voice), ...sayBesides(findings, catalogue, voice)],
    notes: [...remarksOn(lines.slice(0, mostLines), voice, aspect === 'why'), ...caveatsOf(cited, voice)],
    citations: voice.citations(cited),
  };
}

function sayVerdict({ verdict, open, aspect, rules }: Findings, voice: Voice): string | null {
  if (open) return voice.say('answer.open');
  if (aspect === 'count') return voice.count('answer.count', rules.length);
  if (verdict === null) return null;
  return voice.say(aspect === 'exists' ? `answer.exists.${verdict}` : `answer.${verdict}`);
}

/** Both ends of every rule are those of the head. */
function isPinned({ reading, rules }: Findings): boolean {
  return reading.from.length === 1 && reading.to.length === 1 && !reading.both && rules.every(({ rule }) => rule.role === null);
}

export function sayLines(
  lines: readonly Line[],
  pinned: boolean,
  { findings, catalogue, scope, knowledge }: Ground,
  voice: Voice,
): readonly SaidLine[] {
  const addresses = new Addresses(scope, findings.reading, catalogue.roles, knowledge, voice);
  return lines.slice(0, mostLines).map(({ rule, matches }) => {
    const ends = addresses.isFilled ? addresses.endsOf(rule) : pinned ? null : voice.endsOf(rule);
    const said = { service: voice.service(rule), purpose: voice.purpose(rule), rules: voice.ids(matches) };
    const params = { service: said.service, purpose: said.purpose, rule: said.rules };
    return { ...said, ends, text: ends === null ? voice.say('answer.line', params) : voice.say('answer.line.ends', { ...params, ends }) };
  });
}

export function more(lines: readonly Line[], voice: Voice): readonly string[] {
  return lines.length > mostLines ? [voice.count('answer.more', lines.length - mostLines)] : [];
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

function sayBesides({ reading, rules, perhaps, near, otherWay, verdict }: Findings, catalogue: Catalogue, voice: Voice): readonly string[] {
  const any = rules.filter(({ match }) => match === 'any');
  const { any: anyone } = catalogue.roles;
  const params = { services: voice.services(any), rules: someIds(any, voice) };
  const bySource = any.every(({ rule }) => anyone !== null && rule.source.includes(anyone));
  const turned = { ...reading, from: reading.to, to: reading.from, addresses: { from: [], to: [] } };
  const back = () => ({
    ends: voice.reading({ ...turned, ports: [], transport: null, application: [] }),
    services: voice.services(otherWay),
    rules: someIds(otherWay, voice),
  });
  const rest = near.filter(({ rule }) => !otherWay.some((told) => told.rule.id === rule.id));
  const itemsOf = (some: readonly RuleMatch[]) =>
    voice.list(
      some.map(({ rule }) => voice.say('answer.near.item', { ends: voice.endsOf(rule), service: voice.service(rule), rule: rule.id })),
      'item',
    );
  return [
    ...(any.length === 0
      ? []
      : reading.both || !bySource || reading.from.length === 0
        ? [voice.say(bySource ? 'answer.any.alone' : 'answer.any.either', { ...params, to: someNames(destinationsOf(any), voice) })]
        : [voice.say('answer.any', { ...params, from: voice.names(reading.from) })]),
    ...(perhaps.length === 0
      ? []
      : [perhaps.length > few ? sayMany(perhaps, voice) : voice.say('answer.perhaps', { rules: itemsOf(perhaps) })]),
    ...(otherWay.length === 0 ? [] : [voice.say(verdict === 'no' ? 'answer.other-way.does' : 'answer.other-way', back())]),
    ...(rest.length === 0 ? [] : [voice.say('answer.near', { rules: itemsOf(rest) })]),
  ];
}

/** So many rules are told one by one. */
const few = 3;

const sayMany = (rules: readonly RuleMatch[], voice: Voice): string =>
  voice.say('answer.perhaps.many', { count: rules.length, rules: someIds(rules, voice) });

function saySingle(ground: Ground, voice: Voice): Said {
  const { findings, catalogue } = ground;
  const { rules, missing } = findings;
  const elsewhere = rules.filter(
    ({ topology, also }) => ![topology, ...also.map((at) => at.topology)].some((at) => catalogue.topologies.includes(at)),
  );
  const lines = rules.map((match): Line => ({ rule: match.rule, matches: [match] }));
  const topology = voice.topologies(catalogue);
  return {
    ...silent,
    remarks: [
      ...(missing.length === 0 ? [] : [voice.say('answer.rule.missing', { rules: missing.join(', '), topology })]),
      ...elsewhere.map(({ rule, topology: at }) => voice.say('answer.rule.elsewhere', { rule: rule.id, topology: at.name })),
    ],
    lines: sayLines(lines, false, ground, voice),
    notes: [...remarksOn(lines, voice, true), ...caveatsOf(rules, voice)],
    citations: voice.citations(rules),
  };
}
