import { z } from 'zod';

/** A moment: ISO 8601 in UTC with milliseconds, so that text order is time order. */
export const instantSchema = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  .brand<'Instant'>();
export type Instant = z.infer<typeof instantSchema>;

export function instantOf(date: Date): Instant {
  return instantSchema.parse(date.toISOString());
}
