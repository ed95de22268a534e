import type { RuleMatch } from '../domain/catalogue.ts';
import { mergePorts } from '../domain/port-ranges.ts';
import type { RoleId } from '../domain/role.ts';
import type { Rule } from '../domain/rule.ts';
import { formatPorts, type PortRange, type Transport } from '../domain/service.ts';
import type { LocalText, MessageParam, Reader } from '../locale.ts';
import type { Reading } from '../nlu/intent.ts';
import type { Knowledge } from './ports.ts';

const names = new WeakMap<Knowledge, ReadonlyMap<string, LocalText>>();

/** Roles and topics by id; gathered once for a state of the knowledge. */
function namesOf(knowledge: Knowledge): ReadonlyMap<string, LocalText> {
  const known = names.get(knowledge);
  if (known) return known;
  const made: ReadonlyMap<string, LocalText> = new Map([...knowledge.roles, ...knowledge.topics].map(({ id, name }) => [id, name]));
  names.set(knowledge, made);
  return made;
}

/** Says the pieces of an answer in a reader's language. */
export class Voice {
  readonly reader: Reader;
  readonly #knowledge: Knowledge;
  readonly #names: ReadonlyMap<string, LocalText>;

  constructor(knowledge: Knowledge, reader: Reader) {
    this.#knowledge = knowledge;
    this.reader = reader;
    this.#names = namesOf(knowledge);
  }

  say(key: string, params: Readonly<Record<string, MessageParam>> = {}): string {
    return this.#knowledge.say({ key, params }, this.reader);
  }

  text(text: LocalText): string {
    return text[this.reader.locale];
  }

  /** A role or a topic by its name. */
  name(id: string): string {
    const name = this.#names.get(id);
    return name ? this.text(name) : id;
  }

  /** "Edge and Director"; alternatives are joined by "or". */
  names(roles: readonly RoleId[], last: 'and' | 'or' = 'and'): string {
    return this.list(
      roles.map((role) => this.name(role)),
      last,
    );
  }

  list(items: readonly string[], last: 'and' | 'or' | 'comma' | 'item' = 'comma'): string {
    return items.reduce((first, item, at) => {
      if (at === 0) return item;
      return this.say(`answer.list.${at === items.length - 1 || last === 'item' ? last : 'comma'}`, { first, last: item });
    }, '');
  }

  /** How a question was read: "Edge → Director, TCP, port 5061". */
  reading(reading: Reading): string {
    const ends = this.#ends(reading);
    const filters = this.filters(reading);
    if (filters === '') return ends;
    return reading.from.length + reading.to.length === 0 ? filters : this.say('answer.reading.filtered', { ends, filters });
  }

  #ends({ from, to, both }: Reading): string {
    const [sources, targets] = [this.names(from), this.names(to)];
    if (sources !== '' && targets !== '')
      return this.say(both ? 'answer.reading.both' : 'answer.reading.pair', { from: sources, to: targets });
    if (both && sources !== '') return this.say('answer.reading.either', { role: sources });
    if (sources !== '') return this.say('answer.reading.from', { from: sources });
    return targets === '' ? this.say('answer.reading.all') : this.say('answer.reading.to', { to: targets });
  }

  /** Transport, ports and topics of a question, as they can be asked again; empty where it has none. */
  filters({ transport, ports, application }: Reading): string {
    return this.list([
      ...(transport === null ? [] : [transportText(transport)]),
      ...(ports.length === 0 ? [] : [this.ports(ports)]),
      ...application.map((topic) => this.name(topic)),
    ]);
  }

  ports(ports: readonly PortRange[]): string {
    const [first, ...more] = ports;
    const isOne = first !== undefined && more.length === 0 && first.from === first.to;
    return this.say(isOne ? 'answer.ports.one' : 'answer.ports.other', { ports: formatPorts(ports) });
  }

  /** "TCP 5061", or what of it the document prints. */
  service({ transport, ports }: Pick<Rule, 'transport' | 'ports'>): string {
    if (transport === null) return ports.length > 0 ? this.ports(ports) : this.say('answer.ports.none');
    return ports.length > 0
      ? `${transportText(transport)} ${formatPorts(ports)}`
      : `${transportText(transport)}, ${this.say('answer.ports.none')}`;
  }

  /** "TCP 50001-50003": the services of several rules, ports of one transport together. */
  services(rules: readonly RuleMatch[]): string {
    const byTransport = new Map<Transport | null, PortRange[]>();
    for (const { rule } of rules) byTransport.set(rule.transport, [...(byTransport.get(rule.transport) ?? []), ...rule.ports]);
    return this.list([...byTransport].map(([transport, ports]) => this.service({ transport, ports: [...mergePorts(ports)] })));
  }

  /** "Reverse proxy → Director by way of Director HLB VIP" */
  endsOf({ source, destination, via }: Rule): string {
    const to = this.names(destination, 'or');
    const target = via === null ? to : this.say('answer.via', { to, vip: this.name(via) });
    return this.say('answer.reading.pair', { from: this.names(source, 'or'), to: target });
  }

  ids(rules: readonly RuleMatch[]): string {
    return rules.map(({ rule }) => rule.id).join(', ');
  }

  /** What a rule is for, its protocol first: "SIP/MTLS · SIP coming in …". */
  purpose({ purpose, application, security }: Rule): string {
    const protocol = [application, security].filter((part) => part !== null).join('/');
    return protocol === '' ? this.text(purpose) : `${protocol} · ${this.text(purpose)}`;
  }

  /** Each document cited, with the places in it. */
  citations(rules: readonly RuleMatch[]): readonly string[] {
    const places = new Map<string, string[]>();
    for (const { rule, topology } of rules) {
      const document = this.text(topology.document.title);
      places.set(document, [...(places.get(document) ?? []), this.text(rule.place)]);
    }
    return [...places].map(([document, list]) => this.say('answer.cite', { document, places: this.list(shortened(list)) }));
  }

  /** What the documents leave open about these rules, each remark once. */
  notes(rules: readonly RuleMatch[]): readonly string[] {
    return [...new Set(rules.flatMap(({ rule }) => rule.notes.map((note) => this.text(note))))];
  }

  topologies(rules: { readonly topologies: readonly { readonly name: LocalText }[] }): string {
    return this.list(rules.topologies.map(({ name }) => this.text(name)));
  }
}

function transportText(transport: Transport): string {
  return transport === 'icmpv6' ? 'ICMPv6' : transport.toUpperCase();
}

/** "table row 6", "table row 7" and "table row 9" become "table row 6-7, 9". */
function shortened(places: readonly string[]): readonly string[] {
  const numbered = new Map<string, PortRange[]>();
  for (const place of new Set(places)) {
    const number = /^(\D*)(\d+)(\D*)$/.exec(place);
    const around = number ? `${number[1]}\u0000${number[3]}` : place;
    numbered.set(around, [...(numbered.get(around) ?? []), ...(number ? [{ from: Number(number[2]), to: Number(number[2]) }] : [])]);
  }
  return [...numbered].map(([around, numbers]) => around.replace('\u0000', formatPorts(mergePorts(numbers))));
}
