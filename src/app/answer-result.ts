import type { RuleMatch } from '../domain/catalogue.ts';
import type { RoleId } from '../domain/role.ts';
import { documentOf, type RuleId, type TopologyId } from '../domain/rule.ts';
import { formatPorts, type Transport } from '../domain/service.ts';
import type { SiteId } from '../domain/site.ts';
import type { Locale } from '../locale.ts';
import type { Aspect, Intent, Reading } from '../nlu/intent.ts';
import type { Difference } from './answer-compare.ts';
import type { Answered } from './answer-ground.ts';
import { standingsOf } from './answer-lines.ts';
import { plainText } from './answer-said.ts';
import type { Located, Scope } from './answer-scope.ts';
import { sayFindings } from './answer-text.ts';
import type { Verdict } from './answer-verdict.ts';
import { Voice } from './answer-voice.ts';

/** An answer as scripts read it. Ports are written as "5061" or "50001-50003". */
export type AskResult = {
  readonly question: string;
  readonly language: Locale;
  readonly intent: Intent['kind'];
  readonly aspect?: Aspect;
  readonly reading: AskedReading;
  readonly scope?: AskedScope;
  readonly verdict: Verdict | null;
  readonly rules: readonly AskedRule[];
  /** Worth offering, never part of the answer: rules near to it, and those that may be of it. */
  readonly near: readonly RuleId[];
  /** `topology`: the ids of the active ones, joined by commas. */
  readonly catalogue: { readonly topology: string; readonly version: string };
  readonly answer: string;
  readonly differences?: readonly AskedDifference[];
  /** Of several questions in one message, or the readings that one may have. */
  readonly answers?: readonly AskResult[];
  readonly choices?: readonly string[];
};

export type AskedReading = {
  readonly from: readonly RoleId[];
  readonly to: readonly RoleId[];
  readonly both: boolean;
  readonly ports: readonly string[];
  readonly transport: Transport | null;
  readonly application: readonly string[];
};

/** What a question names of topologies, sites and addresses, and whose the addresses are. */
type AskedScope = {
  readonly topologies: readonly TopologyId[];
  readonly sites: readonly SiteId[];
  readonly addresses: readonly {
    readonly address: string;
    readonly end: Located['end'];
    readonly holders: readonly { readonly site: SiteId; readonly role: RoleId }[];
  }[];
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
  readonly cite: Cite;
  /** Where else it stands, in the active topologies. */
  readonly also?: readonly Cite[];
  /** Of a rule without a direction. */
  readonly role?: RoleId;
  readonly peers?: readonly RoleId[];
  /** What its document does not state, and what seems wrong with it. */
  readonly gaps?: readonly string[];
  readonly doubt?: string;
};

/** How many rules that may be of an answer are named. */
const mostPerhaps = 6;

type Cite = { readonly document: string; readonly place: string };

type AskedDifference = {
  readonly first: TopologyId;
  readonly other: TopologyId;
  readonly only_first: readonly RuleId[];
  readonly only_other: readonly RuleId[];
  readonly changed: readonly (readonly [RuleId, RuleId])[];
  readonly same: number;
};

export function resultOf(answered: Answered): AskResult {
  const { question, language, findings, catalogue, knowledge } = answered;
  const { intent, aspect, reading, verdict, rules, near, perhaps, differences } = findings;
  const parts = answered.parts.map(resultOf);
  const named = askedScope(reading, answered.scope);
  return {
    question,
    language,
    intent: intent.kind,
    ...(aspect === 'list' ? {} : { aspect }),
    reading: askedReading(reading),
    ...(named === null ? {} : { scope: named }),
    verdict,
    rules: parts.length > 0 ? once(parts) : rules.map((match) => asked(match, language)),
    near: [...new Set([...near, ...perhaps.slice(0, mostPerhaps)].map(({ rule }) => rule.id))],
    catalogue: { topology: catalogue.topologies.map(({ id }) => id).join(','), version: knowledge.versions.catalogue },
    answer: textOf(answered),
    ...(differences.length === 0 ? {} : { differences: differences.map(askedDifference) }),
    ...(parts.length === 0 ? {} : { answers: parts }),
    ...(intent.kind === 'ambiguous' ? { choices: intent.choices.map(({ question: choice }) => choice) } : {}),
  };
}

function once(parts: readonly AskResult[]): readonly AskedRule[] {
  return [...new Map(parts.flatMap((part) => part.rules.map((rule) => [rule.id, rule]))).values()];
}

function textOf(answered: Answered): string {
  const voice = new Voice(answered.knowledge, { locale: answered.language, zone: 'UTC' });
  const own = plainText(sayFindings(answered, voice));
  const choices = answered.intent.kind === 'ambiguous' ? answered.intent.choices.map(({ question }) => `- ${question}`) : [];
  const parts = answered.parts.map((part) => `${part.question.trim()}\n${textOf(part)}`);
  return parts.length > 0 ? parts.join('\n\n') : [own, ...choices].join('\n');
}

function askedScope({ topologies, sites }: Reading, { located }: Scope): AskedScope | null {
  if (topologies.length + sites.length + located.length === 0) return null;
  const addresses = located.map(({ address, end, holders }) => ({
    address,
    end,
    holders: holders.map(({ site, role }) => ({ site: site.id, role })),
  }));
  return { topologies, sites, addresses };
}

function askedReading({ from, to, both, ports, transport, application }: Reading): AskedReading {
  return {
    from,
    to,
    both,
    ports: ports.map((range) => formatPorts([range])),
    transport,
    application,
  };
}

function asked(match: RuleMatch, locale: Locale): AskedRule {
  const { id, source, destination, via, transport, application, security, role, peers, gaps, doubt } = match.rule;
  const [cite, ...also] = standingsOf(match).map(
    ({ rule, topology }): Cite => ({ document: documentOf(topology, rule).title[locale], place: rule.place[locale] }),
  );
  return {
    id,
    match: match.match,
    source,
    destination,
    via,
    transport,
    ports: formatPorts(match.rule.ports),
    application,
    security,
    purpose: match.rule.purpose[locale],
    cite: cite ?? { document: match.topology.document.title[locale], place: match.rule.place[locale] },
    ...(also.length === 0 ? {} : { also }),
    ...(role === null ? {} : { role, peers }),
    ...(gaps.length === 0 ? {} : { gaps }),
    ...(doubt === null ? {} : { doubt: doubt[locale] }),
  };
}

function askedDifference({ first, other, onlyFirst, onlyOther, changed, same }: Difference): AskedDifference {
  return {
    first,
    other,
    only_first: onlyFirst.map(({ id }) => id),
    only_other: onlyOther.map(({ id }) => id),
    changed: changed.map(([one, two]) => [one.id, two.id] as const),
    same,
  };
}
