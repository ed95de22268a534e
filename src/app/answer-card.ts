import type { Card, CardElement } from '../chat/card.ts';
import type { Reader } from '../locale.ts';
import { actionsOf } from './answer-actions.ts';
import type { Answered } from './answer-ground.ts';
import { plainText, type Said } from './answer-said.ts';
import { sayFindings } from './answer-text.ts';
import { Voice } from './answer-voice.ts';

/** An answer as a card in the reader's language: what was read, the rules, what else holds, and what to do next. */
export function answerCard(answered: Answered, reader: Reader): Card {
  const voice = new Voice(answered.knowledge, reader);
  const said = sayFindings(answered, voice);
  const text = plainText(said);
  return {
    locale: reader.locale,
    title: null,
    elements: elementsOf(said, answered, voice),
    actions: actionsOf(answered, text, voice),
    summary: text.split('\n').slice(0, 2).join(' · '),
  };
}

/** One card a question: a message may hold several. */
export function answerCards(answered: Answered, reader: Reader): readonly Card[] {
  if (answered.parts.length === 0) return [answerCard(answered, reader)];
  return answered.parts.map((part) => {
    const card = answerCard(part, reader);
    return { ...card, elements: [{ kind: 'text', spans: [{ subtle: part.question.trim() }] }, ...card.elements] };
  });
}

function elementsOf(said: Said, { findings }: Answered, voice: Voice): readonly CardElement[] {
  const { verdict, head, remarks, lines, besides, notes, citations } = said;
  const text = (line: string): CardElement => ({ kind: 'text', spans: [line] });
  const aside = (line: string): CardElement => ({ kind: 'text', spans: [{ subtle: line }] });
  const reading = voice.reading(findings.reading);
  const first = head === null ? [] : [{ strong: reading }, { subtle: head.replace(reading, '') }];
  const isReading = head?.startsWith(reading) ?? false;
  const opening = head === null ? [] : isReading ? first : [{ strong: head }];
  return [
    ...(opening.length === 0
      ? []
      : [{ kind: 'text' as const, spans: verdict === null ? opening : [{ strong: `${verdict} ` }, ...opening] }]),
    ...remarks.map(text),
    ...(lines.length === 0 ? [] : [tableOf(said, voice)]),
    ...besides.map(text),
    ...notes.map(aside),
    ...citations.map(aside),
  ];
}

/** The rules that name what was asked; both ends stand in it where they differ from row to row, or are filled in. */
function tableOf({ lines }: Said, voice: Voice): CardElement {
  const withEnds = lines.some(({ ends }) => ends !== null);
  const column = (key: 'port' | 'ends' | 'purpose' | 'rule') => voice.say(`answer.column.${key}`);
  return {
    kind: 'table',
    columns: [column('port'), ...(withEnds ? [column('ends')] : []), column('purpose'), column('rule')],
    rows: lines.map(({ service, ends, purpose, rules }) => [service, ...(withEnds ? [ends ?? ''] : []), purpose, rules]),
  };
}
