import type { Role } from '../../src/domain/role.ts';
import type { Rule } from '../../src/domain/rule.ts';

/** A question as whoever wrote it means it. Empty lists mean any. */
export type Meant = {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly both: boolean;
  readonly ports: readonly (readonly [number, number])[];
  readonly transport: string | null;
  readonly topic: string | null;
};

export type Expected = { readonly explicit: readonly string[]; readonly any: readonly string[] };

/** The rules a question is to be answered with, found by looking at every rule: slow, plain, and independent of the program. */
export class Oracle {
  readonly #rules: readonly Rule[];
  readonly #roles: ReadonlyMap<string, Role>;
  readonly #covers = new Map<string, ReadonlySet<string>>();

  constructor(rules: readonly Rule[], roles: readonly Role[]) {
    this.#rules = rules;
    this.#roles = new Map(roles.map((role): [string, Role] => [role.id, role]));
  }

  answer(meant: Meant): Expected {
    const ways = meant.both ? [meant, { ...meant, from: meant.to, to: meant.from }] : [meant];
    const explicit: string[] = [];
    const any: string[] = [];
    for (const rule of this.#rules) {
      if (!this.#serves(rule, meant)) continue;
      const fits = ways.map((way) => this.#fits(rule, this.#free(way.from, true), this.#free(way.to, false)));
      if (fits.includes('explicit')) explicit.push(rule.id);
      else if (fits.includes('any')) any.push(rule.id);
    }
    return { explicit: explicit.sort(), any: any.sort() };
  }

  /** Whether some rule prints the role, or what contains it or is contained. */
  mentions(role: string): boolean {
    const names = this.#covered(role);
    return this.#rules.some((rule) =>
      [...rule.source, ...rule.source_may_be, ...rule.destination, ...rule.destination_may_be, ...rule.peers, rule.via, rule.role].some(
        (each) => each !== null && names.has(each),
      ),
    );
  }

  #serves(rule: Rule, { ports, transport, topic }: Meant): boolean {
    if (transport !== null && rule.transport !== transport) return false;
    if (topic !== null && rule.application !== topic && rule.security !== topic && !rule.topics.some((each) => each === topic))
      return false;
    return ports.length === 0 || ports.some(([low, high]) => rule.ports.some(({ from, to }) => from <= high && low <= to));
  }

  /** Going to "any" limits nothing where no rule goes there. */
  #free(asked: readonly string[], isSource: boolean): readonly string[] {
    if (!asked.includes('any')) return asked;
    const stands = this.#rules.some((rule) => {
      const turned = rule.direction === 'both';
      return (isSource || turned ? rule.source : []).concat(isSource && !turned ? [] : rule.destination).some((role) => role === 'any');
    });
    return stands ? asked : [];
  }

  #fits(rule: Rule, from: readonly string[], to: readonly string[]): 'explicit' | 'any' | null {
    if (rule.role !== null) return this.#aboutRole(rule, from, to);
    const there = this.#way(
      [...rule.source],
      [...rule.source_may_be],
      [...rule.destination],
      [...rule.destination_may_be],
      rule.via,
      from,
      to,
      false,
    );
    if (rule.direction !== 'both' || there === 'explicit') return there;
    const back = this.#way(
      [...rule.destination],
      [...rule.destination_may_be],
      [...rule.source],
      [...rule.source_may_be],
      rule.via,
      from,
      to,
      true,
    );
    return back ?? there;
  }

  #way(
    source: readonly string[],
    sourceMayBe: readonly string[],
    target: readonly string[],
    targetMayBe: readonly string[],
    via: string | null,
    from: readonly string[],
    to: readonly string[],
    turned: boolean,
  ): 'explicit' | 'any' | null {
    const start = this.#end(source, sourceMayBe, turned ? via : null, from);
    const end = this.#end(target, targetMayBe, turned ? null : via, to);
    if (start === null || end === null) return null;
    if (from.length === 0 && end === 'any') return null;
    return start === 'any' || end === 'any' ? 'any' : 'explicit';
  }

  #end(named: readonly string[], mayBe: readonly string[], via: string | null, asked: readonly string[]): 'explicit' | 'any' | null {
    if (asked.length === 0) return 'explicit';
    if (asked.some((role) => role === via || [...named, ...mayBe].some((each) => this.#covered(role).has(each)))) return 'explicit';
    return named.includes('any') && asked.some((role) => this.#roles.get(role)?.kind !== 'vip') ? 'any' : null;
  }

  #aboutRole(rule: Rule, from: readonly string[], to: readonly string[]): 'explicit' | null {
    const is = (asked: readonly string[]) => asked.some((role) => rule.role !== null && this.#covered(role).has(rule.role));
    const isPeer = (asked: readonly string[]) => asked.some((role) => rule.peers.some((peer) => this.#covered(role).has(peer)));
    if (from.length === 0 && to.length === 0) return 'explicit';
    if (from.length === 0 || to.length === 0) {
      const asked = from.length > 0 ? from : to;
      return is(asked) || isPeer(asked) ? 'explicit' : null;
    }
    return (is(from) && isPeer(to)) || (isPeer(from) && is(to)) ? 'explicit' : null;
  }

  /** What a rule may print for a role: the role and its parts, the pools it stands in, the groups of any of these. A VIP is itself alone. */
  #covered(role: string): ReadonlySet<string> {
    const known = this.#covers.get(role);
    if (known) return known;
    const all = [...this.#roles.values()];
    const parts = (id: string): string[] => [id, ...(this.#roles.get(id)?.contains ?? []).flatMap(parts)];
    const names = parts(role);
    if (this.#roles.get(role)?.kind !== 'vip') {
      names.push(...all.filter(({ kind, contains }) => kind === 'pool' && contains.some((part) => part === role)).map(({ id }) => id));
      names.push(
        ...all.filter(({ kind, contains }) => kind === 'group' && contains.some((part) => names.includes(part))).map(({ id }) => id),
      );
    }
    const covered = new Set<string>(names);
    this.#covers.set(role, covered);
    return covered;
  }
}
