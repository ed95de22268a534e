import { z } from 'zod';
import type { ActionData, Card, CardAction, CardElement, Span } from '../chat/card.ts';
import { cut } from '../chat/cut.ts';
import type { Message, MessageParam } from '../locale.ts';
import type { DialogDefinition } from './definition.ts';
import { fingerprint } from './fingerprint.ts';
import type { DialogEnv } from './handlers.ts';
import type { DialogInput, DialogTurn } from './turn.ts';

type Turn<K extends DialogTurn['kind']> = Extract<DialogTurn, { kind: K }>;
type Words = {
  readonly text: (key: string, params?: Readonly<Record<string, MessageParam>>) => string;
  readonly label: (field: string) => string;
  readonly button: (label: string, action: string, style?: 'primary' | 'danger', data?: ActionData) => CardAction;
};

/** What was typed is quoted up to here; the whole can be copied. */
const quoted = 160;

/**
 * A turn as a card whose buttons carry the draft's id. `extra` (findings) stands on the last card, under the answers; `forms`
 * offers to go on in a form.
 */
export function promptCard(
  definition: DialogDefinition,
  turn: DialogTurn,
  draft: string,
  env: DialogEnv,
  extra: readonly CardElement[] = [],
  forms = false,
): Card {
  const words = wordsFor(definition, draft, 'state' in turn ? fingerprint(turn.state) : '', env);
  const notices = 'notices' in turn ? turn.notices.map((notice) => noticeElement(notice, env)) : [];
  const body = bodyOf(definition, turn, words, env, extra);
  const summary = body.summary.replace(/\s+/g, ' ').trim();
  const form = forms && 'notices' in turn ? [words.button(words.text('dialog.button.form'), 'dialog.form')] : [];
  const [elements, actions] = [
    [...notices, ...body.elements],
    [...body.actions, ...form],
  ];
  return { locale: env.reader.locale, title: body.title, elements, actions, summary };
}

type Body = Pick<Card, 'title' | 'elements' | 'actions' | 'summary'>;

function bodyOf(definition: DialogDefinition, turn: DialogTurn, words: Words, env: DialogEnv, extra: readonly CardElement[]): Body {
  switch (turn.kind) {
    case 'ask':
      return question(definition, turn, words, env);
    case 'confirm':
      return confirmation(turn, words);
    case 'review':
      return turn.picking ? picking(turn, words) : review(definition, turn, words, extra);
    case 'cancelled':
      return line(words.text('dialog.cancelled'));
    case 'kept':
      return line(words.text('dialog.kept'));
    case 'complete':
      return line(words.text('dialog.done'));
  }
}

function question(definition: DialogDefinition, turn: Turn<'ask'>, words: Words, env: DialogEnv): Body {
  const { step, position, attempt, standing } = turn;
  const label = words.label(step.field);
  const heading = position.of > 1 ? words.text('dialog.position', { number: position.number, of: position.of, label }) : label;
  const why = words.text(`${definition.id}.${step.field}.why`);
  const example = step.input === 'choice' ? [] : [' ', { subtle: words.text(`${definition.id}.${step.field}.example`) }];
  const problem = attempt === null ? null : env.say(attempt.problem, env.reader);
  const elements: CardElement[] = [];
  if (problem !== null) elements.push({ kind: 'notice', tone: 'error', spans: [problem] });
  if (attempt !== null && attempt.raw !== '')
    elements.push(text({ subtle: words.text('dialog.you-wrote', { text: cut(attempt.raw, quoted) }) }));
  elements.push(text({ strong: heading }, ' ', why, ...example));
  if (standing !== null) elements.push(text({ subtle: words.text('dialog.standing', { answer: standing.echo }) }));
  const choose = (label: string, value: string): CardAction =>
    words.button(label, 'dialog.choose', undefined, { field: step.field, value });
  const actions: CardAction[] = [
    ...(attempt?.suggestions ?? []).map(({ label }, place) => choose(label, `suggestion:${place}`)),
    ...turn.options.map((option) => choose(option.label, option.value)),
  ];
  if (standing !== null) actions.push(words.button(words.text('dialog.button.leave'), 'dialog.skip'));
  else if (step.optional) actions.push(words.button(words.text('dialog.button.skip'), 'dialog.skip'));
  if (attempt !== null && [...attempt.raw].length > quoted)
    actions.push({ kind: 'copy', label: words.text('dialog.button.copy'), text: attempt.raw });
  if (position.number > 1) actions.push(words.button(words.text('dialog.button.back'), 'dialog.back'));
  actions.push(words.button(words.text('dialog.button.cancel'), 'dialog.cancel'));
  return { title: null, elements, actions, summary: problem ?? `${heading} ${why}` };
}

function confirmation(turn: Turn<'confirm'>, words: Words): Body {
  const understood = words.text('dialog.understood');
  const { echo } = turn.answer;
  const actions = [
    words.button(words.text('dialog.button.yes'), 'dialog.yes', 'primary'),
    words.button(words.text('dialog.button.no'), 'dialog.no'),
  ];
  return { title: null, elements: [text(understood, ' ', { strong: echo })], actions, summary: `${understood} ${echo}` };
}

function review(definition: DialogDefinition, turn: Turn<'review'>, words: Words, extra: readonly CardElement[]): Body {
  const title = words.text(`${definition.id}.title`);
  const facts = turn.answers.map(({ step, answer }) => ({ label: words.label(step.field), value: answer.echo }));
  const actions = [
    words.button(words.text('dialog.button.submit'), 'dialog.submit', 'primary'),
    words.button(words.text('dialog.button.change'), 'dialog.change', undefined, { field: '' }),
    words.button(words.text('dialog.button.keep'), 'dialog.keep'),
    words.button(words.text('dialog.button.discard'), 'dialog.cancel', 'danger'),
  ];
  const intro = words.text('dialog.review');
  return { title, elements: [text(intro), { kind: 'facts', facts }, ...extra], actions, summary: `${title}: ${intro}` };
}

function picking(turn: Turn<'review'>, words: Words): Body {
  const which = words.text('dialog.change-which');
  const buttons = turn.answers.map(({ step }) => words.button(words.label(step.field), 'dialog.change', undefined, { field: step.field }));
  const actions = [...buttons, words.button(words.text('dialog.button.leave'), 'dialog.skip')];
  return { title: null, elements: [text(which)], actions, summary: which };
}

function line(said: string): Body {
  return { title: null, elements: [text(said)], actions: [], summary: said };
}

function text(...spans: readonly Span[]): CardElement {
  return { kind: 'text', spans };
}

function noticeElement(notice: Message, env: DialogEnv): CardElement {
  return { kind: 'notice', tone: 'warning', spans: [env.say(notice, env.reader)] };
}

function wordsFor(definition: DialogDefinition, draft: string, seen: string, env: DialogEnv): Words {
  const text: Words['text'] = (key, params) => env.say(params === undefined ? { key } : { key, params }, env.reader);
  return {
    text,
    label: (field) => text(`${definition.id}.${field}.label`),
    button: (label, action, style, data) => ({ kind: 'button', label, action, style: style ?? 'default', data: { draft, seen, ...data } }),
  };
}

const clickSchema = z.object({
  draft: z.string(),
  seen: z.string().nullable().default(null),
  field: z.string().default(''),
  value: z.string().default(''),
});

/** A click on such a card, read back: the draft it is about and the input it means. Null when it is no dialog's button. */
export function dialogClick(action: string, data: ActionData): { readonly draft: string; readonly input: DialogInput } | null {
  const parsed = clickSchema.safeParse(data);
  if (!parsed.success) return null;
  const { draft, seen, field, value } = parsed.data;
  switch (action) {
    case 'dialog.choose':
      return { draft, input: { kind: 'choose', field, value, seen } };
    case 'dialog.change':
      return { draft, input: { kind: 'change', field: field === '' ? null : field } };
    case 'dialog.yes':
      return { draft, input: { kind: 'yes', seen } };
    case 'dialog.no':
      return { draft, input: { kind: 'no', seen } };
    case 'dialog.back':
      return { draft, input: { kind: 'back', seen } };
    case 'dialog.skip':
      return { draft, input: { kind: 'skip', seen } };
    case 'dialog.submit':
      return { draft, input: { kind: 'submit', seen } };
    case 'dialog.cancel':
      return { draft, input: { kind: 'cancel' } };
    case 'dialog.keep':
      return { draft, input: { kind: 'keep' } };
    default:
      return null;
  }
}
