import type { Problem } from '../../app/ports.ts';
import type { RoleId, RolesFile } from '../../domain/role.ts';
import type { Topology } from '../../domain/rule.ts';
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
  const names = roles.flatMap((role, index) => namesOf(role, index).map((name) => ({ ...name, role: role.id })));
  const phrases = not_roles.flatMap((entry, index) =>
    entry.phrases.map((phrase, at) => ({ text: phrase, path: ['not_roles', index, 'phrases', at], role: `not_roles[${index}]` })),
  );
  return [...problems, ...claimedTwice(file, [...names, ...phrases])];
}

type Name = { readonly text: string; readonly path: Path; readonly role: string };

function namesOf(role: RolesFile['roles'][number], index: number): Omit<Name, 'role'>[] {
  const at: Path = ['roles', index];
  return [
    { text: role.name.en, path: [...at, 'name', 'en'] },
    { text: role.name['zh-CN'], path: [...at, 'name', 'zh-CN'] },
    ...role.aliases.en.map((text, i) => ({ text, path: [...at, 'aliases', 'en', i] })),
    ...role.aliases['zh-CN'].map((text, i) => ({ text, path: [...at, 'aliases', 'zh-CN', i] })),
  ];
}

/** A phrase may stand twice under one role, never under two: nobody could say which was meant. */
function claimedTwice(file: Loaded<RolesFile>, names: readonly Name[]): Problem[] {
  const claims = new Map<string, string>();
  const problems: Problem[] = [];
  for (const { text, path, role } of names) {
    const phrase = text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
    const first = claims.get(phrase);
    if (first === undefined) claims.set(phrase, role);
    else if (first !== role) problems.push(file.problem(path, `"${text}" already means ${first}`));
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

export function checkTopologies(files: readonly Loaded<Topology>[], roles: ReadonlySet<RoleId> | null): Problem[] {
  const topologies = files.map((file) => ({ key: file.value.id, file, path: ['id'] }));
  const rules = files.flatMap((file) => file.value.rules.map((rule, index) => ({ key: rule.id, file, path: ['rules', index, 'id'] })));
  const problems = [
    ...repeats(topologies, (id, first) => `the topology ${id} is already defined at ${first}`),
    ...repeats(rules, (id, first) => `the rule ${id} is already defined at ${first}`),
  ];
  return roles === null ? problems : [...problems, ...files.flatMap((file) => unknownRoles(file, roles))];
}

function unknownRoles(file: Loaded<Topology>, roles: ReadonlySet<RoleId>): Problem[] {
  return file.value.rules.flatMap((rule, index) => {
    const mentions = [
      ...rule.source.map((role, at) => ({ role, path: ['rules', index, 'source', at] })),
      ...rule.destination.map((role, at) => ({ role, path: ['rules', index, 'destination', at] })),
      ...(rule.via === null ? [] : [{ role: rule.via, path: ['rules', index, 'via'] }]),
    ];
    return mentions
      .filter(({ role }) => !roles.has(role))
      .map(({ role, path }) => file.problem(path, `${role} is not a role of roles.yaml`));
  });
}
