import { PortIndex } from './port-index.ts';
import { portsOverlap } from './port-ranges.ts';
import type { Role, RoleId } from './role.ts';
import { RoleTree } from './role-tree.ts';
import type { Rule, RuleId, Topology } from './rule.ts';
import type { PortRange, Transport } from './service.ts';

/** What rules are asked for. Empty lists mean any; `both` asks for the way back too, or with one side alone for either end. */
export type RuleQuery = {
  readonly from: readonly RoleId[];
  readonly to: readonly RoleId[];
  readonly both: boolean;
  readonly ports: readonly PortRange[];
  readonly transport: Transport | null;
  /** Topic ids: applications, protections, purposes. */
  readonly application: readonly string[];
};

/** `explicit`: the rule names what was asked. `any`: it applies because its source or its destination is any. */
export type RuleMatch = { readonly rule: Rule; readonly topology: Topology; readonly match: 'explicit' | 'any' };

type Entry = { readonly rule: Rule; readonly topology: Topology };
type Lists = ReadonlyMap<string, readonly number[]>;
type Way = Pick<RuleQuery, 'from' | 'to'>;

/** The rules of the active topologies, indexed once. A question costs what its shortest index list holds, not the catalogue's size. */
export class Catalogue {
  readonly topologies: readonly Topology[];
  readonly roles: RoleTree;
  readonly #entries: readonly Entry[];
  readonly #byId: ReadonlyMap<string, Entry>;
  readonly #bySource: Lists;
  readonly #byDestination: Lists;
  readonly #byTopic: Lists;
  readonly #byPort: PortIndex;
  /** Which field of a rule a topic stands in. */
  readonly #fields: ReadonlyMap<string, 'application' | 'security' | 'topics'>;

  constructor(topologies: readonly Topology[], roles: readonly Role[]) {
    this.topologies = topologies;
    this.roles = new RoleTree(roles);
    this.#entries = topologies.flatMap((topology) => topology.rules.map((rule) => ({ rule, topology })));
    this.#byId = new Map(this.#entries.map((entry) => [entry.rule.id, entry]));
    this.#bySource = listed(this.#entries, ({ rule }) => rule.source);
    this.#byDestination = listed(this.#entries, ({ rule }) => (rule.via === null ? rule.destination : [...rule.destination, rule.via]));
    this.#byTopic = listed(this.#entries, ({ rule }) => topicsOf(rule));
    this.#fields = new Map(this.#entries.flatMap(({ rule }) => fieldsOf(rule)));
    this.#byPort = new PortIndex(this.#entries.flatMap(({ rule }, item) => rule.ports.map((range) => ({ range, item }))));
  }

  rule(id: RuleId | string): RuleMatch | null {
    const entry = this.#byId.get(id);
    return entry ? { ...entry, match: 'explicit' } : null;
  }

  /** Whether a rule speaks of the role, a part of it, or the pool it stands in. */
  mentions(role: RoleId): boolean {
    return [...this.roles.matching(role)].some((id) => this.#names(id));
  }

  /** The role as the rules speak of it: itself, or those of its parts they name. */
  narrow(role: RoleId): readonly RoleId[] {
    if (this.#names(role)) return [role];
    const parts = this.roles.parts(role).flatMap((part) => this.narrow(part));
    return parts.length > 0 && this.mentions(role) ? parts.filter((part) => this.#names(part)) : [role];
  }

  /** Matching rules, those that name what was asked first, each part in the catalogue's order. */
  ask(query: RuleQuery): readonly RuleMatch[] {
    const found = new Map<number, RuleMatch['match']>();
    const topics = this.#combine(query.application);
    for (const way of this.#ways(query)) {
      for (const list of this.#candidates(way, query)) {
        for (const item of list) {
          const entry = this.#entries[item];
          if (entry === undefined || found.get(item) === 'explicit' || !serves(entry.rule, query, topics)) continue;
          const match = this.#matches(entry.rule, way);
          if (match !== null) found.set(item, match);
        }
      }
    }
    const ordered = [...found].sort(([a], [b]) => a - b);
    const of = (kind: RuleMatch['match']) =>
      ordered.flatMap(([item, match]): RuleMatch[] => {
        const entry = this.#entries[item];
        return match === kind && entry ? [{ ...entry, match }] : [];
      });
    return [...of('explicit'), ...of('any')];
  }

  /** One way, both ways, or for one side alone: out of it and into it. */
  #ways({ from, to, both }: RuleQuery): readonly Way[] {
    const ways = both
      ? [
          { from, to },
          { from: to, to: from },
        ]
      : [{ from, to }];
    return ways.map((way) => ({ from: this.#limits(this.#bySource, way.from), to: this.#limits(this.#byDestination, way.to) }));
  }

  /** "To anything" limits nothing, unless some rule goes to any by name. */
  #limits(lists: Lists, roles: readonly RoleId[]): readonly RoleId[] {
    const { any } = this.roles;
    return any !== null && roles.includes(any) && !lists.has(any) ? [] : roles;
  }

  #names(role: RoleId): boolean {
    return this.#bySource.has(role) || this.#byDestination.has(role);
  }

  /** The shortest lists that hold every match between them; none is copied. */
  #candidates(way: Way, query: RuleQuery): readonly (readonly number[])[] {
    const choices: (readonly (readonly number[])[])[] = [];
    if (way.from.length > 0) choices.push(this.#ends(this.#bySource, way.from));
    if (way.to.length > 0) choices.push(this.#ends(this.#byDestination, way.to));
    if (query.ports.length > 0) choices.push(query.ports.map((range) => this.#byPort.touching(range)));
    if (query.application.length > 0) choices.push(query.application.map((topic) => this.#byTopic.get(topic) ?? []));
    const [first, ...others] = choices;
    if (first === undefined) return [this.#entries.map((_, item) => item)];
    return others.reduce((shortest, lists) => (sizeOf(lists) < sizeOf(shortest) ? lists : shortest), first);
  }

  #ends(lists: Lists, roles: readonly RoleId[]): readonly (readonly number[])[] {
    const ids = new Set(roles.flatMap((role) => [...this.roles.matching(role)]));
    if (this.roles.any !== null) ids.add(this.roles.any);
    return [...ids].map((id) => lists.get(id) ?? []);
  }

  /**
   * Topics of one field are alternatives; those of different fields hold together ("SIP over MTLS"), unless no rule is of
   * both, as with "SIP and central logging". Topics that no rule has are dropped beside one that some rule has.
   */
  #combine(asked: readonly string[]): readonly (readonly string[])[] {
    const known = asked.filter((topic) => this.#byTopic.has(topic));
    if (known.length === 0) return asked.length === 0 ? [] : [asked];
    const fields = new Map<string, string[]>();
    for (const topic of known) {
      const field = this.#fields.get(topic) ?? '';
      fields.set(field, [...(fields.get(field) ?? []), topic]);
    }
    const groups = [...fields.values()];
    const first = (groups[0] ?? []).flatMap((topic) => this.#byTopic.get(topic) ?? []);
    const together = first.some((item) => {
      const rule = this.#entries[item]?.rule;
      return rule !== undefined && isAbout(rule, groups);
    });
    return together ? groups : [known];
  }

  #matches(rule: Rule, way: Way): RuleMatch['match'] | null {
    const source = way.from.length === 0 ? 'explicit' : this.#end(rule.source, null, way.from);
    const destination = way.to.length === 0 ? 'explicit' : this.#end(rule.destination, rule.via, way.to);
    if (source === null || destination === null) return null;
    // "Who talks to X" lists the rules that name X, not those that go anywhere.
    if (way.from.length === 0 && destination === 'any') return null;
    return source === 'any' || destination === 'any' ? 'any' : 'explicit';
  }

  /** A VIP asked for is met by what goes to it, and by nothing that is open to any. */
  #end(roles: readonly RoleId[], via: RoleId | null, asked: readonly RoleId[]): RuleMatch['match'] | null {
    const named = asked.some((role) => {
      if (via !== null && role === via) return true;
      const matching = this.roles.matching(role);
      return roles.some((id) => matching.has(id));
    });
    if (named) return 'explicit';
    const any = this.roles.any;
    return any !== null && roles.includes(any) && !asked.every((role) => this.roles.isVip(role)) ? 'any' : null;
  }
}

const sizeOf = (lists: readonly (readonly number[])[]): number => lists.reduce((sum, { length }) => sum + length, 0);

function serves(rule: Rule, query: RuleQuery, topics: readonly (readonly string[])[]): boolean {
  if (query.transport !== null && rule.transport !== null && rule.transport !== query.transport) return false;
  if (query.ports.length > 0 && !portsOverlap(query.ports, rule.ports)) return false;
  return isAbout(rule, topics);
}

function isAbout(rule: Rule, groups: readonly (readonly string[])[]): boolean {
  const topics = topicsOf(rule);
  return groups.every((group) => group.some((topic) => topics.includes(topic)));
}

function topicsOf(rule: Rule): readonly string[] {
  return fieldsOf(rule).map(([topic]) => topic);
}

function fieldsOf({ application, security, topics }: Rule): readonly (readonly [string, 'application' | 'security' | 'topics'])[] {
  return [
    ...(application === null ? [] : [[application, 'application'] as const]),
    ...(security === null ? [] : [[security, 'security'] as const]),
    ...topics.map((topic) => [topic, 'topics'] as const),
  ];
}

function listed(entries: readonly Entry[], keysOf: (entry: Entry) => readonly string[]): Lists {
  const lists = new Map<string, number[]>();
  entries.forEach((entry, item) => {
    for (const key of new Set(keysOf(entry))) {
      const list = lists.get(key);
      if (list === undefined) lists.set(key, [item]);
      else list.push(item);
    }
  });
  return lists;
}
