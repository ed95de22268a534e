import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';

/** Slack's documented limits of what we send, in its own numbers; any property it does not document here is a violation. */

const whole = (text: z.ZodString) => text.refine((value) => !/\p{Cs}/u.test(value), 'half a character');
const visibleText = (most: number) =>
  whole(z.string().max(most)).refine((value) => value.replace(/[\s\u200c\u200d]/g, '') !== '', 'nothing to see');
const plainText = (most: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: visibleText(most), emoji: z.boolean().optional() });
const id = z.string().min(1).max(255);

const button = z.strictObject({
  type: z.literal('button'),
  action_id: id,
  text: plainText(75),
  value: whole(z.string().min(1).max(2000)),
  style: z.enum(['primary', 'danger']).optional(),
  accessibility_label: z.string().max(75).optional(),
});

const option = z.strictObject({ text: plainText(75), value: z.string().min(1).max(75) });
const select = z
  .strictObject({
    type: z.literal('static_select'),
    action_id: id,
    options: z.array(option).min(1).max(100),
    initial_option: option.optional(),
    placeholder: plainText(150).optional(),
  })
  .refine(({ options, initial_option }) => initial_option === undefined || options.some((one) => isDeepStrictEqual(one, initial_option)), {
    message: 'the initial option is none of the options',
  })
  .refine(({ options }) => new Set(options.map(({ value }) => value)).size === options.length, { message: 'two options with one value' });
const textInput = z
  .strictObject({
    type: z.literal('plain_text_input'),
    action_id: id,
    multiline: z.boolean().optional(),
    min_length: z.number().min(0).max(3000).optional(),
    max_length: z.number().min(1).max(3000).optional(),
    initial_value: whole(z.string().min(1)).optional(),
    placeholder: plainText(150).optional(),
  })
  .refine(({ initial_value = '', max_length = 3000 }) => initial_value.length <= max_length, { message: 'initial value too long' })
  .refine(({ initial_value = '', multiline = false }) => multiline || !initial_value.includes('\n'), {
    message: 'several lines in an input of one',
  });

const run = z.strictObject({
  type: z.literal('text'),
  text: whole(z.string().min(1)),
  style: z.strictObject({ bold: z.boolean(), italic: z.boolean(), code: z.boolean() }).partial().optional(),
});
const date = z.strictObject({
  type: z.literal('date'),
  timestamp: z.int().min(0),
  format: z.string().min(1),
  fallback: whole(z.string().min(1)),
});
const richText = z
  .strictObject({
    type: z.literal('rich_text'),
    block_id: id.optional(),
    elements: z
      .array(
        z.strictObject({ type: z.enum(['rich_text_section', 'rich_text_preformatted']), elements: z.array(z.union([run, date])).min(1) }),
      )
      .min(1),
  })
  .refine((block) => textsOf(block).join('').length <= 3000, { message: 'more than 3000 characters in a block' });

const cell = z.union([z.strictObject({ type: z.literal('raw_text'), text: whole(z.string().min(1)) }), richText]);
const table = z
  .strictObject({
    type: z.literal('table'),
    block_id: id.optional(),
    rows: z.array(z.array(cell).min(1).max(20)).min(1).max(100),
    column_settings: z
      .array(z.strictObject({ align: z.enum(['left', 'center', 'right']), is_wrapped: z.boolean() }).partial())
      .max(20)
      .optional(),
  })
  .refine(({ rows }) => rows.every((row) => row.length === rows[0]?.length), { message: 'rows of differing length' });

const always = [
  z.strictObject({ type: z.literal('header'), block_id: id.optional(), text: plainText(150) }),
  z.strictObject({ type: z.literal('divider'), block_id: id.optional() }),
  z.strictObject({ type: z.literal('context'), block_id: id.optional(), elements: z.array(plainText(3000)).min(1).max(10) }),
  z.strictObject({ type: z.literal('section'), block_id: id.optional(), text: plainText(3000) }),
  z.strictObject({ type: z.literal('actions'), block_id: id.optional(), elements: z.array(button).min(1).max(25) }),
  richText,
] as const;
const input = z.strictObject({
  type: z.literal('input'),
  block_id: id,
  label: plainText(2000),
  hint: plainText(2000).optional(),
  optional: z.boolean().optional(),
  element: z.union([select, textInput]),
});

const messageSchema = z.object({
  text: visibleText(4000)
    .refine((text) => Buffer.byteLength(text) <= 4000, 'more than 4000 bytes, which chat.update refuses')
    .refine((text) => !/[<>]|&(?!(amp|lt|gt);)/.test(text), 'markup in the text'),
  blocks: z
    .array(z.union([...always, table]))
    .min(1)
    .max(50),
});
const homeSchema = z.strictObject({ type: z.literal('home'), blocks: z.array(z.union(always)).min(1).max(100) });
const modalSchema = z
  .strictObject({
    type: z.literal('modal'),
    callback_id: id,
    private_metadata: z.string().max(3000).optional(),
    external_id: id.optional(),
    notify_on_close: z.boolean().optional(),
    clear_on_close: z.boolean().optional(),
    title: plainText(24),
    submit: plainText(24).optional(),
    close: plainText(24).optional(),
    blocks: z
      .array(z.union([...always, input]))
      .min(1)
      .max(100),
  })
  .refine((view) => view.submit !== undefined || view.blocks.every((block) => block.type !== 'input'), {
    message: 'inputs without a submit button',
  });

/** What is wrong with a message by Slack's limits; empty when nothing is. */
export function checkSlackMessage(message: { readonly text: string; readonly blocks: readonly unknown[] }): readonly string[] {
  const found = [...violations(messageSchema, message), ...repeated(message.blocks)];
  const tables = message.blocks.filter((block) => typeOf(block) === 'table');
  if (tables.length > 1) found.push('only one table is allowed');
  if (textsOf(tables).join('').length > 10_000) found.push('more than 10000 characters in a table');
  // Not documented; seen: `msg_blocks_too_long` from about 13200, by a count between these two.
  if (textsOf(message.blocks).join('').length > 12_000) found.push('more than 12000 characters in a message');
  if (JSON.stringify(message.blocks).length > 13_000) found.push('more than 13000 characters of JSON in a message');
  return found;
}

/** What is wrong with a modal or a home page by Slack's limits; empty when nothing is. */
export function checkSlackView(view: { readonly type: string; readonly blocks: readonly unknown[] }): readonly string[] {
  const found = [...violations(view.type === 'home' ? homeSchema : modalSchema, view), ...repeated(view.blocks)];
  if (Buffer.byteLength(JSON.stringify(view)) > 250_000) found.push('more than 250 kB in a view');
  return found;
}

function violations(schema: z.ZodType, value: unknown): string[] {
  const result = schema.safeParse(value);
  return result.success ? [] : result.error.issues.map((issue) => `${issue.path.join('.')}: ${JSON.stringify(issue).slice(0, 600)}`);
}

function repeated(blocks: unknown): readonly string[] {
  return ['action_id', 'block_id'].flatMap((name) => {
    // The inputs of a form may share an `action_id`: their blocks tell them apart.
    const ids = name === 'action_id' ? valuesOf(buttonsOf(blocks), name) : valuesOf(blocks, name);
    return ids.filter((one, index) => ids.indexOf(one) !== index).map((one) => `two times ${name} ${one}`);
  });
}

function buttonsOf(blocks: unknown): unknown {
  return Array.isArray(blocks) ? blocks.filter((block) => typeOf(block) === 'actions') : [];
}

function typeOf(block: unknown): unknown {
  return z.object({ type: z.string() }).safeParse(block).data?.type;
}

/** Every text a person reads. */
export function textsOf(json: unknown): string[] {
  return valuesOf(json, 'text');
}

/** Every string under a property of this name, anywhere in the JSON. */
export function valuesOf(json: unknown, property: string): string[] {
  if (Array.isArray(json)) return json.flatMap((item) => valuesOf(item, property));
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([name, value]) => [
    ...(name === property && typeof value === 'string' ? [value] : []),
    ...valuesOf(value, property),
  ]);
}
