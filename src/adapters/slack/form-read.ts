import { z } from 'zod';
import type { FormSubmission } from '../../chat/form.ts';
import { parseJson } from './buttons.ts';
import type { Origin } from './form.ts';

const valueSchema = z.union([
  z.object({ type: z.literal('plain_text_input'), value: z.string().nullish() }).transform(({ value }) => value ?? ''),
  z
    .object({ type: z.literal('static_select'), selected_option: z.object({ value: z.string() }).nullish() })
    .transform(({ selected_option }) => selected_option?.value ?? ''),
]);

const viewSchema = z.object({
  private_metadata: z.string(),
  state: z.object({ values: z.record(z.string(), z.record(z.string(), valueSchema)) }).optional(),
});

const metadataSchema = z.object({
  draft: z.string(),
  page: z.string(),
  seen: z.string(),
  origin: z.string().nullable(),
  standing: z.array(z.string()),
});

/** A page as it was sent back, without what was pressed. A field that is not among the `values` is unchanged. */
export type SentPage = Omit<FormSubmission, 'press'> & { readonly origin: Origin };

/**
 * Reads the view of a submission, of a press on one of the form's buttons, or of a close (which brings no values). Null when it
 * is none of our forms.
 */
export function readSlackModal(view: unknown): SentPage | null {
  const parsed = viewSchema.safeParse(view);
  if (!parsed.success) return null;
  const metadata = metadataSchema.safeParse(parseJson(parsed.data.private_metadata));
  if (!metadata.success) return null;
  const { standing, ...about } = metadata.data;
  const values = Object.entries(parsed.data.state?.values ?? {}).flatMap(([block, inputs]) => {
    const name = /^field:(.*)$/s.exec(block)?.[1];
    const value = Object.values(inputs)[0];
    if (name === undefined || value === undefined || (value === '' && standing.includes(name))) return [];
    return [[name, value] as const];
  });
  return { ...about, values: Object.fromEntries(values) };
}
