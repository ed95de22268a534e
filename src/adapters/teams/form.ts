import { z } from 'zod';
import { heading, richText } from '../../chat/adaptive-card.ts';
import type { Form, FormPress, FormSubmission } from '../../chat/form.ts';
import type { JsonObject } from '../../locale.ts';
import { piecesOf } from './body.ts';
import { inRows } from './buttons.ts';
import type { TeamsOptions } from './card.ts';
import { fieldElements, fieldName, type Verbosity } from './form-field.ts';
import { frameOf } from './frame.ts';
import { mostBytes } from './pages.ts';
import { executeAction, readPress, sizeOf } from './payload.ts';
import { firstFitting, type Shortened } from './shorten.ts';
import { nameOf } from './text.ts';
import { type TeamsWords, wordsIn } from './words.ts';

const longestTitle = 200;
const verbosities: readonly Verbosity[] = [
  { label: 200, hint: 700, problem: 600, menu: 8000 },
  { label: 80, hint: 150, problem: 200, menu: 4000 },
  { label: 40, hint: 0, problem: 60, menu: 1200 },
];

type Drawing = { readonly version: Shortened; readonly aside: readonly string[]; readonly verbosity: Verbosity };

/** One page of a dialog as the content of one message. A text too long to stand in its field is kept unless another is typed. */
export function renderTeamsForm(form: Form, { say }: TeamsOptions): JsonObject {
  const words = wordsIn(form.locale, say);
  const draw = (drawing: Drawing): JsonObject => drawn(form, drawing, words);
  const longestFirst = form.fields.filter(({ value }) => value !== '').sort((a, b) => b.value.length - a.value.length);
  const names = longestFirst.map(({ name }) => name);
  // What stands above the fields leaves room for what was typed in them.
  const room = form.fields.length === 0 ? mostBytes : mostBytes * 0.7;
  const versions = verbosities.map((verbosity) =>
    firstFitting(
      form.elements,
      (version): Drawing => ({ version, aside: names, verbosity }),
      (drawing) => sizeOf(draw(drawing)) <= room,
    ),
  );
  const base = versions.find((drawing) => sizeOf(draw(drawing)) <= room) ?? versions.at(-1);
  if (base === undefined) return {};
  for (let count = 0; count < names.length; count += 1) {
    const content = draw({ ...base, aside: names.slice(0, count) });
    if (sizeOf(content) <= mostBytes) return content;
  }
  return draw(base);
}

function drawn(form: Form, { version, aside, verbosity }: Drawing, words: TeamsWords): JsonObject {
  const { number, of } = form.position;
  const title = nameOf(form.title, longestTitle);
  const position = of > 1 ? [words('teams.form.page', { number, of })] : [];
  const missing = version.missing === 0 ? [] : [words('teams.cut', { count: version.missing })];
  return {
    ...frameOf(form.locale, [title, ...position].join(' · ')),
    body: [
      heading(title),
      ...position.map((line) => ({ ...richText([{ subtle: line }]), spacing: 'none' })),
      ...piecesOf([...version.elements, ...missing.map((line) => ({ kind: 'notice', tone: 'warning', spans: [line] }) as const)]).map(
        ({ json }) => json,
      ),
      ...form.fields.flatMap((field) => fieldElements(field, aside.includes(field.name), verbosity, words)),
      ...inRows(buttons(form, aside)),
    ],
  };
}

function buttons(form: Form, aside: readonly string[]): readonly JsonObject[] {
  const { draft, page, seen } = form;
  const fields = form.fields.map(({ name }) => name).filter((name) => !aside.includes(name));
  const button = (label: string, press: FormPress, style?: 'positive' | 'destructive') => {
    const inputs = press.kind !== 'discard';
    return executeAction(label, { form: { draft, page, seen, press, fields: inputs ? fields : [] } }, inputs, style);
  };
  const close = form.buttons.some(({ press }) => press.kind === 'keep') ? [] : [button(form.close, { kind: 'keep' })];
  return [
    button(form.next, { kind: 'next' }, 'positive'),
    ...form.buttons.map(({ label, press, style }) => button(label, press, style === 'danger' ? 'destructive' : undefined)),
    ...close,
  ];
}

const pressSchema = z.union([
  z.object({ kind: z.enum(['next', 'back', 'keep', 'discard']) }),
  z.object({ kind: z.literal('go'), page: z.string() }),
]);
const formSchema = z.object({
  form: z.object({ draft: z.string(), page: z.string(), seen: z.string(), press: pressSchema, fields: z.array(z.string()) }),
});

/**
 * A page sent back, from the value of an invoke or of a message. Null when it is none. Clients leave out an empty input: a field
 * that stood on the page is then ''; one whose text was kept aside is not among the values.
 */
export function readTeamsForm(value: unknown): FormSubmission | null {
  const press = readPress(value);
  const parsed = formSchema.safeParse(press?.payload);
  if (press === null || !parsed.success) return null;
  const { fields, ...submission } = parsed.data.form;
  const empty = fields.map((name) => [name, ''] as const);
  const typed = Object.entries(press.typed).flatMap(([id, text]) => {
    const name = fieldName(id);
    return name === null || (text.trim() === '' && !fields.includes(name)) ? [] : [[name, text.trim() === '' ? '' : text] as const];
  });
  return { ...submission, values: Object.fromEntries([...empty, ...typed]) };
}
