import type { Locale } from '../locale.ts';

/** `merged`: the cell also covers the column before it, so that what it says cannot be said of this column alone. */
export type Cell = { readonly text: string; readonly merged: boolean };

/** `line` counts from 1 in the file. `heading`: every cell of it is a header cell. */
export type Row = { readonly line: number; readonly heading: boolean; readonly cells: readonly Cell[] };

export type SourceTable = { readonly line: number; readonly rows: readonly Row[] };

/** A paragraph, a list item or a heading outside tables. */
export type Paragraph = { readonly line: number; readonly text: string };

/** What a page prints about itself; null for what it does not. `revised` is an ISO date. */
export type PageFacts = {
  readonly title: string | null;
  readonly product: string | null;
  readonly revised: string | null;
  readonly url: string | null;
};

export type SourcePage = {
  readonly facts: PageFacts;
  readonly language: Locale;
  readonly tables: readonly SourceTable[];
  readonly paragraphs: readonly Paragraph[];
};

/** What a reading stops at. Reading more would cost more than any real port summary is worth. */
export const bounds = {
  bytes: 10 * 1024 * 1024,
  rows: 100_000,
  cells: 2_000_000,
  columns: 100,
  nesting: 500,
  inline: 5_000,
  lines: 500_000,
} as const;

/** Text as a reader of the page sees it: line breaks stay, everything invisible goes. */
export function plainText(text: string): string {
  return text
    .replace(/[\p{Cf}\p{Cs}]/gu, '')
    .split(/[\n\u2028\u2029]/u)
    .map((line) => line.replace(/[\s\p{Cc}]+/gu, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
}

/** The language of a text that has words of both: Chinese pages are full of English names. */
export function languageOf(text: string): Locale {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const words = text.match(/[a-z]{3,}/gi)?.length ?? 0;
  return han * 3 > words ? 'zh-CN' : 'en';
}
