import { type ItemLists, Postings, shortest } from './postings.ts';
import type { RoleId } from './role.ts';
import type { RoleTree } from './role-tree.ts';
import type { Rule } from './rule.ts';
import type { Way } from './rule-fit.ts';

/** The key of rules whose document does not state an end. */
const unstated = '';

/** Rules by the roles at their ends. */
export class EndIndex {
  readonly #roles: RoleTree;
  readonly #sources: Postings;
  readonly #destinations: Postings;

  constructor(rules: readonly Rule[], roles: RoleTree) {
    this.#roles = roles;
    this.#sources = new Postings(rules.length, (item) => keysAt(rules[item], 'source'));
    this.#destinations = new Postings(rules.length, (item) => keysAt(rules[item], 'destination'));
  }

  /** Whether a rule names the role itself at either end. */
  names(role: RoleId): boolean {
    return this.#sources.has(role) || this.#destinations.has(role);
  }

  /** "To anything" limits nothing, unless some rule goes to any by name. */
  limits({ from, to }: Way): Way {
    const { any } = this.#roles;
    if (any === null) return { from, to };
    return {
      from: from.includes(any) && !this.#sources.has(any) ? [] : from,
      to: to.includes(any) && !this.#destinations.has(any) ? [] : to,
    };
  }

  /** Lists that hold every rule which may fit the way; null when it names no end. */
  candidates({ from, to }: Way): ItemLists | null {
    if (from.length === 0 && to.length === 0) return null;
    const [sources, openSources] = [this.#named(this.#sources, from), this.#open(this.#sources)];
    const [destinations, openDestinations] = [this.#named(this.#destinations, to), this.#open(this.#destinations)];
    if (to.length === 0) return [...sources, ...openSources];
    if (from.length === 0) return [...destinations, ...openDestinations];
    // Each kind of source with each kind of destination, through whichever of the two is rarer: no more than four walks.
    const walks = [
      shortest([sources, destinations]),
      shortest([sources, openDestinations]),
      shortest([openSources, destinations]),
      shortest([openSources, openDestinations]),
    ];
    return [...new Set(walks.flat())];
  }

  #named(lists: Postings, asked: readonly RoleId[]): ItemLists {
    const ids = new Set<RoleId>();
    for (const role of asked) for (const id of this.#roles.matching(role)) ids.add(id);
    return [...ids].filter((id) => lists.has(id)).map((id) => lists.of(id));
  }

  #open(lists: Postings): ItemLists {
    const { any } = this.#roles;
    return [...(any !== null && lists.has(any) ? [lists.of(any)] : []), ...(lists.has(unstated) ? [lists.of(unstated)] : [])];
  }
}

function* keysAt(rule: Rule | undefined, end: 'source' | 'destination'): Iterable<string> {
  if (rule === undefined) return;
  if (rule.role !== null) {
    yield rule.role;
    yield* rule.peers;
    if (rule.peers.length === 0) yield unstated;
    return;
  }
  const turned = rule.direction === 'both';
  if (end === 'source' || turned) yield* printed(rule.source, rule.source_may_be);
  if (end === 'destination' || turned) {
    yield* printed(rule.destination, rule.destination_may_be);
    if (rule.via !== null) yield rule.via;
  }
}

function* printed(roles: readonly RoleId[], mayBe: readonly RoleId[]): Iterable<string> {
  if (roles.length === 0) yield unstated;
  yield* roles;
  yield* mayBe;
}
