import type { Problem } from '../../app/ports.ts';
import { checkDefinition } from '../../dialog/check-definition.ts';
import type { DialogFile } from '../../dialog/definition.ts';
import type { KnownNames } from '../../dialog/handlers.ts';
import type { TextsByLocale } from '../../dialog/texts.ts';
import type { Loaded } from './parse-file.ts';
import { repeats } from './repeats.ts';

/** `texts` is null when they do not read: what depends on them is then left unchecked. */
export function checkDialogs(files: readonly Loaded<DialogFile>[], known: KnownNames, texts: TextsByLocale | null): Problem[] {
  const again = repeats(
    files.map((file) => ({ key: file.value.id, file, path: ['id'] })),
    (id, first) => `the dialog ${id} is already defined at ${first}`,
  );
  if (texts === null) return again;
  return [
    ...again,
    ...files.flatMap((file) => checkDefinition(file.value, known, texts).map(({ path, what }) => file.problem(path, what))),
  ];
}
