import type { Problem } from '../../app/ports.ts';
import { withIncludes } from '../../domain/includes.ts';
import type { RolesFile } from '../../domain/role.ts';
import type { Rule, Topology } from '../../domain/rule.ts';
import type { Loaded } from './parse-file.ts';
import { repeats } from './repeats.ts';
import type { Path } from './yaml-file.ts';

type File = Loaded<Topology>;

/** `vocabulary` is null when its file does not read, `complete` false when a topology does not: what depends on them is then left unchecked. */
export function checkTopologies(files: readonly File[], complete: boolean, vocabulary: RolesFile | null): Problem[] {
  const topologies = files.map((file) => ({ key: file.value.id, file, path: ['id'] }));
  const rules = files.flatMap((file) => file.value.rules.map((rule, index) => ({ key: rule.id, file, path: ['rules', index, 'id'] })));
  return [
    ...repeats(topologies, (id, first) => `the topology ${id} is already defined at ${first}`),
    ...repeats(rules, (id, first) => `the rule ${id} is already defined at ${first}`),
    ...files.flatMap(unknownDocuments),
    ...(complete ? unknownIncludes(files) : []),
    ...(vocabulary === null ? [] : files.flatMap((file) => unknownWords(file, vocabulary))),
  ];
}

function unknownDocuments(file: File): Problem[] {
  const documents = file.value.further_documents.map(({ id }, index) => ({ key: id, file, path: ['further_documents', index, 'id'] }));
  const known = new Set(documents.map(({ key }) => key));
  return [
    ...repeats(documents, (id, first) => `the document ${id} is already defined at ${first}`),
    ...file.value.rules.flatMap(({ document }, index) =>
      document === null || known.has(document)
        ? []
        : [file.problem(['rules', index, 'document'], `${document} is not one of the further documents`)],
    ),
  ];
}

function unknownIncludes(files: readonly File[]): Problem[] {
  const written = new Map<string, Topology>(files.map(({ value }) => [value.id, value]));
  const rulesOf = new Map<string, ReadonlySet<string>>(
    withIncludes([...written.values()]).map(({ id, rules }) => [id, new Set(rules.map((rule) => rule.id))]),
  );
  return files.flatMap((file) =>
    file.value.includes.flatMap((include, index) => {
      const at = ['includes', index];
      const known = rulesOf.get(include.topology);
      if (known === undefined) return [file.problem([...at, 'topology'], `${include.topology} is not a topology`)];
      if (leadsTo(include.topology, file.value.id, written)) {
        return [file.problem([...at, 'topology'], `${include.topology} includes ${file.value.id} in turn`)];
      }
      const missing = (field: 'rules' | 'except'): Problem[] =>
        (include[field] ?? []).flatMap((rule, i) =>
          known.has(rule) ? [] : [file.problem([...at, field, i], `${include.topology} has no rule ${rule}`)],
        );
      return [...missing('rules'), ...missing('except')];
    }),
  );
}

function leadsTo(from: string, to: string, written: ReadonlyMap<string, Topology>): boolean {
  const seen = new Set<string>([from]);
  for (const id of seen) for (const { topology } of written.get(id)?.includes ?? []) seen.add(topology);
  return seen.has(to);
}

function unknownWords(file: File, vocabulary: RolesFile): Problem[] {
  const roles = new Set<string>(vocabulary.roles.map((role) => role.id));
  const topics = new Set(vocabulary.topics.map((topic) => topic.id));
  return file.value.rules.flatMap((rule, index) => {
    const at = ['rules', index];
    return [
      ...mentions(rule, at).flatMap(({ role, path }) =>
        roles.has(role) ? [] : [file.problem(path, `${role} is not a role of roles.yaml`)],
      ),
      ...rule.topics.flatMap((topic, i) =>
        topics.has(topic) ? [] : [file.problem([...at, 'topics', i], `${topic} is not a topic of roles.yaml`)],
      ),
    ];
  });
}

/** Every role that a rule names, with where. */
function mentions(rule: Rule, at: Path): readonly { readonly role: string; readonly path: Path }[] {
  const single = (['role', 'via'] as const).flatMap((field) => {
    const role = rule[field];
    return role === null ? [] : [{ role, path: [...at, field] }];
  });
  const lists = (['peers', 'source', 'source_may_be', 'destination', 'destination_may_be'] as const).flatMap((field) =>
    rule[field].map((role, i) => ({ role, path: [...at, field, i] })),
  );
  return [...single, ...lists];
}
