import { z } from 'zod';
import { localTextSchema } from '../locale.ts';
import { roleIdSchema, topicIdSchema } from './role.ts';
import { portsTextSchema, transportSchema } from './service.ts';

export const ruleIdSchema = z
  .string()
  .regex(/^[A-Z][A-Z0-9]*(-[A-Z0-9]+)+$/, 'a rule id is upper-case words joined by hyphens, as DIR-6')
  .brand<'RuleId'>();
export type RuleId = z.infer<typeof ruleIdSchema>;

const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'an id is lower-case words joined by hyphens');

export const topologyIdSchema = slug.brand<'TopologyId'>();
export type TopologyId = z.infer<typeof topologyIdSchema>;

/** What a document may leave out about a rule. `transport` beside a transport given: it follows from the application alone. */
const gaps = ['direction', 'source', 'destination', 'transport', 'ports', 'source-ports'] as const;
export type Gap = (typeof gaps)[number];

/** Which of a role's addresses or names a document means, where it says so. */
const addressKinds = [
  'public-address',
  'public-or-nat-address',
  'access-edge-address',
  'each-server',
  'server-or-pool',
  'web-services',
] as const;

const balancingSchema = z.strictObject({
  /** Where the servers behind the load balancer get what comes to the rule's ports. */
  node_ports: portsTextSchema,
  /** The port by which the load balancer sees whether a server is alive. */
  monitor_port: portsTextSchema,
  persistence: z.enum(['source-address', 'none']),
});

const ruleFields = z.strictObject({
  id: ruleIdSchema,
  /** The document it stands in, one of the topology's further ones; null for the main one. */
  document: slug.nullable().default(null),
  /** Whose ports these are, where the document does not state a direction. */
  role: roleIdSchema.nullable().default(null),
  /** Whom that role talks to, where the document says so. */
  peers: z.array(roleIdSchema).default([]),
  /** As seen from one's own network, where the document says it in place of ends, or says that both ends may begin. */
  direction: z.enum(['inbound', 'outbound', 'both']).nullable().default(null),
  /** Alternatives: any of these may be the source. Empty only with a gap. */
  source: z.array(roleIdSchema).default([]),
  /** What a source of any may be narrowed to. */
  source_may_be: z.array(roleIdSchema).default([]),
  source_as: z.enum(addressKinds).nullable().default(null),
  /** Empty where the document prints none. */
  source_ports: portsTextSchema.default([]),
  /** Alternatives: any of these may be the destination. Empty only with a gap. */
  destination: z.array(roleIdSchema).default([]),
  destination_may_be: z.array(roleIdSchema).default([]),
  destination_as: z.enum(addressKinds).nullable().default(null),
  /** The VIP the traffic is addressed to, where it does not go to the destination itself. */
  via: roleIdSchema.nullable().default(null),
  /** Null where the document does not print it. */
  transport: transportSchema.nullable(),
  /** Written as "5061", "50001-50003" or "any"; empty where the document does not print any. */
  ports: portsTextSchema,
  application: z.string().min(1).nullable().default(null),
  security: z.string().min(1).nullable().default(null),
  /** What it serves besides its application: ids of topics. */
  topics: z.array(topicIdSchema).default([]),
  balancing: balancingSchema.nullable().default(null),
  /** `bypass-ipsec`: it says what IPsec leaves alone, and not that anything is open. */
  effect: z.enum(['open', 'bypass-ipsec']).default('open'),
  purpose: localTextSchema,
  /** Where in the document it stands: "table row 6", "introduction". */
  place: localTextSchema,
  /** What the document does not state. */
  gaps: z.array(z.enum(gaps)).default([]),
  /** What the document seems to get wrong; the rule says what it prints. */
  doubt: localTextSchema.nullable().default(null),
  /** What else the document says or leaves open. */
  notes: z.array(localTextSchema).default([]),
});

/** One line of a port summary: what may talk to what, and where that is written. What is missing from it is named in `gaps`. */
export const ruleSchema = ruleFields.superRefine((rule, context) => {
  for (const message of contradictions(rule)) context.addIssue({ code: 'custom', message });
});
export type Rule = z.infer<typeof ruleSchema>;

function contradictions(rule: z.infer<typeof ruleFields>): readonly string[] {
  const open = (gap: Gap): boolean => rule.gaps.includes(gap);
  const portless = rule.transport === 'icmp' || rule.transport === 'icmpv6';
  const ends = rule.source.length + rule.destination.length;
  const said: readonly (readonly [boolean, string])[] = [
    [open('direction') !== (rule.role !== null), 'a rule with a role in place of ends has the gap direction, and no other has it'],
    [rule.role !== null && ends > 0, 'a rule has either a role, or source and destination'],
    [rule.peers.length > 0 && rule.role === null, 'only a rule with a role has peers'],
    [rule.role === null && open('source') !== (rule.source.length === 0), 'a rule without source has the gap source, and no other has it'],
    [
      rule.role === null && open('destination') !== (rule.destination.length === 0),
      'a rule without destination has the gap destination, and no other has it',
    ],
    [rule.transport === null && !open('transport'), 'a rule without transport has the gap transport'],
    [open('ports') !== (rule.ports.length === 0 && !portless), 'a rule without ports has the gap ports, and no other has it'],
  ];
  return said.flatMap(([wrong, message]) => (wrong ? [message] : []));
}

/** `revised` is null where the document has no date. */
export const documentSchema = z.strictObject({
  title: localTextSchema,
  product: z.string().min(1),
  revised: z.iso.date().nullable(),
  url: z.url(),
});
export type SourceDocument = z.infer<typeof documentSchema>;

/** Rules of another topology that hold in this one too: all of them, or those of `rules`, without those of `except`. */
export const includeSchema = z.strictObject({
  topology: topologyIdSchema,
  rules: z.array(ruleIdSchema).min(1).nullable().default(null),
  except: z.array(ruleIdSchema).default([]),
  /** This topology's own document says the same: the rules are cited from it, at `place` or at the same place. */
  stated_here: z.boolean().default(false),
  place: localTextSchema.nullable().default(null),
});
export type Include = z.infer<typeof includeSchema>;

/** A catalogue file: the rules of one topology. */
export const topologySchema = z.strictObject({
  id: topologyIdSchema,
  name: localTextSchema,
  /** What people call it, besides its name. */
  aliases: z.array(z.string().min(1)).default([]),
  document: documentSchema,
  further_documents: z.array(documentSchema.extend({ id: slug })).default([]),
  /** What an answer from this topology has to say beside any of its rules. */
  caveat: localTextSchema.nullable().default(null),
  notes: z.array(localTextSchema).default([]),
  includes: z.array(includeSchema).default([]),
  rules: z.array(ruleSchema).min(1),
});
export type Topology = z.infer<typeof topologySchema>;

/** The document a rule of the topology is cited from. */
export function documentOf(topology: Topology, rule: Pick<Rule, 'document'>): SourceDocument {
  return topology.further_documents.find(({ id }) => id === rule.document) ?? topology.document;
}
