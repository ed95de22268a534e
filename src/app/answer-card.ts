import type { Card, CardAction, CardElement } from '../chat/card.ts';
import { topologyIdSchema } from '../domain/rule.ts';
import type { Reader } from '../locale.ts';
import { questionBack } from './answer-again.ts';
import { answerCsv } from './answer-csv.ts';
import type { Findings } from './answer-findings.ts';
import { catalogueOf } from './answer-knowledge.ts';
import { type AskResult, lookUp } from './answer-question.ts';
import { plainText, type Said, sayFindings } from './answer-text.ts';
import { Voice } from './answer-voice.ts';
import type { Knowledge } from './ports.ts';

/** An answer as a card in the reader's language: what was read, the rules, what else holds, and what to do next. */
export function answerCard(result: Pick<AskResult, 'question' | 'catalogue'>, knowledge: Knowledge, reader: Reader): Card {
  const topologies = result.catalogue.topology.split(',').flatMap((id) => topologyIdSchema.safeParse(id).data ?? []);
  const { findings } = lookUp(result.question, knowledge, topologies);
  const voice = new Voice(knowledge, reader);
  const said = sayFindings(findings, catalogueOf(knowledge, topologies), knowledge, voice);
  const text = plainText(said);
  return {
    locale: reader.locale,
    title: null,
    elements: elementsOf(said, findings, voice),
    actions: actionsOf(result.question, findings, result.catalogue.topology, text, voice),
    summary: text.split('\n').slice(0, 2).join(' · '),
  };
}

function elementsOf(said: Said, findings: Findings, voice: Voice): readonly CardElement[] {
  const { verdict, head, remarks, lines, besides, notes, citations } = said;
  const text = (line: string): CardElement => ({ kind: 'text', spans: [line] });
  const aside = (line: string): CardElement => ({ kind: 'text', spans: [{ subtle: line }] });
  const reading = voice.reading(findings.reading);
  const first = head === null ? [] : [{ strong: reading }, { subtle: head.replace(reading, '') }];
  return [
    ...(first.length === 0 ? [] : [{ kind: 'text' as const, spans: verdict === null ? first : [{ strong: `${verdict} ` }, ...first] }]),
    ...remarks.map(text),
    ...(lines.length === 0 ? [] : [tableOf(findings, voice)]),
    ...besides.map(text),
    ...notes.map(aside),
    ...citations.map(aside),
  ];
}

/** The rules that name what was asked; both ends stand in it where they differ from row to row. */
function tableOf({ reading, rules }: Findings, voice: Voice): CardElement {
  const explicit = rules.filter(({ match }) => match === 'explicit').map(({ rule }) => rule);
  const pinned = reading.from.length === 1 && reading.to.length === 1 && !reading.both;
  const ends = pinned ? [] : [voice.say('answer.column.ends')];
  return {
    kind: 'table',
    columns: [voice.say('answer.column.port'), ...ends, voice.say('answer.column.purpose'), voice.say('answer.column.rule')],
    rows: explicit.map((rule) => [voice.service(rule), ...(pinned ? [] : [voice.endsOf(rule)]), voice.purpose(rule), rule.id]),
  };
}

function actionsOf(question: string, findings: Findings, topology: string, text: string, voice: Voice): readonly CardAction[] {
  const { intent, reading, rules, near } = findings;
  const button = (label: string, action: string, data: Extract<CardAction, { kind: 'button' }>['data'], primary = false): CardAction => ({
    kind: 'button',
    label,
    action,
    data,
    style: primary ? 'primary' : 'default',
  });
  const ask = (label: string, asked: string) => button(label, 'ask', { question: asked });
  const back = intent.kind === 'ports' || intent.kind === 'check' ? questionBack(reading, voice) : null;
  const ids = rules.map(({ rule }) => rule.id);
  const corrections = 'corrections' in intent ? intent.corrections : [];
  const quoted = corrections.reduce((asked, { typed }) => asked.replace(typed, `“${typed}”`), question);
  return [
    ...(ids.length === 0
      ? []
      : [button(voice.say('answer.button.request'), 'request', { rules: ids, from: reading.from, to: reading.to, topology }, true)]),
    ...(back === null ? [] : [ask(voice.say('answer.button.other-way'), back)]),
    ...(corrections.length === 0 ? [] : [ask(voice.say('answer.button.wrong'), quoted)]),
    ...near.slice(0, 3).map(({ rule }) => ask(voice.say('answer.button.near', { rule: rule.id, service: voice.service(rule) }), rule.id)),
    ...(rules.length === 0
      ? []
      : [
          { kind: 'copy' as const, label: voice.say('answer.button.copy-text'), text },
          { kind: 'copy' as const, label: voice.say('answer.button.copy-csv'), text: answerCsv(rules, voice) },
        ]),
  ];
}
