import { createRequire } from 'node:module';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';

/**
 * What Teams takes of Adaptive Cards 1.5, by their published schema: the elements that all of its clients show, each with the
 * properties documented for it. Any other is a violation; so is a `TextBlock`, which would read what was typed as Markdown, and a
 * `Table`, of which the phone clients show nothing.
 */
const text = z
  .string()
  .min(1)
  .refine((value) => !/\p{Surrogate}/u.test(value), 'half a character')
  .refine((value) => !value.includes('{{'), 'a date function')
  .refine((value) => !/(?!\n|\u200c|\u200d|\u2060)[\p{Cc}\p{Cf}\u2028\u2029]/u.test(value), 'something unseen');
const id = z.string().min(1);
const spacing = z.enum(['none', 'small', 'default', 'medium', 'large', 'extraLarge', 'padding']).optional();
const placed = { spacing, separator: z.boolean().optional() };

const payload = z.record(z.string(), z.json());
const press = {
  title: text,
  data: payload,
  associatedInputs: z.enum(['auto', 'none']),
  style: z.enum(['default', 'positive', 'destructive']).optional(),
};
const submit = z.strictObject({ type: z.literal('Action.Submit'), ...press });
const execute = z
  .strictObject({ type: z.literal('Action.Execute'), verb: z.string().min(1), ...press, fallback: submit })
  .refine(({ type: _, verb: __, fallback: { type: ___, ...fallback }, ...own }) => isDeepStrictEqual(own, fallback), {
    message: 'the fallback is not the same press',
  });

const textRun = z.strictObject({
  type: z.literal('TextRun'),
  text,
  weight: z.enum(['lighter', 'default', 'bolder']).optional(),
  size: z.enum(['small', 'default', 'medium', 'large', 'extraLarge']).optional(),
  isSubtle: z.boolean().optional(),
  fontType: z.enum(['default', 'monospace']).optional(),
});
const richText = z.strictObject({ type: z.literal('RichTextBlock'), ...placed, inlines: z.array(textRun).min(1) });
const input = { id, label: text, ...placed };
const inputText = z
  .strictObject({
    type: z.literal('Input.Text'),
    ...input,
    isMultiline: z.boolean().optional(),
    maxLength: z.int().min(1).optional(),
    value: z.string().min(1).optional(),
  })
  .refine(({ value = '', maxLength = Number.POSITIVE_INFINITY }) => value.length <= maxLength, 'a value that is too long')
  .refine(({ value = '', isMultiline = false }) => isMultiline || !value.includes('\n'), 'several lines in an input of one');
const inputChoice = z
  .strictObject({
    type: z.literal('Input.ChoiceSet'),
    ...input,
    style: z.enum(['compact', 'expanded']),
    choices: z.array(z.strictObject({ title: text, value: z.string() })).min(1),
    value: z.string().optional(),
  })
  .refine(({ choices, value }) => value === undefined || choices.some((choice) => choice.value === value), 'a value that is no choice');
const shown = z.strictObject({
  type: z.literal('Action.ShowCard'),
  title: text,
  card: z.strictObject({ type: z.literal('AdaptiveCard'), body: z.array(z.union([richText, inputText])).min(1) }),
});
const actionSet = z.strictObject({
  type: z.literal('ActionSet'),
  ...placed,
  actions: z
    .array(z.union([execute, shown]))
    .min(1)
    .max(6),
});
const column = z.strictObject({ type: z.literal('Column'), width: z.number().positive(), items: z.array(richText).min(1) });
const columnSet = z.strictObject({ type: z.literal('ColumnSet'), ...placed, columns: z.array(column).min(1) });
const container = z.strictObject({
  type: z.literal('Container'),
  ...placed,
  style: z.enum(['default', 'emphasis', 'good', 'attention', 'warning', 'accent']).optional(),
  items: z.array(z.union([richText, inputText, actionSet])).min(1),
});

const userId = z.string().regex(/^(29:|8:orgid:)\S+$/, 'no id of a Teams user');
const contentSchema = z.strictObject({
  $schema: z.literal('http://adaptivecards.io/schemas/adaptive-card.json'),
  type: z.literal('AdaptiveCard'),
  version: z.literal('1.5'),
  lang: z.string().regex(/^[a-z]{2}$/),
  speak: text,
  fallbackText: text,
  msteams: z.strictObject({ width: z.literal('Full') }),
  refresh: z
    .strictObject({
      action: z.strictObject({ type: z.literal('Action.Execute'), verb: z.string().min(1), ...press }),
      userIds: z.array(userId).min(1).max(60),
    })
    .optional(),
  body: z.array(z.union([richText, columnSet, container, actionSet, inputText, inputChoice])).min(1),
});

/** Bytes that a message with the card may have: as much as every Teams client and channel takes without trouble. */
const mostBytes = 28_000;

/** What is wrong with the content of a card by Teams' limits; empty when nothing is. */
export function checkTeamsCard(content: unknown): readonly string[] {
  const json = JSON.stringify(content);
  const bytes = Math.max(json.length * 2, Buffer.byteLength(json));
  return [
    ...violations(contentSchema, content),
    ...(bytes > mostBytes ? [`${bytes} bytes`] : []),
    ...repeatedIds(content).map((one) => `two inputs ${one}`),
    ...renderersComplaints(content),
  ];
}

function violations(schema: z.ZodType, value: unknown): string[] {
  const result = schema.safeParse(value);
  return result.success ? [] : result.error.issues.map((issue) => `${issue.path.join('.')}: ${JSON.stringify(issue).slice(0, 600)}`);
}

function repeatedIds(content: unknown): readonly string[] {
  const ids = valuesOf(content, 'id');
  return ids.filter((one, index) => ids.indexOf(one) !== index);
}

/** The little of Microsoft's own renderer that reads a card, as `adaptivecards` has it. */
const renderer = z
  .object({
    AdaptiveCard: z.custom<typeof import('adaptivecards').AdaptiveCard>(),
    SerializationContext: z.custom<typeof import('adaptivecards').SerializationContext>(),
    Versions: z.custom<typeof import('adaptivecards').Versions>(),
  })
  .parse(createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.min.js'));

function renderersComplaints(content: unknown): readonly string[] {
  const card = new renderer.AdaptiveCard();
  const reading = new renderer.SerializationContext(renderer.Versions.v1_5);
  card.parse(content, reading);
  const read = Array.from({ length: reading.eventCount }, (_, index) => reading.getEventAt(index).message);
  // Its pattern for a language remembers where it stopped, and so refuses every other card.
  const complaints = read.filter((message) => !message.includes('property "lang"'));
  return [...complaints, ...card.validateProperties().validationEvents.map(({ message }) => message)];
}

/** Every string under a property of this name, anywhere in a card but in what its buttons carry. */
export function valuesOf(json: unknown, property: string): string[] {
  if (Array.isArray(json)) return json.flatMap((item) => valuesOf(item, property));
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([name, value]) => [
    ...(name === property && typeof value === 'string' ? [value] : []),
    ...(name === 'data' || name === 'fallback' ? [] : valuesOf(value, property)),
  ]);
}

const pressable = z.object({ type: z.literal('Action.Execute'), title: z.string() });

export type Button = { readonly title: string; readonly json: object };

/** Every button of a card that is pressed, in order; not those that only unfold something. */
export function buttonsOf(json: unknown): readonly Button[] {
  if (Array.isArray(json)) return json.flatMap(buttonsOf);
  if (typeof json !== 'object' || json === null) return [];
  const own = pressable.safeParse(json);
  if (own.success) return [{ title: own.data.title, json }];
  return Object.entries(json).flatMap(([name, value]) => (name === 'data' || name === 'refresh' ? [] : buttonsOf(value)));
}

const pressed = z.object({
  type: z.string(),
  verb: z.string(),
  data: payload,
  associatedInputs: z.string(),
  fallback: z.object({ data: payload }),
});

/** What a client sends when the button is pressed and these are typed, as an invoke and as an older client's message. */
export function pressOf(
  button: Button,
  typed: Readonly<Record<string, string>> = {},
): { readonly execute: unknown; readonly submit: unknown } {
  const { type, verb, data, associatedInputs, fallback } = pressed.parse(button.json);
  const inputs = associatedInputs === 'none' ? {} : typed;
  return {
    execute: { action: { type, id: '', verb, data: { ...data, ...inputs } }, trigger: 'manual' },
    submit: { ...fallback.data, ...inputs },
  };
}
