import type { Problem } from '../../app/ports.ts';
import { checkDefinition } from '../../dialog/check-definition.ts';
import type { DialogFile } from '../../dialog/definition.ts';
import type { KnownNames } from '../../dialog/handlers.ts';
import type { TextsByLocale } from '../../dialog/texts.ts';
import type { Loaded } from './parse-file.ts';
import { repeats } from './repeats.ts';

/** `texts` is null when they do not read: what depends on them is then left unchecked. */
export function checkDialogs(
  { files, complete }: { readonly files: readonly Loaded<DialogFile>[]; readonly complete: boolean },
  folder: string,
  known: KnownNames,
  texts: TextsByLocale | null,
): Problem[] {
  const ids = new Set(files.map((file) => file.value.id));
  // A dialog whose file does not read is not missing.
  const missing = complete ? known.dialogs.filter((id) => !ids.has(id)) : [];
  const again = repeats(
    files.map((file) => ({ key: file.value.id, file, path: ['id'] })),
    (id, first) => `the dialog ${id} is already defined at ${first}`,
  );
  return [
    ...missing.map((id) => ({ file: folder, line: 1, column: 1, what: `the dialog ${id} is missing` })),
    ...again,
    ...files.flatMap((file) =>
      texts === null ? [] : checkDefinition(file.value, known, texts).map(({ path, what }) => file.problem(path, what)),
    ),
  ];
}
