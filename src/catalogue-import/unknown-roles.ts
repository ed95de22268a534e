import type { DraftRole } from './drafted.ts';

/** Ids for what no role is called, one for each name: they are no role's, so that a check of the draft points at every place of them. */
export class UnknownRoles {
  readonly #ids = new Map<string, string>();

  role(printed: string): DraftRole {
    const name = printed.replaceAll('\n', ' ').slice(0, 200);
    const key = name.normalize('NFKC').toLowerCase();
    const id = this.#ids.get(key) ?? this.#newId(key);
    this.#ids.set(key, id);
    return { id, printed: name };
  }

  #newId(key: string): string {
    const words = /^[\x20-\x7e]+$/.test(key) ? (key.match(/[a-z0-9]+/g) ?? []).join('-').slice(0, 60).replace(/-$/, '') : '';
    const taken = new Set(this.#ids.values());
    const wanted = words === '' ? '' : `unknown-${words}`;
    return wanted !== '' && !taken.has(wanted) ? wanted : `unknown-role-${this.#ids.size + 1}`;
  }
}
