import { join } from 'node:path';
import type { z } from 'zod';
import type { Knowledge, Problem } from '../../app/ports.ts';
import { type DialogDefinition, dialogSchema } from '../../dialog/definition.ts';
import type { KnownNames } from '../../dialog/handlers.ts';
import { sayFrom, wordsFrom } from '../../dialog/texts.ts';
import { peopleFileSchema } from '../../domain/actor.ts';
import { approvalPolicySchema } from '../../domain/approval-policy.ts';
import { withIncludes } from '../../domain/includes.ts';
import { rolesFileSchema } from '../../domain/role.ts';
import { topologySchema } from '../../domain/rule.ts';
import { checkRoles } from './check-catalogue.ts';
import { checkDialogs } from './check-dialogs.ts';
import { checkPeople, checkPolicy } from './check-people.ts';
import { checkTopologies } from './check-topologies.ts';
import { loadTexts } from './locale-files.ts';
import { type Loaded, loadFile } from './parse-file.ts';
import { checkSites, siteFileSchema } from './site-file.ts';
import { sha256, versionOf } from './version.ts';
import { yamlFiles } from './yaml-folder.ts';

export type Dirs = { readonly data: string; readonly dialogs: string };
export type LoadResult =
  | { readonly ok: true; readonly knowledge: Knowledge }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads everything anew and checks it as a whole: either all of it is sound, or every problem found is returned. */
export function loadKnowledge(dirs: Dirs, known: KnownNames): LoadResult {
  const problems: Problem[] = [];
  const roles = loadFile(join(dirs.data, 'roles.yaml'), rolesFileSchema, problems);
  const topologies = loadFolder(join(dirs.data, 'catalogue'), topologySchema, problems, { deep: true });
  const sites = loadFolder(join(dirs.data, 'sites'), siteFileSchema, problems);
  const people = loadFile(join(dirs.data, 'people.yaml'), peopleFileSchema, problems);
  const policy = loadFile(join(dirs.data, 'approval-policy.yaml'), approvalPolicySchema, problems);
  const dialogs = loadFolder(dirs.dialogs, dialogSchema, problems);
  const texts = loadTexts(dirs.dialogs, problems);

  const roleIds = roles && new Set(roles.value.roles.map((role) => role.id));
  const topologyIds = topologies.complete ? new Set(topologies.files.map((file) => file.value.id)) : null;
  if (roles) problems.push(...checkRoles(roles));
  problems.push(
    ...checkTopologies(topologies.files, topologies.complete, roles?.value ?? null),
    ...checkSites(sites.files, roleIds, topologyIds),
  );
  if (people) problems.push(...checkPeople(people, topologyIds));
  if (policy) problems.push(...checkPolicy(policy, people?.value ?? null));

  problems.push(...checkDialogs(dialogs, dirs.dialogs, known, texts?.texts ?? null));

  if (problems.length > 0 || !roles || !people || !policy || !texts) return { ok: false, problems: inOrder(problems) };
  const values = <T>(files: readonly Loaded<T>[]): T[] => files.map((file) => file.value);
  return {
    ok: true,
    knowledge: {
      roles: roles.value.roles,
      notRoles: roles.value.not_roles,
      topics: roles.value.topics,
      topologies: withIncludes(values(topologies.files)),
      sites: values(sites.files),
      people: people.value.people,
      groups: people.value.groups,
      policy: policy.value,
      dialogs: new Map(dialogs.files.map(({ value }) => [value.id, { ...value, hash: sha256(value) } satisfies DialogDefinition])),
      say: sayFrom(texts.texts),
      words: wordsFrom(texts.texts),
      versions: {
        catalogue: versionOf([roles.value, values(topologies.files)]),
        people: versionOf(people.value),
        policy: versionOf(policy.value),
        sites: versionOf(values(sites.files)),
        dialogs: versionOf(values(dialogs.files)),
      },
    },
  };
}

/** Every YAML file of a folder, `deep` also those of its folders, in the order of their paths. `complete` is false when one of them, or the folder, did not read. */
function loadFolder<S extends z.ZodType>(
  folder: string,
  schema: S,
  problems: Problem[],
  { deep } = { deep: false },
): { readonly files: readonly Loaded<z.output<S>>[]; readonly complete: boolean } {
  let names: readonly string[];
  try {
    names = yamlFiles(folder, deep);
  } catch {
    problems.push({ file: folder, line: 1, column: 1, what: 'the folder is missing' });
    return { files: [], complete: false };
  }
  const files = names.map((name) => loadFile(join(folder, name), schema, problems));
  const read = files.filter((file) => file !== null);
  return { files: read, complete: read.length === files.length };
}

function inOrder(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column));
}
