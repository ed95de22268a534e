import { z } from 'zod';
import type { BoardMessage, OutboxContent } from '../../app/ports.ts';
import type { Conversation, MessageRef } from '../../chat/activity.ts';
import type { Card, CardAction, CardElement, Span } from '../../chat/card.ts';
import { personIdSchema } from '../../domain/actor.ts';
import { requestIdSchema } from '../../domain/change-request.ts';
import { AppError } from '../../errors.ts';
import { localeSchema } from '../../locale.ts';

/** The shapes of the documents in text columns, checked on the way back in. */
export const conversationSchema: z.ZodType<Conversation> = z.strictObject({
  platform: z.string(),
  id: z.string(),
  kind: z.enum(['direct', 'channel']),
  thread: z.string().nullable(),
});

export const messageRefSchema: z.ZodType<MessageRef> = z.strictObject({ conversation: conversationSchema, id: z.string() });

const spanSchema: z.ZodType<Span> = z.union([
  z.string(),
  z.strictObject({ strong: z.string() }),
  z.strictObject({ code: z.string() }),
  z.strictObject({ subtle: z.string() }),
]);

export const elementSchema: z.ZodType<CardElement> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), spans: z.array(spanSchema) }),
  z.strictObject({ kind: z.literal('facts'), facts: z.array(z.strictObject({ label: z.string(), value: z.string() })) }),
  z.strictObject({ kind: z.literal('table'), columns: z.array(z.string()), rows: z.array(z.array(z.string())) }),
  z.strictObject({ kind: z.literal('moments'), label: z.string(), start: z.string(), end: z.string(), text: z.string() }),
  z.strictObject({ kind: z.literal('notice'), tone: z.enum(['good', 'warning', 'error']), spans: z.array(spanSchema) }),
]);

const actionSchema: z.ZodType<CardAction> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('button'),
    label: z.string(),
    action: z.string(),
    data: z.record(z.string(), z.json()),
    style: z.enum(['default', 'primary', 'danger']),
  }),
  z.strictObject({ kind: z.literal('copy'), label: z.string(), text: z.string() }),
]);

export const cardSchema: z.ZodType<Card> = z.strictObject({
  locale: localeSchema,
  title: z.string().nullable(),
  elements: z.array(elementSchema),
  actions: z.array(actionSchema),
  summary: z.string(),
});

export const outboxContentSchema: z.ZodType<OutboxContent> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('request-card'), request: requestIdSchema, reader: personIdSchema.nullable() }),
  // Rows of earlier versions do not name who alone sees them: nobody was meant to.
  z.strictObject({
    kind: z.literal('card'),
    request: requestIdSchema.nullable(),
    card: cardSchema,
    only: z.string().nullable().default(null),
  }),
  z.strictObject({ kind: z.literal('home'), request: z.null(), reader: personIdSchema }),
  z.strictObject({ kind: z.literal('link-code'), request: z.null(), reader: personIdSchema, on: z.string() }),
]);

export const boardContentSchema: z.ZodType<BoardMessage['content']> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), text: z.string() }),
  z.strictObject({ kind: z.literal('card'), card: cardSchema }),
]);

/** Throws `AppError('store-corrupt')` naming what was read: somebody else wrote it, or a newer version did. */
export function parseStored<T>(schema: { parse(value: unknown): T }, text: string, what: string): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new AppError('store-corrupt', `the stored ${what} cannot be read`, { cause: error });
  }
}

/**
 * What can be read of rows that were taken on, so that one that cannot be stops no other. Where none can, it throws what the first
 * says: the rest is dealt with by then, and it is told each time that it is taken on.
 */
export function readableOf<Row, T>(rows: readonly Row[], parse: (row: Row) => T): readonly T[] {
  const faults: unknown[] = [];
  const parsed = rows.flatMap((row) => {
    try {
      return [parse(row)];
    } catch (fault) {
      faults.push(fault);
      return [];
    }
  });
  if (parsed.length === 0 && faults.length > 0) throw faults[0];
  return parsed;
}

/** The same place has the same key. */
export function conversationKey({ platform, id, thread }: Conversation): string {
  return JSON.stringify([platform, id, thread]);
}
