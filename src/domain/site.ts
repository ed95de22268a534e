import { z } from 'zod';
import { localTextSchema } from '../locale.ts';
import { endpointSchema } from './flow.ts';
import { roleIdSchema } from './role.ts';
import { topologyIdSchema } from './rule.ts';

export const siteIdSchema = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .brand<'SiteId'>();
export type SiteId = z.infer<typeof siteIdSchema>;

/** A place where roles have addresses. */
export const siteSchema = z.strictObject({
  id: siteIdSchema,
  name: localTextSchema,
  /** What people call it, besides its name. */
  aliases: z.array(z.string().min(1)).default([]),
  topology: topologyIdSchema,
  bindings: z.partialRecord(roleIdSchema, z.array(endpointSchema).min(1)),
});
export type Site = z.infer<typeof siteSchema>;
