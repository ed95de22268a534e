import { parseEndpoint } from '../../domain/address.ts';
import type { Endpoint, Flow } from '../../domain/flow.ts';
import { parseService, servicePattern } from '../../domain/parse-service.ts';
import type { Site } from '../../domain/site.ts';
import type { Knowledge } from '../ports.ts';
import { findRole } from './find-role.ts';
import { addressProblem, fail, type LineReading, serviceProblem } from './flow-problems.ts';
import { apart, boundAt, familiesOf, flowsAt, isConcrete, originOf, ruleOf } from './site-binding.ts';

/** Where role names and rule ids get their addresses from; null where no site was chosen. */
export type Place = { readonly knowledge: Knowledge; readonly site: Site | null };

export function linesOf(text: string): readonly string[] {
  const plain = text.normalize('NFKC').split(/[\n;]/);
  return plain.map((line) => line.replace(/^\s*(?:[-*•]|\d+[.)])\s+/, '').trim()).filter((line) => line !== '');
}

/** Room for a hundred addresses; the patterns below take time with the square of it. */
const longestLine = 2000;

/** Reads `A, B -> C : 5061/tcp` in the forms people write it, or rule ids. */
export function readLine(line: string, place: Place): LineReading {
  if (line.length > longestLine) return fail({ key: 'field-error.too-long', params: { limit: longestLine } });
  const rules = ruleIds(line, place);
  if (rules !== null) return rules;
  const parts = splitLine(line);
  return parts === null ? fail({ key: 'field-error.flow-shape' }) : readParts(parts, place);
}

/** A flow whose three parts are told apart. An end or a service that is only to be filled in is written `?`. */
export function readParts(parts: FlowParts, place: Place): LineReading {
  for (const part of ['source', 'destination', 'service'] as const) {
    if (/^[\s?]*$/.test(parts[part])) return fail({ key: `field-error.no-${part}` });
  }
  const service = parseService(parts.service);
  if (!service.ok) return serviceProblem(service.problem, parts.service);
  const source = readEnds(parts.source, place);
  if (!source.ok) return source;
  const destination = readEnds(parts.destination, place);
  if (!destination.ok) return destination;
  const typed = [source, destination].every((end) => end.role === null);
  const all = [...source.endpoints, ...destination.endpoints];
  const pairs = apart(source.endpoints, destination.endpoints);
  if (pairs.length === 0 || (typed && familiesOf(all).length > 1)) return fail({ key: 'field-error.families' });
  const flows = pairs.map((ends) => {
    const { transport, ports } = service;
    const flow: Flow = { source: [...ends.source], destination: [...ends.destination], transport, ports: [...ports], origin: null };
    return { ...flow, origin: place.site === null ? null : originOf(place.knowledge, place.site, flow) };
  });
  return { ok: true, flows };
}

export type FlowParts = { readonly source: string; readonly destination: string; readonly service: string };

const arrow = /\s*(?:-+>|=+>|→|⇒|➔|⟶|\bto\b|到|至)\s*/i;
const serviceAtEnd = new RegExp(
  String.raw`^(.*?)((?:[\s:,]+|(?=端口|开通|开放|放行|的))(?:(?:on|over|via|ports?|service)\s+|(?:端口|开通|开放|放行|的)\s*)*)(${servicePattern}|(?<= : )\?)$`,
  'i',
);

const serviceFirst = new RegExp(String.raw`^(?:ports?\s+|端口\s*)?(${servicePattern})\s+(?:from\s+|从|從)(.+)$`, 'i');

function splitLine(line: string): FlowParts | null {
  const [, leading, ends] = serviceFirst.exec(line) ?? [];
  if (leading !== undefined && ends !== undefined) return splitLine(`${ends} : ${leading}`);
  const start = line.replace(/^(?:from\s+|从|從)/i, '');
  const cut = arrow.exec(start);
  if (cut === null) return commaSeparated(start);
  const rest = start.slice(cut.index + cut[0].length);
  const match = serviceAtEnd.exec(rest);
  const [destination = '', gap = '', service = ''] = match?.slice(1) ?? [];
  const isGlued = gap === ':' && destination.split(':').length > 2;
  if (match === null || destination === '' || isGlued) return null;
  return { source: start.slice(0, cut.index), destination, service };
}

/** `source, destination, service`, also with tabs as from a spreadsheet. */
function commaSeparated(line: string): FlowParts | null {
  const cells = line.split(line.includes('\t') ? '\t' : ',').map((cell) => cell.trim());
  const [source = '', destination = '', service = ''] = cells;
  return cells.length === 3 && cells.every((cell) => cell !== '') ? { source, destination, service } : null;
}

type Ends =
  | { readonly ok: true; readonly endpoints: readonly Endpoint[]; readonly role: string | null }
  | Extract<LineReading, { ok: false }>;

/** Whether a name would be taken for two. */
export function separatesEnds(name: string): boolean {
  return arrow.test(name) || betweenEnds.test(name);
}

const betweenEnds = /\s*(?:,|、|\band\b|和|与)\s*/i;

function readEnds(text: string, place: Place): Ends {
  const endpoints: Endpoint[] = [];
  let role: string | null = null;
  for (const token of text.split(betweenEnds).filter((part) => part !== '')) {
    const found = findRole(place.knowledge, token);
    if (found?.kind === 'any') endpoints.push({ kind: 'any' });
    else if (found !== null) {
      if (place.site === null) return fail({ key: 'field-error.role-without-site', params: { role: found.name } });
      const bound = boundAt(place.knowledge, place.site, found.id);
      const params = { role: found.name, site: place.site.name };
      if (bound.length === 0) return fail({ key: 'field-error.role-unbound', params });
      if (bound.length > 1)
        return fail({ key: 'field-error.role-parts', params: { ...params, parts: bound.map((part) => part.role).join(', ') } });
      role = found.id;
      endpoints.push(...bound.flatMap((part) => part.endpoints));
    } else {
      const parsed = parseEndpoint(token);
      if (!parsed.ok) return addressProblem(parsed.problem, token);
      endpoints.push(parsed.endpoint);
    }
  }
  return endpoints.length === 0 ? fail({ key: 'field-error.flow-shape' }) : { ok: true, endpoints, role };
}

/** A line of nothing but rule ids, or null. */
function ruleIds(line: string, { knowledge, site }: Place): LineReading | null {
  const tokens = line.split(/[\s,、]+/).filter((token) => token !== '');
  const found = tokens.map((token) => ruleOf(knowledge, token));
  if (!found.some((rule) => rule !== null)) return null;
  const flows: Flow[] = [];
  for (const [index, one] of found.entries()) {
    const params = { rule: (tokens[index] ?? '').toUpperCase() };
    if (one === null) return fail({ key: 'field-error.unknown-rule', params });
    if (site === null) return fail({ key: 'field-error.rule-without-site', params });
    if (!isConcrete(knowledge, one.rule)) return fail({ key: 'field-error.rule-open', params });
    const made = flowsAt(knowledge, site, one.rule, { from: [], to: [] });
    if (made.length === 0) return fail({ key: 'field-error.rule-unbound', params: { ...params, site: site.name } });
    flows.push(...made);
  }
  return { ok: true, flows };
}
