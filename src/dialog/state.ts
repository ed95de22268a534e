import { z } from 'zod';

/** An accepted answer: what was typed, what it means, and how to say it back (in the language it was given in). */
export const answerSchema = z.strictObject({ raw: z.string(), value: z.json(), echo: z.string() });
export type Answer = z.infer<typeof answerSchema>;

/** Where somebody stands in a dialog. Plain JSON: it is stored between any two messages. */
export const dialogStateSchema = z.strictObject({
  dialog: z.string(),
  hash: z.string(),
  /** What the dialog was opened with: rule ids, a request's id. */
  seed: z.record(z.string(), z.json()),
  answers: z.record(z.string(), answerSchema),
  /** The field being asked, or the last card. */
  at: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('field'), field: z.string() }),
    z.strictObject({ kind: z.literal('confirm'), field: z.string(), answer: answerSchema }),
    z.strictObject({ kind: z.literal('review') }),
  ]),
});
export type DialogState = z.infer<typeof dialogStateSchema>;
