import { join } from 'node:path';
import { z } from 'zod';
import type { Problem } from '../../app/ports.ts';
import { type Locale, locales } from '../../locale.ts';
import { type Loaded, loadFile } from './parse-file.ts';

/** A flat list of texts. Those under `command.` are not said but listened for, alternatives apart by ` | `. */
export const localeFileSchema = z.record(
  z.string().regex(/^[a-z][a-z0-9_-]*(\.[a-z0-9_-]+)+$/, 'a key is lower-case words joined by dots'),
  z.string().trim().min(1),
);
export type LocaleFile = z.infer<typeof localeFileSchema>;

export type Texts = Readonly<Record<Locale, LocaleFile>>;

/** Reads the texts of every language and checks that they say the same things. Null when a file does not read. */
export function loadTexts(dialogsDir: string, problems: Problem[]): Texts | null {
  const files = locales.map((locale) => ({
    locale,
    file: loadFile(join(dialogsDir, 'locales', `${locale}.yaml`), localeFileSchema, problems),
  }));
  const [en, zh] = files.map(({ file }) => file);
  if (!en || !zh) return null;
  problems.push(...missingFrom(en, zh), ...missingFrom(zh, en), ...differing(en, zh));
  return { en: en.value, 'zh-CN': zh.value };
}

function missingFrom(other: Loaded<LocaleFile>, here: Loaded<LocaleFile>): Problem[] {
  return Object.keys(here.value)
    .filter((key) => !(key in other.value))
    .map((key) => here.problem([key], `${key} is missing from ${other.path}`, 'key'));
}

/** Points into the second file at texts whose placeholders are others than in the first. */
function differing(first: Loaded<LocaleFile>, second: Loaded<LocaleFile>): Problem[] {
  return Object.entries(second.value).flatMap(([key, text]) => {
    const model = first.value[key];
    if (model === undefined) return [];
    const [wanted, found] = [placeholders(model), placeholders(text)];
    if (wanted === found) return [];
    return [second.problem([key], `${key} has the placeholders ${found || '(none)'}, in ${first.path} ${wanted || '(none)'}`)];
  });
}

function placeholders(text: string): string {
  return [...new Set(text.match(/\{[a-z_]+\}/g))].sort().join(' ');
}

/** What people type, by key, every language's words in one list. */
export function wordsOf(texts: Texts): ReadonlyMap<string, readonly string[]> {
  const words = new Map<string, readonly string[]>();
  for (const locale of locales) {
    for (const [key, text] of Object.entries(texts[locale])) {
      if (key.startsWith('command.')) words.set(key, [...(words.get(key) ?? []), ...text.split(' | ').map((word) => word.trim())]);
    }
  }
  return words;
}
