import type { RuleMatch } from '../domain/catalogue.ts';
import { formatPorts } from '../domain/service.ts';
import type { Voice } from './answer-voice.ts';

/** The rules of an answer as RFC 4180 CSV, a header line first. Roles are named as people read them. */
export function answerCsv(rules: readonly RuleMatch[], voice: Voice): string {
  const header = [
    voice.say('answer.csv.rule'),
    voice.say('answer.csv.match'),
    voice.say('answer.csv.source'),
    voice.say('answer.csv.destination'),
    voice.say('answer.csv.via'),
    voice.say('answer.csv.transport'),
    voice.say('answer.csv.ports'),
    voice.say('answer.csv.application'),
    voice.say('answer.csv.security'),
    voice.say('answer.csv.purpose'),
    voice.say('answer.csv.document'),
    voice.say('answer.csv.place'),
  ];
  const rows = rules.map(({ rule, topology, match }) => [
    rule.id,
    match,
    voice.names(rule.source, 'or'),
    voice.names(rule.destination, 'or'),
    rule.via === null ? '' : voice.name(rule.via),
    rule.transport ?? '',
    formatPorts(rule.ports),
    rule.application ?? '',
    rule.security ?? '',
    voice.text(rule.purpose),
    voice.text(topology.document.title),
    voice.text(rule.place),
  ]);
  return [header, ...rows].map((cells) => cells.map(cell).join(',')).join('\r\n');
}

/** A spreadsheet takes a cell that begins so for a formula: an apostrophe before it keeps it a text. */
export function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
