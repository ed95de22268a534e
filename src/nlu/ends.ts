import type { End, Mark, Slot } from './tape.ts';

/** Roles that stand together. `strangers` are words in a role's place. */
export type Group = {
  readonly roles: End[];
  readonly strangers: string[];
  slot: Slot | null;
  weak: boolean;
  /** By "and" or a comma, to the group before. */
  readonly linked: boolean;
};

/** `open`: the end that is asked for, as in "talks to whom". */
export type Gathered = { readonly groups: readonly Group[]; readonly open: Slot | null };

/** Puts the roles of a tape into groups, each at the end its marker gives it. */
export function gather(tape: readonly Mark[]): Gathered {
  const named = tape.some((mark) => mark.kind === 'end' || (mark.kind === 'words' && !mark.loose));
  const groups: Group[] = [];
  let open: Slot | null = null;
  let marker: Extract<Mark, { kind: 'marker' }> | null = null;
  let link = false;
  let current: Group | null = null;

  const place = (role: End | null, words: string | null) => {
    const last = groups.at(-1);
    const repeated = role !== null && last?.roles.at(-1) === role && !link && (marker === null || marker.weak);
    if (repeated && last) current = last;
    else if (current && link && marker === null) {
      if (role !== null) current.roles.push(role);
      if (words !== null) current.strangers.push(words);
    } else {
      current = {
        roles: role === null ? [] : [role],
        strangers: words === null ? [] : [words],
        slot: marker?.slot ?? null,
        weak: marker?.weak ?? false,
        linked: link,
      };
      groups.push(current);
    }
    marker = null;
    link = false;
  };

  const pause = (asked: boolean) => {
    if (marker !== null && !marker.weak && asked) open ??= marker.slot;
    marker = null;
    link = false;
    current = null;
  };

  for (const mark of tape) {
    if (mark.kind === 'end') place(mark.end, null);
    else if (mark.kind === 'words') {
      if (!mark.loose || !named) place(null, mark.words);
    } else if (mark.kind === 'link') link = true;
    else if (mark.kind === 'marker') {
      if (mark.slot === 'to' && !mark.weak) {
        if (marker === null) leadsOn(current);
        splitOff(groups);
      }
      marker = mark;
    } else if (mark.kind === 'named') {
      Object.assign(lastOf(groups) ?? {}, { slot: mark.slot, weak: false });
    } else if (mark.kind === 'upon') {
      if (current !== null && lastOf(groups)?.slot === null) Object.assign(lastOf(groups) ?? {}, { slot: 'to', weak: true });
    } else pause(mark.asks);
  }
  pause(true);
  return { groups, open };
}

const lastOf = (groups: readonly Group[]): Group | undefined => groups.at(-1);

/** What stands right before "to" is where it comes from, if nothing else was said of it. */
function leadsOn(group: Group | null): void {
  if (group !== null && group.slot === null && group.roles.length > 0) group.slot = 'from';
}

/** In "edge to director and front end to edge" the front end begins a second pair. */
function splitOff(groups: Group[]): void {
  const last = groups.at(-1);
  if (last?.slot !== 'to' || last.weak || last.roles.length < 2 || last.strangers.length > 0) return;
  const role = last.roles.pop();
  if (role !== undefined) groups.push({ roles: [role], strangers: [], slot: 'from', weak: false, linked: true });
}
