import type { DialogFile, Step } from './definition.ts';
import type { KnownNames } from './handlers.ts';
import { reviewPage } from './pages.ts';
import type { TextsByLocale } from './texts.ts';

/** What is wrong with a definition; `path` leads to the place in its file. */
export type DefinitionProblem = { readonly path: readonly (string | number)[]; readonly what: string };

type Placed = { readonly step: Step; readonly path: readonly (string | number)[] };

/** The longest title or foot button of a form, label of a button, and part of a hint, that every platform shows whole. */
const longestTitle = 24;
const longestButton = 75;
const longestHint = 800;
const footButtons = ['dialog.form.next', 'dialog.form.close', 'dialog.button.submit'];

export function checkDefinition(file: DialogFile, known: KnownNames, texts: TextsByLocale): readonly DefinitionProblem[] {
  const placed = file.pages.flatMap((page, pageIndex) =>
    page.steps.map((step, stepIndex) => ({ step, path: ['pages', pageIndex, 'steps', stepIndex] })),
  );
  return [
    ...unknownName('effect', file.complete, known.effects, ['complete']),
    ...placed.flatMap((one) => names(one, known)),
    ...order(placed, known),
    ...pageNames(file),
    ...textsOf(file, placed, texts),
    ...tooLong(file, placed, texts),
  ];
}

function unknownName(kind: string, name: string, known: readonly string[], path: DefinitionProblem['path']): readonly DefinitionProblem[] {
  if (known.includes(name)) return [];
  return [{ path, what: `unknown ${kind} "${name}"; known are ${known.join(', ')}` }];
}

function names({ step, path }: Placed, known: KnownNames): readonly DefinitionProblem[] {
  const options =
    typeof step.options === 'string' ? unknownName('source of options', step.options, known.options, [...path, 'options']) : [];
  const prefill = step.prefill === undefined ? [] : unknownName('prefill', step.prefill, known.prefills, [...path, 'prefill']);
  const choices =
    step.input === 'choice' && step.options === undefined ? [{ path, what: `${step.field} is a choice without options` }] : [];
  return [...unknownName('validator', step.validate, known.validators, [...path, 'validate']), ...options, ...prefill, ...choices];
}

function order(placed: readonly Placed[], known: KnownNames): readonly DefinitionProblem[] {
  const earlier = new Set<string>();
  const problems: DefinitionProblem[] = [];
  for (const { step, path } of placed) {
    if (earlier.has(step.field)) problems.push({ path: [...path, 'field'], what: `the field ${step.field} is asked twice` });
    const condition = step.when?.field;
    if (condition !== undefined && !earlier.has(condition) && !known.facts.includes(condition)) {
      const what = `"when" names ${condition}, which is neither an earlier field nor a known fact (${known.facts.join(', ')})`;
      problems.push({ path: [...path, 'when', 'field'], what });
    }
    earlier.add(step.field);
  }
  return problems;
}

/** A form leads to its pages by name. */
function pageNames({ pages }: DialogFile): readonly DefinitionProblem[] {
  return pages.flatMap(({ id }, index) => {
    const path = ['pages', index, 'id'];
    if (id === reviewPage) return [{ path, what: `a page can’t be called ${id}: that is the last one, which shows everything` }];
    return pages.findIndex((page) => page.id === id) < index ? [{ path, what: `the page ${id} is there twice` }] : [];
  });
}

/** Missing in the first language is enough to say: whatever only one language has is reported with the texts themselves. */
function textsOf(file: DialogFile, placed: readonly Placed[], texts: TextsByLocale): readonly DefinitionProblem[] {
  const missing = (key: string, path: DefinitionProblem['path']): readonly DefinitionProblem[] => {
    const lacking = Object.entries(texts).flatMap(([locale, map]) => (map.has(key) ? [] : [locale]));
    return lacking.length === 0 ? [] : [{ path, what: `the text ${key} is missing in ${lacking.join(' and ')}` }];
  };
  return [
    ...missing(`${file.id}.title`, ['id']),
    ...file.pages.flatMap(({ id }, index) => missing(`${file.id}.page.${id}`, ['pages', index, 'id'])),
    ...placed.flatMap(({ step, path }) => keysOf(file.id, step).flatMap(({ key, part }) => missing(key, [...path, ...part]))),
  ];
}

function keysOf(dialog: string, step: Step): readonly { readonly key: string; readonly part: readonly (string | number)[] }[] {
  const parts = step.input === 'choice' ? ['label', 'why'] : ['label', 'why', 'example'];
  const options = Array.isArray(step.options) ? step.options : [];
  return [
    ...parts.map((part) => ({ key: `${dialog}.${step.field}.${part}`, part: ['field'] })),
    ...options.map((option, index) => ({ key: `${dialog}.${step.field}.option.${option}`, part: ['options', index] })),
  ];
}

function tooLong(file: DialogFile, placed: readonly Placed[], texts: TextsByLocale): readonly DefinitionProblem[] {
  const longer = (key: string, limit: number, what: string, path: DefinitionProblem['path']): readonly DefinitionProblem[] =>
    Object.entries(texts).flatMap(([locale, map]) => {
      const length = [...(map.get(key) ?? '')].length;
      return length <= limit ? [] : [{ path, what: `${key} has ${length} characters in ${locale}; ${what} has at most ${limit}` }];
    });
  return [
    ...longer(`${file.id}.title`, longestTitle, 'a title', ['id']),
    ...footButtons.flatMap((key) => longer(key, longestTitle, 'a button at the foot of a form', ['id'])),
    ...file.pages.flatMap(({ id }, index) => longer(`${file.id}.page.${id}`, longestTitle, 'a title', ['pages', index, 'id'])),
    ...placed.flatMap(({ step, path }) => [
      ...longer(`${file.id}.${step.field}.label`, longestButton, 'a button', [...path, 'field']),
      ...['why', 'example'].flatMap((part) => longer(`${file.id}.${step.field}.${part}`, longestHint, 'a hint', [...path, 'field'])),
      ...keysOf(file.id, step)
        .filter(({ key }) => key.includes('.option.'))
        .flatMap(({ key, part }) => longer(key, longestButton, 'a button', [...path, ...part])),
    ]),
  ];
}
