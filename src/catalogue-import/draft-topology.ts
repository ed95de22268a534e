import type { Locale, LocalText } from '../locale.ts';
import type { DraftRule, InBoth, Remark } from './drafted.ts';
import type { PageFacts } from './page.ts';

/** A topology as drafted, but for its rules' YAML form. */
export type DraftTopology = {
  readonly id: string;
  readonly name: LocalText;
  readonly document: { readonly title: LocalText; readonly product: string; readonly revised: string | null; readonly url: string };
  readonly rules: readonly DraftRule[];
};

/** Where a document's address is not known. No such host can ever exist. */
const noAddress = 'https://address-not-printed.invalid/';

/** What a file says of itself, as far as it does; what it does not say is remarked on and easy to find. */
export function draftTopology(
  { title, product, revised, url }: PageFacts,
  rules: readonly DraftRule[],
  prefix: string,
  words: { readonly inBoth: InBoth; readonly printed: (text: string) => LocalText },
): { readonly topology: DraftTopology; readonly remarks: readonly Remark[] } {
  const named = title === null ? words.inBoth({ key: 'import.no-title' }) : words.printed(title);
  const missing = (['title', 'product', 'revised', 'url'] as const).filter((fact) => ({ title, product, revised, url })[fact] === null);
  return {
    topology: {
      id: slug(`${product ?? ''} ${prefix}`),
      name: named,
      document: { title: named, product: product ?? '?', revised, url: url ?? noAddress },
      rules,
    },
    remarks: missing.map((fact) => ({ kind: 'gap', line: null, message: { key: `import.no-fact.${fact}` } })),
  };
}

const slug = (text: string): string => (text.toLowerCase().match(/[a-z0-9]+/g) ?? ['draft']).join('-').slice(0, 80).replace(/-$/, '');

/** What the ids of rules begin with, where nobody says: the first letters of an English title, else IMP. */
export function prefixFrom(title: string | null): string {
  if (title === null || languageIsNotEnglish(title)) return 'IMP';
  const initials = (title.match(/[A-Za-z]+/g) ?? [])
    .filter((word) => !/^(?:a|an|the|of|for|in|and|or|with|to)$/i.test(word))
    .map((word) => word.charAt(0));
  return initials.length < 2 ? 'IMP' : initials.slice(0, 6).join('').toUpperCase();
}

const languageIsNotEnglish = (text: string): boolean => /[^\p{Script=Latin}\p{N}\p{P}\p{S}\s]/u.test(text);

/** A text of one language; the other says that it is not translated. */
export function printedIn(language: Locale, inBoth: InBoth): (text: string) => LocalText {
  return (text) => {
    if (!/\p{L}{3,}/u.test(text.replace(/[A-Z0-9/]{2,}/g, ''))) return { en: text, 'zh-CN': text };
    const untranslated = inBoth({ key: language === 'en' ? 'import.only-english' : 'import.only-chinese', params: { text } });
    return language === 'en' ? { en: text, 'zh-CN': untranslated['zh-CN'] } : { en: untranslated.en, 'zh-CN': text };
  };
}
