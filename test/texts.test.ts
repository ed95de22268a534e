import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { loadTestKnowledge } from './support/knowledge.ts';
import { expansions, expressionOf, filesUnder, root, textPatterns } from './support/source.ts';

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const keys = new Set(Object.keys(z.record(z.string(), z.string()).parse(parse(read('dialogs/locales/en.yaml')))));
const patterns = textPatterns(filesUnder('src').filter((path) => path.endsWith('.ts')));

/** A key such as `request.flows` stands for `request.flows.one` and `request.flows.other`. */
const isThere = (key: string) => keys.has(key) || (keys.has(`${key}.one`) && keys.has(`${key}.other`));

test('every text the program says exists', () => {
  const missing = patterns
    .filter(({ isKey, parts }) => isKey && parts.some((part) => part?.includes('.')))
    .flatMap((pattern) => {
      const made = expansions(pattern);
      // Of a composed key's values some are never reached (a request never ends a submission `closed`); one text at least shows the family is right.
      const found = made === null ? [...keys].some((key) => expressionOf(pattern).test(key)) : made.some(isThere);
      return found ? [] : [`${pattern.at} says ${expressionOf(pattern).source}`];
    });
  expect(missing).toEqual([]);
});

test('every text is said somewhere', () => {
  const written = new Set(patterns.flatMap((pattern) => expansions(pattern) ?? []));
  // Patterns without a word of their own, as `${a}.${b}`, would let anything through.
  const open = patterns.filter(
    (pattern) => expansions(pattern) === null && pattern.parts.some((part) => part && /[a-z]{2}/.test(String(part))),
  );
  const expressions = open.filter(({ parts }) => parts.every((part) => !/\s/.test(String(part ?? '')))).map(expressionOf);
  const asked = keysOfDialogs();
  const pages = filesUnder('src')
    .filter((path) => path.endsWith('.html'))
    .map(read)
    .join('\n');
  const unsaid = [...keys].filter((key) => {
    const base = key.replace(/\.(one|other)$/, '');
    const isSaid = [key, base].some((one) => written.has(one) || asked.has(one) || pages.includes(`"${one}"`));
    return !isSaid && !expressions.some((expression) => expression.test(key));
  });
  expect(unsaid).toEqual([]);
});

/** What the dialogs' definitions say, step by step. */
function keysOfDialogs(): ReadonlySet<string> {
  return new Set(
    [...loadTestKnowledge().dialogs.values()].flatMap((dialog) => [
      `${dialog.id}.title`,
      ...dialog.pages
        .flatMap((page) => page.steps)
        .flatMap((step) => [
          ...['label', 'why', 'example'].map((part) => `${dialog.id}.${step.field}.${part}`),
          ...(Array.isArray(step.options) ? step.options : []).map((option) => `${dialog.id}.${step.field}.option.${option}`),
        ]),
    ]),
  );
}
