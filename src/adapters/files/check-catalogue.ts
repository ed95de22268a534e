import type { Problem } from '../../app/ports.ts';
import type { RoleId, RolesFile } from '../../domain/role.ts';
import { locales } from '../../locale.ts';
import type { Loaded } from './parse-file.ts';
import { repeats } from './repeats.ts';
import type { Path } from './yaml-file.ts';

export function checkRoles(file: Loaded<RolesFile>): Problem[] {
  const { roles, not_roles } = file.value;
  const known = new Set(roles.map((role) => role.id));
  const problems = repeats(
    roles.map((role, index) => ({ key: role.id, file, path: ['roles', index, 'id'] })),
    (id, first) => `the role ${id} is already defined at ${first}`,
  );
  roles.forEach((role, index) => {
    role.contains.forEach((part, at) => {
      if (!known.has(part)) problems.push(file.problem(['roles', index, 'contains', at], `${part} is not a role`));
    });
    if (reaches(roles, role.id)) problems.push(file.problem(['roles', index, 'contains'], `the role ${role.id} contains itself`));
  });
  problems.push(
    ...repeats(
      file.value.topics.map((topic, index) => ({ key: topic.id, file, path: ['topics', index, 'id'] })),
      (id, first) => `the topic ${id} is already defined at ${first}`,
    ),
  );
  const phrases = not_roles.flatMap((entry, index) =>
    entry.phrases.map((phrase, at) => ({ text: phrase, path: ['not_roles', index, 'phrases', at], owner: `not_roles[${index}]` })),
  );
  return [...problems, ...claimedTwice(file, [...namesOf(file, 'roles'), ...phrases]), ...claimedTwice(file, namesOf(file, 'topics'))];
}

type Name = { readonly text: string; readonly path: Path; readonly owner: string };

/** Every name and alias of the roles, or of the topics. */
function namesOf(file: Loaded<RolesFile>, kind: 'roles' | 'topics'): Name[] {
  return file.value[kind].flatMap(({ id, name, aliases }, index) => [
    ...locales.map((locale) => ({ text: name[locale], path: [kind, index, 'name', locale], owner: id })),
    ...locales.flatMap((locale) => aliases[locale].map((text, at) => ({ text, path: [kind, index, 'aliases', locale, at], owner: id }))),
  ]);
}

/** A phrase may stand twice under one owner, never under two: nobody could say which was meant. */
function claimedTwice(file: Loaded<RolesFile>, names: readonly Name[]): Problem[] {
  const claims = new Map<string, string>();
  const problems: Problem[] = [];
  for (const { text, path, owner } of names) {
    const phrase = text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
    const first = claims.get(phrase);
    if (first === undefined) claims.set(phrase, owner);
    else if (first !== owner) problems.push(file.problem(path, `"${text}" already means ${first}`));
  }
  return problems;
}

function reaches(roles: RolesFile['roles'], start: RoleId): boolean {
  const parts = new Map(roles.map((role) => [role.id, role.contains]));
  const seen = new Set<RoleId>();
  const open = [...(parts.get(start) ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === start) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...(parts.get(next) ?? []));
  }
  return false;
}
