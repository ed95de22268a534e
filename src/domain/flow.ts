import { z } from 'zod';
import { roleIdSchema } from './role.ts';
import { ruleIdSchema } from './rule.ts';
import { portRangeSchema, transportSchema } from './service.ts';

/** One end of a flow. Addresses and prefixes are in canonical text form; a `name` is an FQDN nobody resolved. */
export const endpointSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('any') }),
  z.strictObject({ kind: z.literal('address'), value: z.string() }),
  z.strictObject({ kind: z.literal('prefix'), value: z.string() }),
  z.strictObject({ kind: z.literal('range'), from: z.string(), to: z.string() }),
  z.strictObject({ kind: z.literal('name'), value: z.string() }),
]);
export type Endpoint = z.infer<typeof endpointSchema>;

/** Traffic a request is about: from any of the sources to any of the destinations. */
export const flowSchema = z.strictObject({
  source: z.array(endpointSchema).min(1),
  destination: z.array(endpointSchema).min(1),
  transport: transportSchema,
  /** Destination ports; empty for ICMP alone. */
  ports: z.array(portRangeSchema),
  /** The catalogue rule it was taken from, and the roles it had there. */
  origin: z.strictObject({ rule: ruleIdSchema, source: roleIdSchema, destination: roleIdSchema }).nullable(),
});
export type Flow = z.infer<typeof flowSchema>;
