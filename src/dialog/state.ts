import { z } from 'zod';
import { jsonSchema, type Message } from '../locale.ts';

/** An accepted answer: what was typed, what it means, and how to say it back (in the language it was given in). */
export const answerSchema = z.strictObject({
  raw: z.string(),
  value: jsonSchema,
  echo: z.string(),
  /** Filled in from what is known, and filled in anew until the person gives their own. */
  prefilled: z.boolean(),
});
export type Answer = z.infer<typeof answerSchema>;

/** Something to pick: what a click means, and how its button reads. */
export const optionSchema = z.strictObject({ value: z.string(), label: z.string() });
export type Option = z.infer<typeof optionSchema>;

const messageSchema = z.custom<Message>((value) => typeof value === 'object' && value !== null && 'key' in value);

/** An answer that could not be used: kept, so that a restart or a question in between loses nothing that was typed. */
export const attemptSchema = z.strictObject({ raw: z.string(), problem: messageSchema, suggestions: z.array(optionSchema) });
export type Attempt = z.infer<typeof attemptSchema>;

/** Where somebody stands in a dialog. Plain JSON: it is stored between any two messages. */
export const dialogStateSchema = z.strictObject({
  dialog: z.string(),
  hash: z.string(),
  /** What the dialog was opened with: rule ids, a request's id. */
  seed: z.record(z.string(), jsonSchema),
  /** Also of questions whose condition fell away: they come back if it holds again. */
  answers: z.record(z.string(), answerSchema),
  /** What was typed for a question and could not be used, until something else is. */
  attempts: z.record(z.string(), attemptSchema).default({}),
  /** The field being asked, or the last card. */
  at: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('field'), field: z.string(), attempt: attemptSchema.nullable() }),
    z.strictObject({ kind: z.literal('confirm'), field: z.string(), answer: answerSchema }),
    z.strictObject({ kind: z.literal('review') }),
  ]),
});
export type DialogState = z.infer<typeof dialogStateSchema>;
