import type { Role } from '../../domain/role.ts';
import type { Knowledge } from '../ports.ts';

/** The role a name means, exactly: by its id, its name or an alias, whatever the case, the width and the spaces. */
export function findRole(knowledge: Knowledge, typed: string): Role | null {
  const wanted = compared(typed);
  if (wanted === '') return null;
  return knowledge.roles.find((role) => namesOf(role).some((name) => compared(name) === wanted)) ?? null;
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
