import type { RuleMatch } from '../domain/catalogue.ts';
import { mergePorts } from '../domain/port-ranges.ts';
import type { RoleId } from '../domain/role.ts';
import { documentOf, type Rule } from '../domain/rule.ts';
import { formatPorts, type PortRange, type Transport } from '../domain/service.ts';
import type { LocalText, MessageParam, Reader } from '../locale.ts';
import type { Reading } from '../nlu/intent.ts';
import { shortened } from './answer-citations.ts';
import { standingsOf } from './answer-lines.ts';
import type { Knowledge } from './ports.ts';

const names = new WeakMap<Knowledge, ReadonlyMap<string, LocalText>>();

/** Roles, topics, topologies and sites by id; gathered once for a state of the knowledge. */
function namesOf(knowledge: Knowledge): ReadonlyMap<string, LocalText> {
  const known = names.get(knowledge);
  if (known) return known;
  const { roles, topics, topologies, sites } = knowledge;
  const made: ReadonlyMap<string, LocalText> = new Map([...topologies, ...sites, ...roles, ...topics].map(({ id, name }) => [id, name]));
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

  /** In the words for one, or for several. */
  count(key: string, count: number, params: Readonly<Record<string, MessageParam>> = {}): string {
    return this.say(`${key}.${count === 1 ? 'one' : 'other'}`, { ...params, count });
  }

  text(text: LocalText): string {
    return text[this.reader.locale];
  }

  /** A role, a topic, a topology or a site by its name. */
  name(id: string): string {
    const name = this.#names.get(id);
    return name ? this.text(name) : id;
  }

  /** "Edge and Director"; alternatives are joined by "or". */
  names(ids: readonly string[], last: 'and' | 'or' | 'comma' = 'and'): string {
    return this.list(
      ids.map((id) => this.name(id)),
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

  #ends({ from, to, both, addresses }: Reading): string {
    const [sources, targets] = [this.#end(from, addresses.from), this.#end(to, addresses.to)];
    if (sources !== '' && targets !== '')
      return this.say(both ? 'answer.reading.both' : 'answer.reading.pair', { from: sources, to: targets });
    if (both && sources !== '') return this.say('answer.reading.either', { role: sources });
    if (sources !== '') return this.say('answer.reading.from', { from: sources });
    return targets === '' ? this.say('answer.reading.all') : this.say('answer.reading.to', { to: targets });
  }

  #end(roles: readonly RoleId[], addresses: readonly string[]): string {
    if (addresses.length === 0) return this.names(roles);
    if (roles.length === 0) return addresses.join(', ');
    return this.say('answer.reading.address', { addresses: addresses.join(', '), roles: this.names(roles) });
  }

  /** Transport, ports and topics of a question, as they can be asked again; empty where it has none. */
  filters({ transport, ports, application }: Reading): string {
    if (transport === null && ports.length === 0 && application.length === 0) return '';
    return this.list([
      ...(transport === null ? [] : [transportText(transport)]),
      ...(ports.length === 0 ? [] : [this.ports(ports)]),
      ...application.map((topic) => this.name(topic)),
    ]);
  }

  ports(ports: readonly PortRange[]): string {
    const [first, ...more] = ports;
    const isOne = first !== undefined && more.length === 0 && first.from === first.to;
    return this.say(isOne ? 'answer.ports.one' : 'answer.ports.other', { ports: this.#numbers(ports) });
  }

  #numbers(ports: readonly PortRange[]): string {
    const [first, ...more] = ports;
    return more.length === 0 && first?.from === 1 && first.to === 65535 ? this.say('answer.ports.any') : formatPorts(ports);
  }

  /** "TCP 5061", or what of it the document prints. */
  service({ transport, ports, gaps }: Pick<Rule, 'transport' | 'ports'> & { readonly gaps?: Rule['gaps'] }): string {
    const number = this.#numbers(ports);
    if (transport === null) {
      return ports.length > 0 ? this.say('answer.transport.none', { ports: this.ports(ports) }) : this.say('answer.ports.none');
    }
    if (ports.length > 0) return `${transportText(transport)} ${number}`;
    const isPortless = gaps !== undefined && !gaps.includes('ports');
    return isPortless ? transportText(transport) : `${transportText(transport)}, ${this.say('answer.ports.none')}`;
  }

  /** "TCP 50001-50003": the services of several rules, ports of one transport together. */
  services(rules: readonly RuleMatch[]): string {
    const byTransport = new Map<Transport | null, PortRange[]>();
    for (const { rule } of rules) {
      const ports = byTransport.get(rule.transport);
      if (ports === undefined) byTransport.set(rule.transport, [...rule.ports]);
      else ports.push(...rule.ports);
    }
    return this.list([...byTransport].map(([transport, ports]) => this.service({ transport, ports: [...mergePorts(ports)] })));
  }

  /** "Reverse proxy → Director by way of Director HLB VIP" */
  endsOf({ role, peers, source, destination, via }: Rule): string {
    if (role !== null) {
      return peers.length === 0
        ? this.say('answer.ends.alone', { role: this.name(role) })
        : this.say('answer.ends.peers', { role: this.name(role), peers: this.names(peers, 'or') });
    }
    const named = (roles: readonly RoleId[]) => (roles.length === 0 ? this.say('answer.ends.unstated') : this.names(roles, 'or'));
    const to = named(destination);
    const target = via === null ? to : this.say('answer.via', { to, vip: this.name(via) });
    return this.say('answer.reading.pair', { from: named(source), to: target });
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
    for (const match of rules) {
      for (const { rule, topology } of standingsOf(match)) {
        const document = this.text(documentOf(topology, rule).title);
        const list = places.get(document);
        if (list === undefined) places.set(document, [this.text(rule.place)]);
        else list.push(this.text(rule.place));
      }
    }
    return [...places].map(([document, list]) => this.say('answer.cite', { document, places: this.list(shortened(list, this)) }));
  }

  topologies(rules: { readonly topologies: readonly { readonly name: LocalText }[] }): string {
    return this.list(
      rules.topologies.map(({ name }) => this.text(name)),
      'item',
    );
  }
}

export function transportText(transport: Transport): string {
  return transport === 'icmpv6' ? 'ICMPv6' : transport.toUpperCase();
}
