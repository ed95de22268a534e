import type { Role, RoleId } from './role.ts';

/** What contains what, and which name of a role matches which other. */
export class RoleTree {
  readonly #roles: ReadonlyMap<RoleId, Role>;
  readonly #wholes: ReadonlyMap<RoleId, readonly RoleId[]>;
  readonly #matching = new Map<RoleId, ReadonlySet<RoleId>>();
  /** The role that stands for every role; null where the data has none. */
  readonly any: RoleId | null;

  constructor(roles: readonly Role[]) {
    this.#roles = new Map(roles.map((role) => [role.id, role]));
    const wholes = new Map<RoleId, RoleId[]>();
    for (const whole of roles) for (const part of whole.contains) wholes.set(part, [...(wholes.get(part) ?? []), whole.id]);
    this.#wholes = wholes;
    this.any = roles.find((role) => role.kind === 'any')?.id ?? null;
  }

  isVip(role: RoleId): boolean {
    return this.#roles.get(role)?.kind === 'vip';
  }

  parts(role: RoleId): readonly RoleId[] {
    return this.#roles.get(role)?.contains ?? [];
  }

  /** The roles it is a part of. */
  wholes(role: RoleId): readonly RoleId[] {
    return this.#wholes.get(role) ?? [];
  }

  /**
   * The role, all its parts, the pools a server stands in (pool and server are alternatives), and the groups that any of these
   * belongs to. A VIP matches itself alone.
   */
  matching(role: RoleId): ReadonlySet<RoleId> {
    const known = this.#matching.get(role);
    if (known) return known;
    const found = new Set<RoleId>([role]);
    for (const each of found) for (const part of this.parts(each)) found.add(part);
    if (!this.isVip(role)) {
      for (const pool of this.#wholesOf(role, 'pool')) found.add(pool);
      for (const each of [...found]) for (const group of this.#wholesOf(each, 'group')) found.add(group);
    }
    this.#matching.set(role, found);
    return found;
  }

  #wholesOf(role: RoleId, kind: Role['kind']): readonly RoleId[] {
    return this.wholes(role).filter((whole) => this.#roles.get(whole)?.kind === kind);
  }
}
