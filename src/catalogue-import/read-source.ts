import { takeFrontMatter } from './front-matter.ts';
import { languageOf, plainText, type SourcePage } from './page.ts';
import { factsOf } from './page-facts.ts';
import { UnreadableSource } from './problem.ts';
import { type CsvRecord, delimiterOf } from './read-csv.ts';
import { readHtml } from './read-html.ts';
import { readMarkdown } from './read-markdown.ts';

export const formats = ['csv', 'markdown', 'html'] as const;
export type Format = (typeof formats)[number];

/** The text of a file's bytes. Throws `UnreadableSource` for what is no text, or not in Unicode. */
export function decodeText(bytes: Uint8Array): string {
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
  if (wide === null && bytes.includes(0)) throw new UnreadableSource({ key: 'import.error.binary' });
  try {
    const text = new TextDecoder(wide ?? 'utf-8', { fatal: true }).decode(bytes);
    if (text.trim() === '') throw new UnreadableSource({ key: 'import.error.empty' });
    return text;
  } catch (error) {
    if (error instanceof TypeError) throw new UnreadableSource({ key: 'import.error.encoding' });
    throw error;
  }
}

/** By the file's name, else by how the text begins; null where neither tells. */
export function formatOf(name: string, text: string): Format | null {
  const ending = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  if (['csv', 'tsv'].includes(ending)) return 'csv';
  if (['html', 'htm', 'xhtml'].includes(ending)) return 'html';
  if (['md', 'markdown'].includes(ending)) return 'markdown';
  const begins = text.trimStart().slice(0, 200).toLowerCase();
  if (/^(?:<!doctype|<html|<head|<body|<table|<\?xml)/.test(begins)) return 'html';
  if (
    /^(?:---\s*$|#{1,6}\s)/m.test(begins) ||
    /<table[\s>]/i.test(text) ||
    /^[ \t]{0,3}\|?[ \t]{0,9}:?-{1,99}:?[ \t]{0,9}\|/m.test(text.slice(0, 100_000))
  )
    return 'markdown';
  return (text.split('\n', 1)[0] ?? '').split(delimiterOf(text)).length > 2 ? 'csv' : null;
}

export function readPage(written: string, format: 'markdown' | 'html'): SourcePage {
  const text = written.replaceAll(/\r\n?/g, '\n');
  const front = format === 'markdown' ? takeFrontMatter(text) : { values: new Map<string, string>(), rest: text };
  const page = format === 'markdown' ? readMarkdown(front.rest) : readHtml(text);
  const facts = factsOf(front.values, page);
  const said = page.tables.flatMap(({ rows }) => rows.slice(0, 20).flatMap(({ cells }) => cells.map((cell) => cell.text)));
  const sample = [facts.title ?? '', ...page.paragraphs.slice(0, 30).map((paragraph) => paragraph.text), ...said.slice(0, 400)];
  return { facts, language: languageOf(sample.join('\n')), tables: page.tables, paragraphs: page.paragraphs };
}

/** A CSV file as a page of one table. */
export function csvPage(records: readonly CsvRecord[]): SourcePage {
  const rows = records.map(({ line, cells }, index) => ({
    line,
    heading: index === 0,
    cells: cells.slice(0, 200).map((text) => ({ text: plainText(text.replace(/^'(?=[=+\-@])/, '')), merged: false })),
  }));
  const sample = rows.slice(0, 50).flatMap(({ cells }) => cells.map((cell) => cell.text));
  return {
    facts: { title: null, product: null, revised: null, url: null },
    language: languageOf(sample.join('\n')),
    tables: [{ line: 1, rows }],
    paragraphs: [],
  };
}
