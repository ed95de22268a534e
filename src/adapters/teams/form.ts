import { z } from 'zod';
import { cardFrame, heading, plain, richText } from '../../chat/adaptive-card.ts';
import type { Form, FormField, FormPress, FormSubmission } from '../../chat/form.ts';
import type { JsonObject } from '../../locale.ts';
import { piecesOf } from './body.ts';
import type { TeamsOptions } from './card.ts';
import { executeAction, readPress } from './payload.ts';
import { harmless } from './text.ts';
import { type TeamsWords, wordsIn } from './words.ts';

/** What is typed comes back beside the buttons' payload, under these ids. */
const fieldPrefix = 'field:';

/** One page of a dialog as the content of a message. */
export function renderTeamsForm(form: Form, { say }: TeamsOptions): JsonObject {
  const words = wordsIn(form.locale, say);
  const { number, of } = form.position;
  const summary = of > 1 ? words('dialog.position', { number, of, label: form.title }) : form.title;
  return {
    ...cardFrame(form.locale, harmless(summary)),
    msteams: { width: 'Full' },
    body: [
      heading(form.title),
      ...(of > 1 ? [richText([{ subtle: words('teams.form.page', { number, of }) }])] : []),
      ...piecesOf(form.elements).map(({ json }) => json),
      ...form.fields.flatMap((field) => fieldElements(field, words)),
      { type: 'ActionSet', actions: buttons(form) },
    ],
  };
}

function fieldElements(field: FormField, words: TeamsWords): readonly JsonObject[] {
  return [
    input(field, words),
    ...(field.problem === null ? [] : [{ type: 'Container', style: 'attention', items: [richText([field.problem])] }]),
  ];
}

function input(field: FormField, words: TeamsWords): JsonObject {
  const label = field.optional ? words('teams.form.optional', { label: field.label }) : field.label;
  const shared = { id: `${fieldPrefix}${field.name}`, label: plain(label), ...(field.value === '' ? {} : { value: field.value }) };
  if (field.input !== 'choice') return { type: 'Input.Text', ...shared, isMultiline: field.input === 'lines' };
  return {
    type: 'Input.ChoiceSet',
    ...shared,
    style: 'compact',
    choices: field.options.map(({ value, label }) => ({ title: plain(label), value })),
  };
}

function buttons(form: Form): readonly JsonObject[] {
  const { draft, page, seen } = form;
  const button = (label: string, press: FormPress, style?: 'positive' | 'destructive') =>
    executeAction(label, { form: { draft, page, seen, press } }, press.kind !== 'discard', style);
  return [
    button(form.next, { kind: 'next' }, 'positive'),
    ...form.buttons.map(({ label, press, style }) => button(label, press, style === 'danger' ? 'destructive' : undefined)),
  ];
}

const pressSchema = z.union([
  z.object({ kind: z.enum(['next', 'back', 'keep', 'discard']) }),
  z.object({ kind: z.literal('go'), page: z.string() }),
]);
const formSchema = z.object({ form: z.object({ draft: z.string(), page: z.string(), seen: z.string(), press: pressSchema }) });

/** A page sent back, from the value of an invoke or of a message. Null when it is none. */
export function readTeamsForm(value: unknown): FormSubmission | null {
  const press = readPress(value);
  const parsed = formSchema.safeParse(press?.payload);
  if (press === null || !parsed.success) return null;
  const values = Object.entries(press.typed).flatMap(([id, text]) =>
    id.startsWith(fieldPrefix) ? [[id.slice(fieldPrefix.length), text]] : [],
  );
  return { ...parsed.data.form, values: Object.fromEntries(values) };
}
