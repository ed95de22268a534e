import type { Role, RoleId } from './role.ts';

/** What contains what, and which name of a role matches which other. */
export class RoleTree {
  readonly #roles: ReadonlyMap<RoleId, Role>;
  readonly #pools: ReadonlyMap<RoleId, readonly RoleId[]>;
  readonly #matching = new Map<RoleId, ReadonlySet<RoleId>>();
  /** The role that stands for every role; null where the data has none. */
  readonly any: RoleId | null;

  constructor(roles: readonly Role[]) {
    this.#roles = new Map(roles.map((role) => [role.id, role]));
    const pools = new Map<RoleId, RoleId[]>();
    for (const pool of roles) {
      if (pool.kind === 'pool') for (const part of pool.contains) pools.set(part, [...(pools.get(part) ?? []), pool.id]);
    }
    this.#pools = pools;
    this.any = roles.find((role) => role.kind === 'any')?.id ?? null;
  }

  isVip(role: RoleId): boolean {
    return this.#roles.get(role)?.kind === 'vip';
  }

  parts(role: RoleId): readonly RoleId[] {
    return this.#roles.get(role)?.contains ?? [];
  }

  /** The role, all its parts, and the pools a server stands in: pool and server are alternatives. A VIP matches itself alone. */
  matching(role: RoleId): ReadonlySet<RoleId> {
    const known = this.#matching.get(role);
    if (known) return known;
    const found = new Set<RoleId>([role]);
    for (const each of found) for (const part of this.parts(each)) found.add(part);
    for (const pool of this.#pools.get(role) ?? []) found.add(pool);
    this.#matching.set(role, found);
    return found;
  }
}
