import { endpointIntervals, type Family, type Interval } from './address.ts';
import { AddressTree } from './address-tree.ts';
import type { Endpoint } from './flow.ts';
import { type RoleId, roleIdSchema } from './role.ts';
import type { Site } from './site.ts';

/** A role that has an address at a site. */
export type Holder = { readonly site: Site; readonly role: RoleId };

type Held = Holder & { readonly interval: Interval };

const families: readonly Family[] = ['ipv4', 'ipv6'];

/** Whose addresses are whose, over all sites. */
export class AddressBook {
  readonly #trees = new Map<Family, { readonly tree: AddressTree; readonly byNode: readonly (readonly Held[])[] }>();
  readonly #names = new Map<string, Holder[]>();

  constructor(sites: readonly Site[]) {
    const held: Held[] = [];
    for (const { site, role, endpoint } of sites.flatMap(bindingsOf)) {
      if (endpoint.kind === 'name') this.#names.set(endpoint.value, [...(this.#names.get(endpoint.value) ?? []), { site, role }]);
      for (const interval of endpointIntervals(endpoint) ?? []) held.push({ site, role, interval });
    }
    for (const family of families) {
      const own = held.filter(({ interval }) => interval.family === family);
      const tree = new AddressTree(
        family,
        own.map(({ interval }) => interval),
      );
      const byNode: Held[][] = Array.from({ length: tree.size }, () => []);
      for (const each of own) byNode[tree.nodeOf(each.interval)]?.push(each);
      this.#trees.set(family, { tree, byNode });
    }
  }

  /** Whose an address is: the holders of the smallest network around it; of a network, failing those, the holders inside it. */
  holders(endpoint: Endpoint): readonly Holder[] {
    if (endpoint.kind === 'name') return this.#named(endpoint.value);
    if (endpoint.kind === 'any') return [];
    const found = (endpointIntervals(endpoint) ?? []).flatMap((interval) => this.#around(interval));
    const once = new Map(found.map(({ site, role }) => [`${site.id} ${role}`, { site, role }]));
    return [...once.values()];
  }

  #around(asked: Interval): readonly Held[] {
    const { tree, byNode } = this.#trees.get(asked.family) ?? {};
    if (tree === undefined || byNode === undefined) return [];
    const touching = tree.touching(asked).flatMap((node) => byNode[node] ?? []);
    const around = touching.filter(({ interval }) => interval.low <= asked.low && asked.high <= interval.high);
    if (around.length === 0) return touching.filter(({ interval }) => interval.low <= asked.high && asked.low <= interval.high);
    const smallest = around.map(({ interval }) => interval.high - interval.low).reduce((least, size) => (size < least ? size : least));
    return around.filter(({ interval }) => interval.high - interval.low === smallest);
  }

  #named(name: string): readonly Holder[] {
    const wildcard = name.replace(/^[^.]+/, '*');
    return this.#names.get(name) ?? this.#names.get(wildcard) ?? [];
  }
}

function bindingsOf(site: Site): readonly { readonly site: Site; readonly role: RoleId; readonly endpoint: Endpoint }[] {
  return Object.entries(site.bindings).flatMap(([id, endpoints]) => {
    const role = roleIdSchema.parse(id);
    return (endpoints ?? []).map((endpoint) => ({ site, role, endpoint }));
  });
}
