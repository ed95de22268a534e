import type { Gathered, Group } from './ends.ts';
import type { End, Slot } from './tape.ts';

/** Who is asked about, as read. `both` with one side alone: whatever the role sends or gets. */
export type Direction = {
  readonly from: readonly End[];
  readonly to: readonly End[];
  readonly both: boolean;
  readonly strangers: readonly string[];
};

/** What the rest of the text says about directions. `either`: unless from and to are told apart. */
export type Hints = {
  readonly both: boolean;
  readonly either: boolean /** Among the servers of the one role there is. */;
  readonly among: boolean;
  readonly side: Slot | null;
};

type Pair = { readonly from: readonly End[]; readonly to: readonly End[] };

/** Decides which role is which end; null when a text names more than one answer can be about. */
export function direct({ groups: gathered, open }: Gathered, hints: Hints): Direction | null {
  const strangers = gathered.flatMap((group) => group.strangers);
  const groups = settleWeak(gathered.filter((group) => group.roles.length > 0));
  const strong = (slot: Slot) => groups.some((group) => group.slot === slot);
  const marked = strong('from') || strong('to');
  const [only, ...others] = groups;
  if (hints.among && only !== undefined && others.length === 0 && only.roles.length === 1 && strangers.length === 0)
    return { from: only.roles, to: only.roles, both: false, strangers };
  if (hints.both || (hints.either && !(strong('from') && strong('to')))) return eitherWay(groups, strangers);
  if (!marked) return unmarked(groups, open, hints, strangers);
  const rest: Slot = strong('from') ? 'to' : 'from';
  const complete = strong('from') && strong('to');
  const known = new Set(groups.filter((group) => group.slot !== null).flatMap((group) => group.roles));
  const placed = groups.flatMap((group): Group[] => {
    if (group.slot !== null) return [group];
    if (complete && group.roles.every((role) => known.has(role))) return [];
    return [{ ...group, slot: complete ? null : rest }];
  });
  if (placed.some((group) => group.slot === null)) return null;
  return fromPairs(placed, strangers);
}

/** A weak marker counts only where no strong one claims the same end for something else. */
function settleWeak(groups: readonly Group[]): readonly Group[] {
  const strongTo = groups.some((group) => group.slot === 'to' && !group.weak);
  return groups.map((group) => (group.weak && strongTo ? { ...group, slot: null, weak: false } : group));
}

/** No end is marked: one role, a list, or two roles one after the other. */
function unmarked(groups: readonly Group[], open: Slot | null, hints: Hints, strangers: readonly string[]): Direction | null {
  const [first, second, ...more] = groups;
  if (first === undefined) return { from: [], to: [], both: false, strangers };
  if (second === undefined) {
    const roles = distinct(first.roles);
    const asked = open ?? (hints.side === 'from' ? 'to' : hints.side === 'to' ? 'from' : null);
    if (asked === 'to') return { from: roles, to: [], both: false, strangers };
    if (asked === 'from') return { from: [], to: roles, both: false, strangers };
    if (roles.length > 1 && strangers.length === 0) return eitherWay(groups, strangers);
    return { from: roles, to: [], both: true, strangers };
  }
  if (more.length > 0) return null;
  return { from: distinct(first.roles), to: distinct(second.roles), both: false, strangers };
}

/** Between the first role and the others; with one role alone, whatever it sends or gets. */
function eitherWay(groups: readonly Group[], strangers: readonly string[]): Direction | null {
  const froms = groups.filter((group) => group.slot === 'from').flatMap((group) => group.roles);
  const tos = groups.filter((group) => group.slot === 'to').flatMap((group) => group.roles);
  if (froms.length > 0 && tos.length > 0) return { from: distinct(froms), to: distinct(tos), both: true, strangers };
  const [first, ...others] = groups;
  if (first === undefined) return { from: [], to: [], both: false, strangers };
  const [head, ...tail] = distinct(first.roles);
  if (others.length > 0)
    return { from: distinct(first.roles), to: distinct(others.flatMap((group) => group.roles)), both: true, strangers };
  return { from: head === undefined ? [] : [head], to: tail, both: true, strangers };
}

/** Several pairs make one answer where they share an end, or are each other's way back. */
function fromPairs(groups: readonly Group[], strangers: readonly string[]): Direction | null {
  const pairs = pairUp(merged(groups));
  const [first, ...others] = pairs;
  if (first === undefined) return null;
  const direction = (from: readonly End[], to: readonly End[], both: boolean): Direction => ({
    from: distinct(from),
    to: distinct(to),
    both,
    strangers,
  });
  if (others.every((pair) => same(pair.to, first.to)))
    return direction(
      pairs.flatMap((pair) => pair.from),
      first.to,
      false,
    );
  if (others.every((pair) => same(pair.from, first.from)))
    return direction(
      first.from,
      pairs.flatMap((pair) => pair.to),
      false,
    );
  const turned = ({ from, to }: Pair) => same(from, first.to) && same(to, first.from);
  const repeated = ({ from, to }: Pair) => same(from, first.from) && same(to, first.to);
  return others.every((pair) => turned(pair) || repeated(pair)) ? direction(first.from, first.to, true) : null;
}

/** "from edge and from the front end" is one list. */
function merged(groups: readonly Group[]): readonly Group[] {
  const list: Group[] = [];
  for (const group of groups) {
    const last = list.at(-1);
    if (last && last.slot === group.slot && (group.linked || same(last.roles, group.roles))) last.roles.push(...group.roles);
    else list.push({ ...group, roles: [...group.roles] });
  }
  return list;
}

function pairUp(groups: readonly Group[]): readonly Pair[] {
  if (groups.length === 1)
    return groups.map((group) => (group.slot === 'from' ? { from: group.roles, to: [] } : { from: [], to: group.roles }));
  const pairs: Pair[] = [];
  for (let at = 0; at < groups.length; at += 2) {
    const [one, other] = [groups[at], groups[at + 1]];
    if (one === undefined || other === undefined || one.slot === other.slot) return [];
    pairs.push(one.slot === 'from' ? { from: one.roles, to: other.roles } : { from: other.roles, to: one.roles });
  }
  return pairs;
}

const distinct = (roles: readonly End[]): readonly End[] => [...new Set(roles)];
const same = (a: readonly End[], b: readonly End[]): boolean => a.length === b.length && a.every((role) => b.includes(role));
