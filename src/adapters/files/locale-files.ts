import { join } from 'node:path';
import { z } from 'zod';
import type { Problem } from '../../app/ports.ts';
import { differingPlaceholders, missingTexts, type TextsByLocale } from '../../dialog/texts.ts';
import type { Locale } from '../../locale.ts';
import { type Loaded, loadFile } from './parse-file.ts';

/** A flat list of texts. */
export const localeFileSchema = z.record(
  z.string().regex(/^[a-z][a-z0-9_-]*(\.[a-z0-9_-]+)+$/, 'a key is lower-case words joined by dots'),
  z.string().trim().min(1),
);
export type LocaleFile = z.infer<typeof localeFileSchema>;

/** The texts of every language, and a way to point at one. */
export type LoadedTexts = { readonly texts: TextsByLocale; readonly problem: (locale: Locale, key: string, what: string) => Problem };

/** Reads the texts of every language and checks that they say the same things. Null when a file does not read. */
export function loadTexts(dialogsDir: string, problems: Problem[]): LoadedTexts | null {
  const read = (locale: Locale): Loaded<LocaleFile> | null =>
    loadFile(join(dialogsDir, 'locales', `${locale}.yaml`), localeFileSchema, problems);
  const [en, zh] = [read('en'), read('zh-CN')];
  if (en === null || zh === null) return null;
  const files = { en, 'zh-CN': zh };
  const texts = { en: new Map(Object.entries(en.value)), 'zh-CN': new Map(Object.entries(zh.value)) };
  const problem = (locale: Locale, key: string, what: string): Problem => files[locale].problem([key], what, 'key');
  const found = [...missingTexts(texts), ...differingPlaceholders(texts)];
  problems.push(...found.map(({ locale, key, what }) => problem(locale, key, what)));
  return { texts, problem };
}
