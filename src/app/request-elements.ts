import type { CardElement } from '../chat/card.ts';
import { formatEndpoint } from '../domain/address.ts';
import type { Finding } from '../domain/change-request.ts';
import type { Flow } from '../domain/flow.ts';
import { portsText } from '../domain/flow-text.ts';
import type { Message, Reader } from '../locale.ts';
import type { Knowledge } from './ports.ts';

/** `short` says how much it leaves out; `full` leaves nothing out. */
export type Detail = 'short' | 'full';

/** So many flows, and so many remarks of one kind, stand on a card at first sight. */
const mostFlows = 12;
const mostAlike = 3;

/** The flows of a request as a table, with the catalogue rule each comes from. */
export function flowElements(flows: readonly Flow[], knowledge: Knowledge, reader: Reader, detail: Detail): readonly CardElement[] {
  const say = (key: string, params: Message['params'] = {}) => knowledge.say({ key, params }, reader);
  const shown = detail === 'full' ? flows : flows.slice(0, mostFlows);
  const table: CardElement = {
    kind: 'table',
    columns: ['source', 'destination', 'service', 'catalogue'].map((column) => say(`request.column.${column}`)),
    rows: shown.map((flow) => [
      flow.source.map(formatEndpoint).join(', '),
      flow.destination.map(formatEndpoint).join(', '),
      portsText(flow),
      flow.origin ? flow.origin.rule : say('request.no-rule'),
    ]),
  };
  if (shown.length === flows.length) return [table];
  return [table, { kind: 'text', spans: [{ subtle: say('request.more-flows', { shown: shown.length, count: flows.length }) }] }];
}

/** Each remark once; of many of one kind the first, and how many more there are. */
export function findingElements(
  findings: readonly Finding[],
  knowledge: Knowledge,
  reader: Reader,
  detail: Detail,
): readonly CardElement[] {
  const texts = new Map(findings.map((one) => [knowledge.say(one.message, reader), one]));
  const kinds = new Map<string, [string, Finding][]>();
  for (const one of texts) kinds.set(one[1].message.key, [...(kinds.get(one[1].message.key) ?? []), one]);
  return [...kinds.values()].flatMap((alike) => {
    const isLong = detail === 'short' && alike.length > mostAlike;
    const shown = isLong ? alike.slice(0, mostAlike - 1) : alike;
    const elements = shown.map(([text, { severity }]) => remark(severity, text));
    const left = alike.length - shown.length;
    const severity = alike[0]?.[1].severity ?? 'info';
    return left === 0
      ? elements
      : [...elements, remark(severity, knowledge.say({ key: 'request.more-findings', params: { count: left } }, reader))];
  });
}

function remark(severity: Finding['severity'], text: string): CardElement {
  return severity === 'info' ? { kind: 'text', spans: [{ subtle: text }] } : { kind: 'notice', tone: severity, spans: [text] };
}

/** Whether the short form of a request leaves something out. */
export function isShortened(flows: readonly Flow[], findings: readonly Finding[]): boolean {
  const kinds = new Map<string, Set<string>>();
  for (const { message } of findings) {
    const texts = kinds.get(message.key) ?? new Set();
    kinds.set(message.key, texts.add(JSON.stringify(message.params ?? {})));
  }
  return flows.length > mostFlows || [...kinds.values()].some((texts) => texts.size > mostAlike);
}
