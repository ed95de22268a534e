import { z } from 'zod';
import type { Form, FormField, FormPress, FormSubmission } from '../../chat/form.ts';
import { localeSchema } from '../../locale.ts';
import { elementSchema } from './stored.ts';

const pressSchema: z.ZodType<FormPress> = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['next', 'back', 'keep', 'discard']) }),
  z.object({ kind: z.literal('go'), page: z.string() }),
]);

const fieldSchema: z.ZodType<FormField> = z.object({
  name: z.string(),
  label: z.string(),
  hint: z.string(),
  input: z.enum(['text', 'lines', 'choice']),
  options: z.array(z.object({ value: z.string(), label: z.string() })),
  value: z.string(),
  optional: z.boolean(),
  problem: z.string().nullable(),
});

export const formSchema: z.ZodType<Form> = z.object({
  locale: localeSchema,
  draft: z.string(),
  page: z.string(),
  seen: z.string(),
  title: z.string(),
  position: z.object({ number: z.number(), of: z.number() }),
  elements: z.array(elementSchema),
  fields: z.array(fieldSchema),
  next: z.string(),
  close: z.string(),
  buttons: z.array(z.object({ label: z.string(), press: pressSchema, style: z.enum(['default', 'danger']) })),
});

export const submissionSchema: z.ZodType<FormSubmission> = z.object({
  draft: z.string(),
  page: z.string(),
  seen: z.string(),
  press: pressSchema,
  values: z.record(z.string(), z.string()),
});
