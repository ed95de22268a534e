import { endpointFamily, type Family, formatEndpoint, parseEndpoint } from '../domain/address.ts';
import type { Endpoint } from '../domain/flow.ts';
import type { RoleId } from '../domain/role.ts';
import type { RoleTree } from '../domain/role-tree.ts';
import type { Rule } from '../domain/rule.ts';
import type { Site } from '../domain/site.ts';
import type { Reading } from '../nlu/intent.ts';
import type { Located, Scope } from './answer-scope.ts';
import type { Voice } from './answer-voice.ts';
import { boundAt } from './handlers/site-binding.ts';
import type { Knowledge } from './ports.ts';

type End = 'from' | 'to';

/** Says the ends of rules in addresses, where a question has a site or an address. */
export class Addresses {
  readonly #scope: Scope;
  readonly #reading: Reading;
  readonly #roles: RoleTree;
  readonly #knowledge: Knowledge;
  readonly #voice: Voice;
  /** Those of the addresses of the question. */
  readonly #families: ReadonlySet<Family>;

  constructor(scope: Scope, reading: Reading, roles: RoleTree, knowledge: Knowledge, voice: Voice) {
    this.#scope = scope;
    this.#reading = reading;
    this.#roles = roles;
    this.#knowledge = knowledge;
    this.#voice = voice;
    const parsed = scope.located.flatMap(({ address }) => parseEndpoint(address));
    this.#families = new Set(parsed.flatMap((one) => (one.ok ? (endpointFamily(one.endpoint) ?? []) : [])));
  }

  /** Whether there is anything to fill in. */
  get isFilled(): boolean {
    return this.#scope.sites.length > 0;
  }

  /** "192.0.2.10 → 198.51.100.20, 198.51.100.21"; by name, what has no address there. */
  endsOf(rule: Rule): string {
    if (rule.role !== null) return this.#voice.endsOf(rule);
    const turned = this.#turned(rule);
    const source = this.#side(rule.source, turned ? 'to' : 'from');
    const target = rule.via === null ? rule.destination : [rule.via];
    return this.#voice.say('answer.reading.pair', { from: source, to: this.#side(target, turned ? 'from' : 'to') });
  }

  /** Asked about both ways, a rule may run from the end that was named second. */
  #turned(rule: Rule): boolean {
    const { from, to, both } = this.#reading;
    return both && this.#meets(rule.source, to) && !this.#meets(rule.source, from);
  }

  #side(roles: readonly RoleId[], end: End): string {
    const voice = this.#voice;
    if (roles.length === 0) return voice.say('answer.ends.unstated');
    const { any } = this.#roles;
    const isAny = any !== null && roles.includes(any);
    const named = this.#scope.located.filter((one) => one.end === end && (isAny || this.#isOf(one, roles)));
    if (named.length > 0) return named.map(({ address }) => address).join(', ');
    if (isAny) return voice.names(roles, 'or');
    const sites = this.#scope.sites.flatMap((site) => {
      const endpoints = this.#at(site, this.#asked(roles, end));
      return endpoints.length === 0 ? [] : [{ site, text: endpoints.join(', ') }];
    });
    const [first, ...more] = sites;
    if (first === undefined) return voice.say('answer.address.none', { roles: voice.names(roles, 'or') });
    if (more.length === 0) return first.text;
    return voice.list(
      sites.map(({ site, text }) => voice.say('answer.address.at', { site: site.name, addresses: text })),
      'item',
    );
  }

  /** Of a rule's alternatives those that were asked about, where any was. */
  #asked(roles: readonly RoleId[], end: End): readonly RoleId[] {
    const asked = this.#reading[end];
    const meant = roles.filter((role) => asked.some((one) => one === role || this.#roles.parts(one).includes(role)));
    return meant.length > 0 ? meant : roles;
  }

  #at(site: Site, roles: readonly RoleId[]): readonly string[] {
    const bound = roles.flatMap((role) => boundAt(this.#knowledge, site, role));
    return [...new Set(bound.flatMap(({ endpoints }) => endpoints.filter((one) => this.#fits(one)).map(formatEndpoint)))];
  }

  /** IPv4 speaks with IPv4, IPv6 with IPv6. */
  #fits(endpoint: Endpoint): boolean {
    const family = endpointFamily(endpoint);
    return family === null || this.#families.size === 0 || this.#families.has(family);
  }

  #isOf({ holders }: Located, roles: readonly RoleId[]): boolean {
    return this.#meets(
      roles,
      holders.map(({ role }) => role),
    );
  }

  #meets(roles: readonly RoleId[], asked: readonly RoleId[]): boolean {
    return asked.some((one) => roles.some((role) => this.#roles.matching(one).has(role)));
  }
}

/** Whose the addresses of a question are, where that is more than one role's or more than one site's. */
export function sayHolders({ located }: Scope, voice: Voice): readonly string[] {
  return located.flatMap(({ address, holders }) => {
    const [first, ...more] = holders;
    if (first === undefined) return [];
    const whose = holders.map(({ site, role }) => voice.say('answer.address.holder', { role: voice.name(role), site: site.name }));
    const params = { address, holders: voice.list(whose, more.length > 0 ? 'or' : 'comma') };
    return [voice.say(more.length > 0 ? 'answer.address.several' : 'answer.address.one', params)];
  });
}
