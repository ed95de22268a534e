import { Voice } from '../app/answer-voice.ts';
import type { Knowledge } from '../app/ports.ts';
import { writtenRule, writtenTopology } from '../catalogue-import/catalogue-csv.ts';
import { visible } from '../chat/visible.ts';
import { documentOf, type Rule, type Topology } from '../domain/rule.ts';
import { formatPorts } from '../domain/service.ts';
import type { Reader } from '../locale.ts';

export type CatalogueShowParts = {
  readonly knowledge: Knowledge;
  readonly reader: Reader;
  readonly json: boolean;
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
};

/** Prints a line a topology: its id, its name, how many rules hold in it. */
export function catalogueList({ knowledge, reader, json, out }: CatalogueShowParts): 0 {
  const listed = knowledge.topologies.map(({ id, name, document, rules }) => ({
    id,
    name,
    product: document.product,
    rules: rules.length,
  }));
  if (json) {
    out(JSON.stringify(listed));
    return 0;
  }
  const widest = Math.max(0, ...listed.map(({ id }) => id.length));
  for (const { id, name, rules } of listed) {
    out(visible(`${id.padEnd(widest)}  ${String(rules).padStart(4)}  ${name[reader.locale]}`));
  }
  return 0;
}

/** Prints a topology with its rules, or one rule with everything said of it. Returns the exit code. */
export function catalogueShow(wanted: string, { knowledge, reader, json, out, err }: CatalogueShowParts): 0 | 1 {
  const voice = new Voice(knowledge, reader);
  const print = (lines: readonly string[]): void => {
    for (const line of lines) out(visible(line));
  };
  const topology = knowledge.topologies.find(({ id }) => id === wanted.toLowerCase());
  if (topology) {
    if (json) out(JSON.stringify(writtenTopology(topology)));
    else print(topologyLines(topology, voice));
    return 0;
  }
  const holders = knowledge.topologies.flatMap((one) =>
    one.rules.filter(({ id }) => id === wanted.toUpperCase()).map((rule) => ({ topology: one, rule })),
  );
  const [first] = holders;
  if (first === undefined) {
    err(voice.say('catalogue.show.nothing', { id: visible(wanted) }));
    return 1;
  }
  const citations = holders.map((holder) => ({
    topology: holder.topology.id,
    place: holder.rule.place,
    document: documentOf(holder.topology, holder.rule),
  }));
  if (json) out(JSON.stringify({ ...writtenRule(first.rule), citations }));
  else print([...ruleLines(first.rule, voice), ...holders.map((holder) => citation(holder.topology, holder.rule, voice))]);
  return 0;
}

function topologyLines(topology: Topology, voice: Voice): readonly string[] {
  const { id, name, document, aliases, caveat, notes, rules } = topology;
  const about = [document.product, voice.text(document.title), ...(document.revised === null ? [] : [document.revised]), document.url];
  return [
    `${id}  ${voice.text(name)}`,
    `  ${about.join(', ')}`,
    ...(aliases.length === 0 ? [] : [`  ${voice.say('catalogue.show.aliases', { aliases: aliases.join(', ') })}`]),
    ...[...(caveat === null ? [] : [caveat]), ...notes].map((note) => `  ${voice.say('catalogue.show.note', { text: voice.text(note) })}`),
    '',
    ...rules.map((rule) => `${rule.id}  ${voice.say('catalogue.show.line', { ends: ends(rule, voice), service: service(rule, voice) })}`),
  ];
}

function ruleLines(rule: Rule, voice: Voice): readonly string[] {
  const line = (key: string, text: string): string => `  ${voice.say(key, { text })}`;
  const narrowed = [...rule.source_may_be, ...rule.destination_may_be];
  return [
    `${rule.id}  ${voice.say('catalogue.show.line', { ends: ends(rule, voice), service: service(rule, voice) })}`,
    `  ${voice.text(rule.purpose)}`,
    ...(narrowed.length === 0 ? [] : [line('catalogue.show.narrowed', voice.names(narrowed, 'or'))]),
    ...(rule.source_ports.length === 0 ? [] : [line('catalogue.show.source-ports', formatPorts(rule.source_ports))]),
    ...(rule.effect === 'open' ? [] : [`  ${voice.say('catalogue.show.bypass')}`]),
    ...(rule.gaps.length === 0 ? [] : [line('catalogue.show.gaps', voice.list(rule.gaps.map((gap) => voice.say(`catalogue.gap.${gap}`))))]),
    ...(rule.doubt === null ? [] : [line('catalogue.show.doubt', voice.text(rule.doubt))]),
    ...rule.notes.map((note) => line('catalogue.show.note', voice.text(note))),
  ];
}

function citation(topology: Topology, rule: Rule, voice: Voice): string {
  const { title, revised, url } = documentOf(topology, rule);
  const document = [voice.text(title), voice.text(rule.place), ...(revised === null ? [] : [revised]), url].join(', ');
  return `  ${voice.say('catalogue.show.cited', { topology: topology.id, document })}`;
}

/** Who talks to whom, or whose ports these are where the document does not say. */
function ends(rule: Rule, voice: Voice): string {
  if (rule.role !== null) {
    const peers = rule.peers.length === 0 ? '?' : voice.names(rule.peers, 'or');
    return `${voice.name(rule.role)} ? ${peers}`;
  }
  const side = (roles: Rule['source']): string => (roles.length === 0 ? '?' : voice.names(roles, 'or'));
  const via = rule.via === null ? '' : ` (${voice.name(rule.via)})`;
  return `${side(rule.source)} → ${side(rule.destination)}${via}`;
}

function service({ transport, ports, application, security }: Rule, voice: Voice): string {
  const protocol = [application, security].filter((part) => part !== null).join('/');
  return [voice.service({ transport, ports }), ...(protocol === '' ? [] : [protocol])].join(', ');
}
