import type { CardElement } from '../chat/card.ts';
import { cut } from '../chat/cut.ts';
import type { Form, FormField } from '../chat/form.ts';
import type { Message, MessageParam } from '../locale.ts';
import type { DialogDefinition } from './definition.ts';
import type { FormTurn } from './form-turn.ts';
import type { DialogEnv, Handlers } from './handlers.ts';
import { pagesOn, reviewPage, stopsOn } from './pages.ts';
import { seenOf } from './seen.ts';
import { walked } from './standing.ts';
import type { Answer, Option } from './state.ts';
import type { Stop } from './walk.ts';

/** As much as stands in a field on every platform; anything longer is kept aside, and may be written anew. */
const longestValue = 3000;
const longestHint = 2000;

type Text = (key: string, params?: Readonly<Record<string, MessageParam>>) => string;

/**
 * One page of a dialog. `extra` stands above the questions, and on the last page under the answers. No more than three thousand
 * characters stand in a field, and no more than two thousand in its hint.
 */
export function formOf(
  definition: DialogDefinition,
  turn: FormTurn,
  draft: string,
  handlers: Handlers,
  env: DialogEnv,
  extra: readonly CardElement[] = [],
): Form {
  const { page, state } = turn;
  const scene = { definition, handlers, env };
  const text: Text = (key, params) => env.say(params === undefined ? { key } : { key, params }, env.reader);
  const path = walked(scene, state);
  const pages = pagesOn(scene, path);
  const number = pages.indexOf(page) + 1;
  const titleOf = (id: string) => text(`${definition.id}.page.${id}`);
  const fields = stopsOn(definition, path, page).map((stop) => fieldOf(definition.id, stop, turn.missing, env, text));
  const notices = turn.notices.map((notice): CardElement => ({ kind: 'notice', tone: 'warning', spans: [say(env, notice)] }));
  const facts = path.stops.flatMap(({ step, answer }) =>
    answer === null ? [] : [{ label: text(`${definition.id}.${step.field}.label`), value: answer.echo }],
  );
  const heading = pages.length > 1 && page !== reviewPage ? [line({ strong: titleOf(page) })] : [];
  const elements: readonly CardElement[] =
    page === reviewPage ? [line(text('dialog.review')), { kind: 'facts', facts }, ...extra] : [...extra, ...heading];
  const buttons: Form['buttons'] = [
    ...(number > 1 ? [{ label: text('dialog.button.back'), press: { kind: 'back' }, style: 'default' } as const] : []),
    ...(page === reviewPage ? pages.slice(0, -1) : []).map(
      (id) => ({ label: text('dialog.form.change', { page: titleOf(id) }), press: { kind: 'go', page: id }, style: 'default' }) as const,
    ),
    { label: text('dialog.button.keep'), press: { kind: 'keep' }, style: 'default' },
    { label: text('dialog.button.discard'), press: { kind: 'discard' }, style: 'danger' },
  ];
  return {
    locale: env.reader.locale,
    draft,
    page,
    seen: seenOf({ ...state, answers: path.answers }, fields),
    title: text(`${definition.id}.title`),
    position: { number, of: pages.length },
    elements: [...notices, ...elements],
    fields,
    next: text(number === pages.length ? 'dialog.button.submit' : 'dialog.form.next'),
    close: text('dialog.form.close'),
    buttons,
  };
}

function fieldOf(dialog: string, stop: Stop, missing: readonly string[], env: DialogEnv, text: Text): FormField {
  const { step, context, answer, attempt, waits } = stop;
  const { options } = context;
  const isChoice = step.input === 'choice';
  const whole = textOf(stop, attempt?.raw ?? (answer === null ? '' : rawOf(step.input, answer, options)));
  const isLong = !isChoice && [...whole].length > longestValue;
  const value = isLong || (isChoice && !options.some((option) => option.value === whole)) ? '' : whole;
  const isLeft = whole === '' && waits;
  const optional = step.optional || isLong || isLeft;
  const hints = [text(`${dialog}.${step.field}.why`)];
  if (!isChoice && options.length > 0) hints.push(text('dialog.form.words', { words: listed(options) }));
  if (isLong) hints.push(text('dialog.form.long', { count: [...whole].length }));
  if (isLeft && !step.optional) hints.push(text('dialog.form.empty'));
  if (!isChoice) hints.push(text(`${dialog}.${step.field}.example`));
  return {
    name: step.field,
    label: text(`${dialog}.${step.field}.label`),
    hint: cut(sentences(hints), longestHint),
    input: step.input === 'text' && value.includes('\n') ? 'lines' : step.input,
    options,
    value,
    optional,
    problem: problemOf(stop, missing, env, text),
  };
}

function problemOf({ step, attempt, waits }: Stop, missing: readonly string[], env: DialogEnv, text: Text): string | null {
  if (attempt === null) return missing.includes(step.field) ? text('dialog.needed') : null;
  // It may be none once the questions before it are answered.
  if (waits) return null;
  const why = say(env, attempt.problem);
  const { suggestions } = attempt;
  return suggestions.length === 0 || step.input === 'choice'
    ? why
    : sentences([why, text('dialog.form.suggestions', { words: listed(suggestions) })]);
}

/** Where the words that were typed mean an option, the option. */
function rawOf(input: FormField['input'], { raw, value }: Answer, options: readonly Option[]): string {
  if (input !== 'choice') return raw;
  return options.some((option) => option.value === raw) ? raw : String(value);
}

/** A dialog's own list names ids, which nobody should have to read in a field; what a handler offers is the text itself. */
function textOf({ step, context: { options } }: Stop, raw: string): string {
  if (step.input === 'choice' || typeof step.options === 'string') return raw;
  return options.find(({ value }) => value === raw)?.label ?? raw;
}

/** Full-width punctuation brings its own space. */
const sentences = (texts: readonly string[]): string => texts.join(' ').replaceAll(/(?<=[。！？]) /g, '');

const listed = (options: readonly Option[]): string => options.map(({ label }) => label).join(' · ');

function line(span: Extract<CardElement, { kind: 'text' }>['spans'][number]): CardElement {
  return { kind: 'text', spans: [span] };
}

function say(env: DialogEnv, message: Message): string {
  return env.say(message, env.reader);
}
