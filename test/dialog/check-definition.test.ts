import { expect, test } from 'vitest';
import { checkDefinition } from '../../src/dialog/check-definition.ts';
import { dialogSchema } from '../../src/dialog/definition.ts';

const known = {
  validators: ['text', 'choice'],
  options: ['sites'],
  prefills: ['title'],
  facts: ['risky'],
  effects: ['submit'],
  dialogs: [],
};
const asked = ['one', 'two'];
const keys = new Map([
  ['ask.title', 'Ask'],
  ['ask.page.page', 'Page'],
  ...asked.flatMap((field): [string, string][] => ['label', 'why', 'example'].map((part) => [`ask.${field}.${part}`, 'x'])),
]);
const texts = { en: keys, 'zh-CN': keys };

function check(
  steps: readonly Record<string, unknown>[],
  more: Record<string, unknown> = {},
  said: typeof texts = texts,
): readonly string[] {
  const file = dialogSchema.parse({ id: 'ask', complete: 'submit', pages: [{ id: 'page', steps }], ...more });
  return checkDefinition(file, known, said).map(({ path, what }) => `${path.join('.')}: ${what}`);
}

const one = { field: 'one', input: 'text', validate: 'text' };
const two = { ...one, field: 'two' };

test('a sound definition has no problems', () => {
  expect(check([one, { ...two, when: { field: 'one', equals: 'x' } }])).toEqual([]);
  expect(check([{ ...one, when: { field: 'risky', equals: true } }])).toEqual([]);
});

test('unknown names are told where they stand, with those that are known', () => {
  expect(check([{ ...one, validate: 'texd' }])).toEqual(['pages.0.steps.0.validate: unknown validator "texd"; known are text, choice']);
  expect(check([{ ...one, options: 'cites' }])[0]).toContain('pages.0.steps.0.options');
  expect(check([{ ...one, prefill: 'titel' }])[0]).toContain('pages.0.steps.0.prefill');
  expect(check([one], { complete: 'send' })[0]).toContain('complete: unknown effect');
});

test('a condition may look back only, and a field is asked once', () => {
  expect(check([{ ...one, when: { field: 'two', equals: 'x' } }, two])[0]).toContain('pages.0.steps.0.when.field');
  expect(check([one, one])[0]).toContain('pages.0.steps.1.field: the field one is asked twice');
  expect(check([{ ...one, input: 'choice' }])[0]).toContain('a choice without options');
});

test('a page has a title of its own, and a name that leads to it alone', () => {
  const pages = (...ids: readonly string[]) => ({ pages: ids.map((id, place) => ({ id, steps: [place === 0 ? one : two] })) });
  expect(check([], pages('page', 'page'))).toEqual(['pages.1.id: the page page is there twice']);
  expect(check([], pages('review'))[0]).toContain('pages.0.id: a page can’t be called review');
  expect(check([], pages('other'))).toEqual(['pages.0.id: the text ask.page.other is missing in en and zh-CN']);
  const long = { en: keys, 'zh-CN': new Map([...keys, ['ask.page.page', '页'.repeat(25)]]) };
  expect(check([one], {}, long)).toEqual(['pages.0.id: ask.page.page has 25 characters in zh-CN; a title has at most 24']);
  const foot = { en: new Map([...keys, ['dialog.form.next', 'n'.repeat(25)]]), 'zh-CN': keys };
  expect(check([one], {}, foot)[0]).toContain('a button at the foot of a form has at most 24');
});

test('texts that are missing or too long for a platform are named', () => {
  expect(check([{ ...one, field: 'three' }])).toHaveLength(3);
  expect(check([{ ...one, options: ['a'] }])).toEqual(['pages.0.steps.0.options.0: the text ask.one.option.a is missing in en and zh-CN']);
  const long = { en: new Map([...keys, ['ask.title', 'A title of twenty-five ch']]), 'zh-CN': keys };
  expect(check([one], {}, long)).toEqual(['id: ask.title has 25 characters in en; a title has at most 24']);
  const wide = { en: keys, 'zh-CN': new Map([...keys, ['ask.one.label', '长'.repeat(76)]]) };
  expect(check([one], {}, wide)[0]).toContain('76 characters in zh-CN');
});
