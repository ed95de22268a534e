import type { RoleId } from '../domain/role.ts';
import type { Mark, Slot } from './tape.ts';

/** Roles that stand together. `strangers` are words in a role's place. `joined`: by "and", so that they may be two ends. */
export type Group = {
  readonly roles: RoleId[];
  readonly strangers: string[];
  slot: Slot | null;
  weak: boolean;
  joined: boolean;
  /** By "and" or a comma, to the group before. */
  readonly linked: boolean;
};

/** `open`: the end that is asked for, as in "talks to whom". */
export type Gathered = { readonly groups: readonly Group[]; readonly open: Slot | null };

/** Puts the roles of a tape into groups, each at the end its marker gives it. */
export function gather(tape: readonly Mark[]): Gathered {
  const named = tape.some((mark) => mark.kind === 'role' || (mark.kind === 'words' && !mark.loose));
  const groups: Group[] = [];
  let open: Slot | null = null;
  let marker: Extract<Mark, { kind: 'marker' }> | null = null;
  let link: 'and' | 'comma' | null = null;
  let current: Group | null = null;

  const place = (role: RoleId | null, words: string | null) => {
    const last = groups.at(-1);
    const repeated = role !== null && last?.roles.at(-1) === role && link === null && (marker === null || marker.weak);
    if (repeated && last) current = last;
    else if (current && link !== null && marker === null) {
      if (role !== null) current.roles.push(role);
      if (words !== null) current.strangers.push(words);
      current.joined ||= link === 'and';
    } else {
      current = {
        roles: role === null ? [] : [role],
        strangers: words === null ? [] : [words],
        slot: marker?.slot ?? null,
        weak: marker?.weak ?? false,
        joined: false,
        linked: link !== null,
      };
      groups.push(current);
    }
    marker = null;
    link = null;
  };

  const pause = (asked: boolean) => {
    if (marker !== null && !marker.weak && asked) open ??= marker.slot;
    marker = null;
    link = null;
    current = null;
  };

  for (const mark of tape) {
    if (mark.kind === 'role') place(mark.role, null);
    else if (mark.kind === 'words') {
      if (!mark.loose || !named) place(null, mark.words);
    } else if (mark.kind === 'link') link = mark.joins || link === 'and' ? 'and' : 'comma';
    else if (mark.kind === 'marker') {
      if (mark.slot === 'to' && !mark.weak) splitOff(groups);
      marker = mark;
    } else if (mark.kind === 'upon') {
      if (current !== null && lastOf(groups)?.slot === null) Object.assign(lastOf(groups) ?? {}, { slot: 'to', weak: true });
    } else pause(mark.kind === 'who');
  }
  pause(true);
  return { groups, open };
}

const lastOf = (groups: readonly Group[]): Group | undefined => groups.at(-1);

/** In "edge to director and front end to edge" the front end begins a second pair. */
function splitOff(groups: Group[]): void {
  const last = groups.at(-1);
  if (last?.slot !== 'to' || last.weak || last.roles.length < 2 || last.strangers.length > 0) return;
  const role = last.roles.pop();
  if (role !== undefined) groups.push({ roles: [role], strangers: [], slot: 'from', weak: false, joined: false, linked: true });
}
