import type { Role } from '../../domain/role.ts';
import type { Knowledge } from '../ports.ts';

const indexes = new WeakMap<Knowledge, ReadonlyMap<string, Role>>();

/** The role a name means, exactly: by its id, its name or an alias, whatever the case, the width and the spaces. */
export function findRole(knowledge: Knowledge, typed: string): Role | null {
  if (typed.length > longestName) return null;
  const wanted = compared(typed);
  return wanted === '' ? null : (indexOf(knowledge).get(wanted) ?? null);
}

/** Nobody calls a role by more. */
const longestName = 200;

/** The first role of a name keeps it. */
function indexOf(knowledge: Knowledge): ReadonlyMap<string, Role> {
  const known = indexes.get(knowledge);
  if (known !== undefined) return known;
  const named = knowledge.roles.flatMap((role) => namesOf(role).map((name): [string, Role] => [compared(name), role]));
  const made = new Map(named.toReversed());
  indexes.set(knowledge, made);
  return made;
}

function namesOf(role: Role): readonly string[] {
  return [role.id, role.name.en, role.name['zh-CN'], ...role.aliases.en, ...role.aliases['zh-CN']];
}

export function compared(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^the /, '')
    .replace(/[\s_-]+/g, '');
}
