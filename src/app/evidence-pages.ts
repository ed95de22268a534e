import { formatMoment } from '../dialog/moment.ts';
import { personById } from '../domain/authority.ts';
import type { Remark } from '../domain/change-request.ts';
import { documentOf } from '../domain/rule.ts';
import type { Message, Reader } from '../locale.ts';
import type { Evidence } from './evidence.ts';
import type { Block, EvidenceDocument } from './evidence-document.ts';
import { pciDemands } from './evidence-pci.ts';
import type { Knowledge } from './ports.ts';
import { expiryText, statusText, windowText } from './request-card.ts';
import { flowElements } from './request-elements.ts';
import { deedText, wordsText } from './timeline-deeds.ts';
import { directoryOf } from './turn.ts';

type SayKey = (key: string, params?: Message['params']) => string;
type Part = { readonly evidence: Evidence; readonly knowledge: Knowledge; readonly reader: Reader; readonly say: SayKey };

/** The evidence pack of a request, as a document of plain texts. `hasProof`: a folder with the proof lies beside it. */
export function evidenceDocument(evidence: Evidence, knowledge: Knowledge, reader: Reader, hasProof: boolean): EvidenceDocument {
  const say: SayKey = (key, params = {}) => knowledge.say({ key, params }, reader);
  const part: Part = { evidence, knowledge, reader, say };
  const { request, now } = evidence;
  const section = (name: string, blocks: readonly Block[]): readonly Block[] => [
    { kind: 'heading', text: say(`evidence.section.${name}`) },
    ...blocks,
  ];
  return {
    locale: reader.locale,
    title: say('evidence.title', { request: request.id, title: request.content.title }),
    blocks: [
      { kind: 'text', text: say('evidence.made', { when: { at: now }, zone: reader.zone }) },
      { kind: 'text', text: statusText(request, directoryOf(knowledge), say) },
      ...section('asked', asked(part)),
      ...section('questions', questions(part)),
      ...section('findings', findings(part)),
      ...section('approvals', approvals(part)),
      ...section('remarks', remarks(part)),
      ...section('pci', requirements(part)),
      ...section('entries', entries(part)),
      ...section('proof', proof(part, hasProof)),
    ],
  };
}

function asked({ evidence: { request }, knowledge, reader, say }: Part): readonly Block[] {
  const { content } = request;
  const name = (id: typeof content.requester): string => personById(directoryOf(knowledge), id)?.name ?? id;
  const site = knowledge.sites.find(({ id }) => id === content.site);
  const fact = (label: string, value: string | null): readonly (readonly [string, string])[] => (value === null ? [] : [[label, value]]);
  const own = (key: string, value: string | null) => fact(say(`evidence.fact.${key}`), value);
  const known = (key: string, value: string | null) => fact(say(`request.fact.${key}`), value);
  const flows = flowElements(content.flows, knowledge, reader, 'full').flatMap((element): readonly Block[] =>
    element.kind === 'table' ? [{ kind: 'table', columns: element.columns, rows: element.rows, marks: null }] : [],
  );
  return [
    {
      kind: 'facts',
      rows: [
        ...own('requester', name(content.requester)),
        ...own('on-behalf-of', content.on_behalf_of === null ? null : name(content.on_behalf_of)),
        ...known('kind', say(`request.kind.${content.kind}`)),
        ...own('need', content.business_need),
        ...known('impact', content.security_impact),
        ...known('control', content.compensating_control),
        ...known('application', content.application),
        ...known('owner', content.application_owner),
        ...own('ticket', content.ticket),
        ...known('site', site ? site.name[reader.locale] : content.site),
        ...known('when', windowText(request, knowledge, reader)),
        ...known('until', expiryText(request, knowledge, reader)),
        ...known('test', content.test_plan),
        ...known('backout', content.backout_plan),
        ...own('submitted', formatMoment(new Date(request.created_at), reader)),
        ...known('hash', request.content_hash),
        ...known('catalogue', request.catalogue_version),
        ...own('policy', request.policy_version),
        ...own('dialog', `${request.dialog.id}, ${request.dialog.hash}`),
      ],
    },
    ...flows,
  ];
}

function questions({ evidence, knowledge, reader, say }: Part): readonly Block[] {
  if (evidence.questions.length === 0) return [{ kind: 'text', text: say('evidence.no-questions') }];
  const cite = (id: string): string => {
    for (const topology of knowledge.topologies) {
      const rule = topology.rules.find((one) => one.id === id);
      if (rule) return `${id}: ${documentOf(topology, rule).title[reader.locale]}, ${rule.place[reader.locale]}`;
    }
    return id;
  };
  const rows = evidence.questions.map(({ at, idx, text, rules }) => [
    formatMoment(new Date(at), reader),
    text ?? say('timeline.erased'),
    rules.map(cite).join('\n'),
    String(idx),
  ]);
  return [
    { kind: 'text', text: say('evidence.questions') },
    { kind: 'table', columns: columns(['when', 'question', 'cited', 'entry'], say), rows, marks: null },
  ];
}

function findings({ evidence: { request }, knowledge, reader, say }: Part): readonly Block[] {
  if (request.findings.length === 0) return [{ kind: 'text', text: say('evidence.no-findings') }];
  const rows = request.findings.map(({ severity, message }) => [say(`evidence.severity.${severity}`), knowledge.say(message, reader)]);
  return [{ kind: 'table', columns: columns(['severity', 'finding'], say), rows, marks: null }];
}

function approvals({ evidence: { request }, knowledge, reader, say }: Part): readonly Block[] {
  if (request.approvals.length === 0) return [{ kind: 'text', text: say('evidence.no-approvals') }];
  const directory = directoryOf(knowledge);
  const rows = request.approvals.map(({ by, stage, at, comment, content_hash }) => [
    personById(directory, by)?.name ?? by,
    directory.policy.stages.find(({ id }) => id === stage)?.name[reader.locale] ?? stage,
    formatMoment(new Date(at), reader),
    comment ?? '',
    content_hash,
  ]);
  const marks = request.approvals.map(({ content_hash }) => content_hash === request.content_hash);
  return [
    { kind: 'table', columns: columns(['by', 'stage', 'when', 'comment', 'hash'], say), rows, marks },
    { kind: 'text', text: say('evidence.approvals', { hash: request.content_hash }) },
  ];
}

function remarks({ evidence: { request }, knowledge, reader, say }: Part): readonly Block[] {
  const lines: readonly Remark[] = request.remarks;
  if (lines.length === 0) return [{ kind: 'text', text: say('evidence.no-remarks') }];
  const rows = lines.map(({ kind, by, at, text }) => [
    formatMoment(new Date(at), reader),
    personById(directoryOf(knowledge), by)?.name ?? by,
    say(`evidence.remark.${kind}`),
    text,
  ]);
  return [{ kind: 'table', columns: columns(['when', 'by', 'remark', 'text'], say), rows, marks: null }];
}

function requirements({ evidence, knowledge, reader, say }: Part): readonly Block[] {
  const demands = pciDemands(evidence);
  const rows = demands.map(({ requirement, asks, shown }) => [requirement, knowledge.say(asks, reader), knowledge.say(shown, reader)]);
  const left = demands.filter(({ present }) => !present).length;
  return [
    { kind: 'text', text: left === 0 ? say('evidence.pci.all') : say('evidence.pci.missing', { count: left, of: demands.length }) },
    { kind: 'table', columns: columns(['requirement', 'asks', 'shown'], say), rows, marks: demands.map(({ present }) => present) },
  ];
}

function entries({ evidence: { story }, knowledge, reader, say }: Part): readonly Block[] {
  const rows = story.map((one) => {
    const deed = deedText(one, knowledge.people, say);
    const words = wordsText(one, say);
    const what = words === null ? deed : say('timeline.said', { deed, text: words });
    return [String(one.idx), formatMoment(new Date(one.entry.at), reader), one.who ?? say('timeline.program'), what, one.leaf];
  });
  return [
    { kind: 'text', text: say('evidence.entries') },
    { kind: 'table', columns: columns(['entry', 'when', 'by', 'what', 'leaf'], say), rows, marks: null },
  ];
}

function proof({ evidence: { signed }, say }: Part, hasProof: boolean): readonly Block[] {
  if (signed === null) return [{ kind: 'text', text: say('evidence.unsigned') }];
  const facts: Block = {
    kind: 'facts',
    rows: [
      [say('evidence.fact.log'), signed.origin],
      [say('evidence.fact.size'), String(signed.size)],
      [say('evidence.fact.root'), signed.root],
      [say('evidence.fact.key'), signed.vkey],
    ],
  };
  return [
    { kind: 'text', text: say('evidence.signed') },
    facts,
    { kind: 'text', text: say(hasProof ? 'evidence.check.folder' : 'evidence.check.without') },
    { kind: 'text', text: say('evidence.check.operator') },
    { kind: 'code', text: 'portclerk audit verify' },
    { kind: 'text', text: say('evidence.limits') },
  ];
}

function columns(names: readonly string[], say: SayKey): readonly string[] {
  return names.map((name) => say(`evidence.column.${name}`));
}
