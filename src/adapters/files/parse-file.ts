import type { z } from 'zod';
import type { Problem } from '../../app/ports.ts';
import { type Aim, type Path, readYaml, type YamlFile } from './yaml-file.ts';

/** A file that read well, with a way to point into it. */
export type Loaded<T> = {
  readonly path: string;
  readonly value: T;
  readonly problem: (path: Path, what: string, aim?: Aim) => Problem;
};

/** Reads and checks one file. Whatever is wrong goes to `problems`; the result is then null. */
export function loadFile<S extends z.ZodType>(path: string, schema: S, problems: Problem[]): Loaded<z.output<S>> | null {
  const read = readYaml(path);
  if ('problems' in read) {
    problems.push(...read.problems);
    return null;
  }
  const { file } = read;
  if (file.value === null) {
    problems.push(file.problem([], 'the file is empty'));
    return null;
  }
  const parsed = schema.safeParse(file.value);
  if (!parsed.success) {
    problems.push(...parsed.error.issues.flatMap((issue) => explain(file, issue, [])));
    return null;
  }
  return { path, value: parsed.data, problem: file.problem };
}

type Issue = z.core.$ZodIssue;

function explain(file: YamlFile, issue: Issue, above: Path): Problem[] {
  const path = [...above, ...issue.path];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => file.problem([...path, key], `${name([...path, key])} is not known here`, 'key'));
    case 'invalid_key':
      return [file.problem(path, `${name(path)}: ${issue.issues.map((inner) => inner.message).join('; ')}`, 'key')];
    case 'invalid_union': {
      const closest = closestVariant(issue.errors);
      if (file.has(path) && closest !== null) return closest.flatMap((inner) => explain(file, inner, path));
      break;
    }
  }
  if (!file.has(path)) return [file.problem(path, `${name(path)} is missing`)];
  return [file.problem(path, `${name(path)}: ${issue.message}`)];
}

/** Of a union's variants, the one whose complaint lies deepest was most likely meant. */
function closestVariant(variants: readonly (readonly Issue[])[]): readonly Issue[] | null {
  const depth = (issues: readonly Issue[]) => Math.max(...issues.map((issue) => issue.path.length));
  const best = [...variants].sort((a, b) => depth(b) - depth(a))[0];
  return best !== undefined && depth(best) > 0 ? best : null;
}

/** `rules[3].purpose.zh-CN`, as a person would look for it. */
function name(path: Path): string {
  if (path.length === 0) return 'the file';
  return path.map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index > 0 ? '.' : ''}${String(key)}`)).join('');
}
