import { z } from 'zod';
import { localTextSchema } from '../locale.ts';
import { roleIdSchema, topicIdSchema } from './role.ts';
import { portsTextSchema, transportSchema } from './service.ts';

export const ruleIdSchema = z
  .string()
  .regex(/^[A-Z][A-Z0-9]*(-[A-Z0-9]+)+$/, 'a rule id is upper-case words joined by hyphens, as DIR-6')
  .brand<'RuleId'>();
export type RuleId = z.infer<typeof ruleIdSchema>;

export const topologyIdSchema = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .brand<'TopologyId'>();
export type TopologyId = z.infer<typeof topologyIdSchema>;

/** One line of a port summary: what may talk to what, and where that is written. */
export const ruleSchema = z.strictObject({
  id: ruleIdSchema,
  /** Alternatives: any of these may be the source. */
  source: z.array(roleIdSchema).min(1),
  /** Alternatives: any of these may be the destination. */
  destination: z.array(roleIdSchema).min(1),
  /** The VIP the traffic is addressed to, where it does not go to the destination itself. */
  via: roleIdSchema.nullable().default(null),
  /** Null where the document does not print it. */
  transport: transportSchema.nullable(),
  /** Written as "5061" or "50001-50003"; empty where the document does not print any. */
  ports: portsTextSchema,
  application: z.string().min(1).nullable(),
  security: z.string().min(1).nullable(),
  /** What it serves besides its application: ids of topics. */
  topics: z.array(topicIdSchema).default([]),
  purpose: localTextSchema,
  /** Where in the document it stands: "table row 6", "introduction". */
  place: localTextSchema,
  /** What the document leaves open or seems to get wrong. */
  notes: z.array(localTextSchema).default([]),
});
export type Rule = z.infer<typeof ruleSchema>;

export const documentSchema = z.strictObject({ title: localTextSchema, product: z.string().min(1), revised: z.iso.date(), url: z.url() });
export type SourceDocument = z.infer<typeof documentSchema>;

/** A catalogue file: the rules of one topology, from one document. */
export const topologySchema = z.strictObject({
  id: topologyIdSchema,
  name: localTextSchema,
  /** What people call it, besides its name. */
  aliases: z.array(z.string().min(1)).default([]),
  document: documentSchema,
  notes: z.array(localTextSchema).default([]),
  rules: z.array(ruleSchema).min(1),
});
export type Topology = z.infer<typeof topologySchema>;
