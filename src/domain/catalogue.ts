import { EndIndex } from './end-index.ts';
import { PortIndex } from './port-index.ts';
import { type ItemLists, shortest } from './postings.ts';
import type { Role, RoleId } from './role.ts';
import { RoleTree } from './role-tree.ts';
import type { RuleId, Topology } from './rule.ts';
import { better, type Fit, fitOf, prepared, serves, type Way } from './rule-fit.ts';
import { type Entry, entriesOf } from './rule-places.ts';
import type { PortRange, Transport } from './service.ts';
import { TopicIndex } from './topic-index.ts';

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
export type RuleMatch = Entry & { readonly match: 'explicit' | 'any' };

/** `perhaps`: rules whose document leaves out what would decide whether they match. Never part of an answer, but worth saying. */
export type Asked = { readonly sure: readonly RuleMatch[]; readonly perhaps: readonly RuleMatch[] };

/** The rules of the active topologies, indexed once. A question costs what its shortest index list holds, not the catalogue's size. */
export class Catalogue {
  readonly topologies: readonly Topology[];
  readonly roles: RoleTree;
  readonly #entries: readonly Entry[];
  readonly #byId: ReadonlyMap<string, Entry>;
  readonly #byEnd: EndIndex;
  readonly #byTopic: TopicIndex;
  readonly #byPort: PortIndex;

  constructor(topologies: readonly Topology[], roles: readonly Role[] | RoleTree) {
    this.topologies = topologies;
    this.roles = roles instanceof RoleTree ? roles : new RoleTree(roles);
    this.#entries = entriesOf(topologies);
    this.#byId = new Map(this.#entries.map((entry) => [entry.rule.id, entry]));
    const rules = this.#entries.map(({ rule }) => rule);
    this.#byEnd = new EndIndex(rules, this.roles);
    this.#byTopic = new TopicIndex(rules);
    this.#byPort = new PortIndex(rules.map(({ ports }) => ports));
  }

  rule(id: RuleId | string): RuleMatch | null {
    const entry = this.#byId.get(id);
    return entry ? { ...entry, match: 'explicit' } : null;
  }

  /** Whether a rule speaks of the role, a part of it, or the pool it stands in. */
  mentions(role: RoleId): boolean {
    for (const id of this.roles.matching(role)) if (this.#byEnd.names(id)) return true;
    return false;
  }

  /** The role as the rules speak of it: itself, or those of its parts they name. */
  narrow(role: RoleId): readonly RoleId[] {
    if (this.#byEnd.names(role)) return [role];
    const parts = this.roles.parts(role).flatMap((part) => this.narrow(part));
    return parts.length > 0 && this.mentions(role) ? parts.filter((part) => this.#byEnd.names(part)) : [role];
  }

  /** Matching rules, those that name what was asked first, each part in the catalogue's order. */
  ask(query: RuleQuery): readonly RuleMatch[] {
    return this.lookUp(query).sure;
  }

  /** Matching rules, and those of which it can't be said whether they match. */
  lookUp(query: RuleQuery): Asked {
    const found = this.#find(query);
    const items = [...found.keys()].sort((a, b) => a - b);
    const of = (kind: Fit, match: RuleMatch['match']): RuleMatch[] =>
      items.flatMap((item): RuleMatch[] => {
        const entry = found.get(item) === kind ? this.#entries[item] : undefined;
        return entry ? [{ ...entry, match }] : [];
      });
    return { sure: [...of('explicit', 'explicit'), ...of('any', 'any')], perhaps: of('perhaps', 'explicit') };
  }

  #find(query: RuleQuery): ReadonlyMap<number, Fit> {
    const found = new Map<number, Fit>();
    const filter = { ...query, topics: this.#byTopic.combine(query.application) };
    for (const way of this.#ways(query)) {
      const asked = prepared(way, this.roles);
      for (const list of this.#candidates(way, query)) {
        for (const item of list) {
          const entry = this.#entries[item];
          if (entry === undefined || found.get(item) === 'explicit') continue;
          const ends = fitOf(entry.rule, asked);
          if (ends === null) continue;
          const service = serves(entry.rule, filter);
          if (service === null) continue;
          const fit = service === 'perhaps' ? 'perhaps' : ends;
          found.set(item, better(found.get(item) ?? null, fit) ?? fit);
        }
      }
    }
    return found;
  }

  /** One way, both ways, or for one side alone: out of it and into it. */
  #ways({ from, to, both }: RuleQuery): readonly Way[] {
    const ways = both
      ? [
          { from, to },
          { from: to, to: from },
        ]
      : [{ from, to }];
    return ways.map((way) => this.#byEnd.limits(way));
  }

  /** The shortest lists that hold every match between them; none is copied. */
  #candidates(way: Way, { ports, application }: RuleQuery): ItemLists {
    const ends = this.#byEnd.candidates(way);
    const choices: ItemLists[] = [...(ends === null ? [] : [ends]), ...(application.length === 0 ? [] : [this.#byTopic.of(application)])];
    // Walking the ports costs their number: not where something else leaves little to look at.
    if (ports.length > 0 && (choices.length === 0 || shortest(choices).some(({ length }) => length > few))) {
      choices.push(this.#byPort.touching(ports));
    }
    return choices.length === 0 ? [Int32Array.from(this.#entries.keys())] : shortest(choices);
  }
}

const few = 64;
