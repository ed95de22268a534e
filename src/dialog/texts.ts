import { AppError } from '../errors.ts';
import { type Locale, locales, type Message, type MessageParam, type Reader, type Say } from '../locale.ts';
import { formatMoment } from './moment.ts';

/** The texts of one language, by key. */
export type Texts = ReadonlyMap<string, string>;
export type TextsByLocale = Readonly<Record<Locale, Texts>>;

/** What is wrong with a text: the locale file and the key it is about */
export type TextProblem = { readonly locale: Locale; readonly key: string; readonly what: string };

const placeholder = /\{([a-z][a-z0-9_]*)\}/g;
const wordSeparator = '|';

export function sayFrom(texts: TextsByLocale): Say {
  return (message: Message, reader: Reader): string => {
    const text = texts[reader.locale].get(message.key);
    if (text === undefined) throw new AppError('text-missing', `no text ${message.key} in ${reader.locale}`);
    return text.replace(placeholder, (_, name: string) => {
      const param = message.params?.[name];
      if (param === undefined) throw new AppError('text-missing', `text ${message.key} needs {${name}}`);
      return filled(param, reader);
    });
  };
}

function filled(param: MessageParam, reader: Reader): string {
  if (typeof param === 'string') return param;
  if (typeof param === 'number') return String(param);
  return 'at' in param ? formatMoment(new Date(param.at), reader) : param[reader.locale];
}

/** What people type, by key: every `command.*` text of every language, its alternatives in one list. */
export function wordsFrom(texts: TextsByLocale): ReadonlyMap<string, readonly string[]> {
  const words = new Map<string, readonly string[]>();
  for (const locale of locales) {
    for (const [key, text] of texts[locale]) {
      if (!key.startsWith('command.')) continue;
      const alternatives = text.split(wordSeparator).map((word) => word.trim());
      words.set(key, [...(words.get(key) ?? []), ...alternatives.filter((word) => word !== '')]);
    }
  }
  return words;
}

/** Keys that a language lacks, reported where the other language has them. */
export function missingTexts(texts: TextsByLocale): readonly TextProblem[] {
  return locales.flatMap((locale) =>
    locales
      .filter((other) => other !== locale)
      .flatMap((other) => [...texts[locale].keys()].filter((key) => !texts[other].has(key)).map((key) => ({ other, key })))
      .map(({ other, key }) => ({ locale, key, what: `${key} has no text in ${other}` })),
  );
}

/** Keys whose texts do not have the same placeholders in every language, or a brace that is none. */
export function differingPlaceholders(texts: TextsByLocale): readonly TextProblem[] {
  const [first, ...others] = locales;
  const differing = others.flatMap((locale) =>
    [...texts[locale]].flatMap(([key, text]) => {
      const expected = texts[first].get(key);
      if (expected === undefined) return [];
      const [here, there] = [placeholdersOf(text), placeholdersOf(expected)];
      return here === there
        ? []
        : [{ locale, key, what: `${key} has the placeholders ${here || 'none'} here, and ${there || 'none'} in ${first}` }];
    }),
  );
  return [...differing, ...locales.flatMap((locale) => strayBraces(locale, texts[locale]))];
}

function placeholdersOf(text: string): string {
  return [...new Set([...text.matchAll(placeholder)].map((match) => match[0]))].sort().join(' ');
}

function strayBraces(locale: Locale, texts: Texts): readonly TextProblem[] {
  return [...texts]
    .filter(([, text]) => /[{}]/.test(text.replace(placeholder, '')))
    .map(([key]) => ({ locale, key, what: `${key} has a brace that is not part of a {placeholder}` }));
}
