import { z } from 'zod';

const name = z.string().regex(/^[a-z][a-z0-9]*([-_][a-z0-9]+)*$/);
const scalar = z.union([z.string(), z.boolean(), z.number()]);

/** A question is asked only while this holds of an earlier answer. */
export const conditionSchema = z.union([
  z.strictObject({ field: name, equals: scalar }),
  z.strictObject({ field: name, in: z.array(scalar).min(1) }),
]);
export type Condition = z.infer<typeof conditionSchema>;

/** One question. Its words stand in the locale files under `<dialog>.<field>.label`, `.why` and `.example`. */
export const stepSchema = z.strictObject({
  field: name,
  input: z.enum(['text', 'lines', 'choice']),
  optional: z.boolean().default(false),
  when: conditionSchema.optional(),
  /** Registered names of handlers in TypeScript. */
  validate: name,
  /** For a choice: a registered source of options, or the options themselves, worded under `<dialog>.<field>.option.<value>`. */
  options: z.union([name, z.array(name).min(1)]).optional(),
  /** A registered handler that fills the answer in from what is known. */
  prefill: name.optional(),
  /** Say how the answer was understood and have it confirmed. */
  confirm: z.boolean().default(false),
});
export type Step = z.infer<typeof stepSchema>;

export const dialogSchema = z.strictObject({
  id: name,
  pages: z.array(z.strictObject({ id: name, steps: z.array(stepSchema).min(1) })).min(1),
  /** The registered effect that ends it. */
  complete: name,
  /** Show everything on a last card before the end. */
  review: z.boolean().default(true),
});
export type DialogFile = z.infer<typeof dialogSchema>;

/** A loaded dialog: its file, and the SHA-256 of its definition. */
export type DialogDefinition = DialogFile & { readonly hash: string };
