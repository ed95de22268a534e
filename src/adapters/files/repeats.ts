import type { Problem } from '../../app/ports.ts';
import type { Path } from './yaml-file.ts';

type Occurrence = {
  readonly key: string;
  readonly file: { readonly problem: (path: Path, what: string) => Problem };
  readonly path: Path;
};

/** Points at every occurrence of a key after its first, and says (as file:line) where the first one stands. */
export function repeats(occurrences: readonly Occurrence[], what: (key: string, first: string) => string): Problem[] {
  const firsts = new Map<string, Occurrence>();
  const problems: Problem[] = [];
  for (const occurrence of occurrences) {
    const first = firsts.get(occurrence.key);
    if (first === undefined) {
      firsts.set(occurrence.key, occurrence);
      continue;
    }
    const { file, line } = first.file.problem(first.path, '');
    problems.push(occurrence.file.problem(occurrence.path, what(occurrence.key, `${file}:${line}`)));
  }
  return problems;
}
