import { parseDocument } from 'yaml';
import { z } from 'zod';

export type FrontMatter = { readonly values: ReadonlyMap<string, string>; readonly rest: string };

const opening = /^\uFEFF?---[ \t]*\r?\n/;
const closing = /^(?:---|\.\.\.)[ \t]*$/m;
const largest = 64 * 1024;
const valuesSchema = z.record(z.string(), z.unknown());

/** Takes the block of `key: value` lines off a page's beginning. Its lines stay, emptied, so that the rest keeps its line numbers. */
export function takeFrontMatter(text: string): FrontMatter {
  const begin = opening.exec(text);
  const none = { values: new Map<string, string>(), rest: text };
  if (begin === null) return none;
  const after = text.slice(begin[0].length, begin[0].length + largest);
  const end = closing.exec(after);
  if (end === null) return none;
  const length = begin[0].length + end.index + end[0].length;
  const emptied = '\n'.repeat(text.slice(0, length).split('\n').length - 1);
  return { values: readValues(after.slice(0, end.index)), rest: emptied + text.slice(length) };
}

/** By YAML where it is YAML; else line by line, since pages print titles with colons in them. */
function readValues(block: string): ReadonlyMap<string, string> {
  const document = parseDocument(block, { schema: 'failsafe', prettyErrors: false });
  const parsed = document.errors.length === 0 ? valuesSchema.safeParse(written(() => document.toJS({ maxAliasCount: 0 }))) : null;
  if (parsed?.success)
    return new Map(Object.entries(parsed.data).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])));
  const values = new Map<string, string>();
  for (const line of block.split(/\r?\n/)) {
    const found = /^([\w.:-]*[\w.-]):[ \t]+(\S.*)$/.exec(line);
    if (found?.[1] !== undefined && found[2] !== undefined) values.set(found[1], found[2].trim().replace(/^(["'])(.*)\1$/, '$2'));
  }
  return values;
}

function written(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return null;
  }
}
