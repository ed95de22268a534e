import type { RuleMatch } from '../domain/catalogue.ts';
import type { RoleId } from '../domain/role.ts';
import type { RuleId, TopologyId } from '../domain/rule.ts';
import { formatPorts, type Transport } from '../domain/service.ts';
import type { Locale, Reader } from '../locale.ts';
import type { Intent } from '../nlu/intent.ts';
import { type ReadText, read } from '../nlu/read.ts';
import { type Findings, findingsOf, type Verdict } from './answer-findings.ts';
import { catalogueOf, vocabularyOf } from './answer-knowledge.ts';
import { plainText, sayFindings } from './answer-text.ts';
import { Voice } from './answer-voice.ts';
import type { Knowledge } from './ports.ts';

/** An answer as scripts read it. Ports are written as "5061" or "50001-50003". */
export type AskResult = {
  readonly question: string;
  readonly language: Locale;
  readonly intent: Intent['kind'];
  readonly reading: {
    readonly from: readonly RoleId[];
    readonly to: readonly RoleId[];
    readonly both: boolean;
    readonly ports: readonly string[];
    readonly transport: Transport | null;
    readonly application: readonly string[];
  };
  readonly verdict: Verdict | null;
  readonly rules: readonly AskedRule[];
  readonly near: readonly RuleId[];
  /** `topology`: the ids of the active ones, joined by commas. */
  readonly catalogue: { readonly topology: string; readonly version: string };
  readonly answer: string;
};

export type AskedRule = {
  readonly id: RuleId;
  readonly match: RuleMatch['match'];
  readonly source: readonly RoleId[];
  readonly destination: readonly RoleId[];
  readonly via: RoleId | null;
  readonly transport: Transport | null;
  readonly ports: string;
  readonly application: string | null;
  readonly security: string | null;
  readonly purpose: string;
  readonly cite: { readonly document: string; readonly place: string };
};

export type AskOptions = { readonly topologies?: readonly TopologyId[] };

/** What a text wants, with its roles as the default topology speaks of them. */
export function readText(text: string, knowledge: Knowledge): ReadText {
  const { language, intent } = read(text, vocabularyOf(knowledge));
  return { language, intent: findingsOf(intent, catalogueOf(knowledge)).intent };
}

/** What was asked and what the catalogue says to it: everything a card or a text is made from. */
export function lookUp(
  question: string,
  knowledge: Knowledge,
  topologies: readonly TopologyId[] = [],
): { readonly language: Locale; readonly findings: Findings } {
  const { language, intent } = read(question, vocabularyOf(knowledge));
  return { language, findings: findingsOf(intent, catalogueOf(knowledge, topologies)) };
}

export function answerQuestion(question: string, knowledge: Knowledge, { topologies = [] }: AskOptions = {}): AskResult {
  const catalogue = catalogueOf(knowledge, topologies);
  const { language, findings } = lookUp(question, knowledge, topologies);
  const reader: Reader = { locale: language, zone: 'UTC' };
  const { reading, verdict, rules, near } = findings;
  return {
    question,
    language,
    intent: findings.intent.kind,
    reading: { ...reading, ports: reading.ports.map((range) => formatPorts([range])) },
    verdict,
    rules: rules.map((match) => asked(match, language)),
    near: near.map(({ rule }) => rule.id),
    catalogue: { topology: catalogue.topologies.map(({ id }) => id).join(','), version: knowledge.versions.catalogue },
    answer: plainText(sayFindings(findings, catalogue, knowledge, new Voice(knowledge, reader))),
  };
}

function asked({ rule, topology, match }: RuleMatch, locale: Locale): AskedRule {
  const { id, source, destination, via, transport, application, security } = rule;
  return {
    id,
    match,
    source,
    destination,
    via,
    transport,
    ports: formatPorts(rule.ports),
    application,
    security,
    purpose: rule.purpose[locale],
    cite: { document: topology.document.title[locale], place: rule.place[locale] },
  };
}
