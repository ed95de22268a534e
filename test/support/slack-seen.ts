import { z } from 'zod';

/** A button as it stands in blocks that were read back. */
export type SeenButton = { readonly action_id: string; readonly block_id: string; readonly value: string; readonly label: string };

const button = z.object({
  type: z.literal('button'),
  action_id: z.string(),
  value: z.string().default(''),
  text: z.object({ text: z.string() }),
});
const actions = z.object({ type: z.literal('actions'), block_id: z.string().default('b'), elements: z.array(z.unknown()) });

export function buttonsOf(blocks: readonly unknown[]): readonly SeenButton[] {
  return blocks.flatMap((block) => {
    const row = actions.safeParse(block);
    if (!row.success) return [];
    return row.data.elements.flatMap((element) => {
      const one = button.safeParse(element);
      if (!one.success) return [];
      const { action_id, value, text } = one.data;
      return [{ action_id, value, label: text.text, block_id: row.data.block_id }];
    });
  });
}

const option = z.object({ value: z.string(), text: z.object({ text: z.string() }) });
const input = z.object({
  type: z.literal('input'),
  block_id: z.string(),
  label: z.object({ text: z.string() }),
  element: z.object({
    type: z.string(),
    action_id: z.string(),
    initial_value: z.string().optional(),
    initial_option: option.optional(),
    options: z.array(option).optional(),
  }),
});

/** What a person has typed or picked, by the names of the fields. */
export type Typed = Readonly<Record<string, string>>;

export function fieldsOf(blocks: readonly unknown[]): readonly string[] {
  return blocks.flatMap((block) => {
    const one = input.safeParse(block);
    return one.success ? [one.data.block_id.replace(/^field:/, '')] : [];
  });
}

/** The values of a view as Slack sends them back: what stands there, unless something else was typed or picked by its label. */
export function stateOf(blocks: readonly unknown[], typed: Typed): { readonly values: Readonly<Record<string, unknown>> } {
  const values = blocks.flatMap((block) => {
    const one = input.safeParse(block);
    if (!one.success) return [];
    const { block_id, element } = one.data;
    const own = typed[block_id.replace(/^field:/, '')];
    return [[block_id, { [element.action_id]: sentValue(element, own) }] as const];
  });
  return { values: Object.fromEntries(values) };
}

function sentValue({ type, initial_value, initial_option, options }: z.infer<typeof input>['element'], own: string | undefined): unknown {
  if (type !== 'static_select') return { type, value: own ?? initial_value ?? null };
  const picked = options?.find(({ value, text }) => own === value || own === text.text);
  if (own !== undefined && picked === undefined) throw new Error(`there is no option ${own}`);
  return { type, selected_option: picked ?? initial_option ?? null };
}

/** Everything there is to read, buttons in brackets. */
export function readable(json: unknown): string {
  if (Array.isArray(json)) return json.map(readable).filter(Boolean).join('\n');
  if (typeof json !== 'object' || json === null) return '';
  const parsed = button.safeParse(json);
  if (parsed.success) return `[${parsed.data.text.text}]`;
  return Object.entries(json)
    .flatMap(([name, value]) => {
      if (['text', 'initial_value'].includes(name) && typeof value === 'string') return [value];
      return [readable(value)];
    })
    .filter(Boolean)
    .join('\n');
}
