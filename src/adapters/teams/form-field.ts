import { plain, richText } from '../../chat/adaptive-card.ts';
import type { FormField } from '../../chat/form.ts';
import { cleanText } from '../../dialog/clean-text.ts';
import type { JsonObject } from '../../locale.ts';
import { sizeOf } from './payload.ts';
import { nameOf, shortened } from './text.ts';
import type { TeamsWords } from './words.ts';

/** What is typed comes back beside the buttons' payload, under these ids. */
const prefix = 'field:';
/** The format has no choice without a value; blanks are no answer. */
const nothing = ' ';
const longestChoice = 200;

/** How much is said of a field, in characters, and how large a menu of choices may be, in bytes: a larger one is typed. */
export type Verbosity = { readonly label: number; readonly hint: number; readonly problem: number; readonly menu: number };

export function fieldId(name: string): string {
  return `${prefix}${name}`;
}

export function fieldName(id: string): string | null {
  return id.startsWith(prefix) ? id.slice(prefix.length) : null;
}

/** A question: its input, what is wrong with what was typed, and why it is asked. `aside`: the field stays empty, which changes nothing. */
export function fieldElements(field: FormField, aside: boolean, verbosity: Verbosity, words: TeamsWords): readonly JsonObject[] {
  const problem = field.problem === null ? [] : [shortened(field.problem, verbosity.problem)];
  const kept = aside ? [words('dialog.form.long', { count: [...field.value].length })] : [];
  const hints = [...kept, shortened(field.hint, verbosity.hint)].filter((hint) => hint.trim() !== '');
  return [
    inputOf(field, aside, verbosity, words),
    ...problem.map((text) => ({ type: 'Container', style: 'attention', spacing: 'none', items: [richText([text])] })),
    ...hints.map((hint) => ({ ...richText([{ subtle: hint }]), spacing: 'none' })),
  ];
}

function inputOf(field: FormField, aside: boolean, verbosity: Verbosity, words: TeamsWords): JsonObject {
  const name = nameOf(field.label, verbosity.label);
  const shared = {
    id: fieldId(field.name),
    label: plain(field.optional ? words('teams.form.optional', { label: name }) : name),
    spacing: 'large',
  };
  // Nothing unseen stands in a field: it comes back as if it had been typed there.
  const value = aside ? '' : cleanText(field.value).text;
  const typed = {
    type: 'Input.Text',
    ...shared,
    isMultiline: field.input === 'lines' || value.includes('\n'),
    ...(value === '' ? {} : { value }),
  };
  const options = field.options.filter((option) => option.value.trim() !== '');
  if (field.input !== 'choice' || options.length === 0) return typed;
  const none = field.optional ? [{ title: words('dialog.nothing'), value: nothing }] : [];
  const choices = options.map((option) => ({
    title: plain(nameOf(option.label, longestChoice)),
    value: option.value,
  }));
  const isOffered = options.some((option) => option.value === field.value);
  const menu = {
    type: 'Input.ChoiceSet',
    ...shared,
    style: 'compact',
    choices: [...none, ...choices],
    ...(isOffered && !aside ? { value: field.value } : {}),
  };
  return sizeOf(menu) <= verbosity.menu ? menu : typed;
}
