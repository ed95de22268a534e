import { z } from 'zod';
import { localTextSchema } from '../locale.ts';
import { groupIdSchema } from './actor.ts';

export const stageSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  name: localTextSchema,
  group: groupIdSchema,
  /** How many different people of the group must approve. */
  quorum: z.int().min(1),
});
export type Stage = z.infer<typeof stageSchema>;

/** A weekly time in which work may happen; `days` are ISO weekdays, 1 is Monday. An `until` before `from` ends on the next day. */
export const windowSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  name: localTextSchema,
  zone: z.string(),
  days: z.array(z.int().min(1).max(7)).min(1),
  from: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  until: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
});
export type WeeklyWindow = z.infer<typeof windowSchema>;

export const approvalPolicySchema = z.strictObject({
  stages: z.array(stageSchema).min(1),
  windows: z.array(windowSchema).default([]),
  /** Wider than this is a finding: the shortest prefix lengths and the most ports a flow may have without remark. */
  bounds: z.strictObject({ ipv4_prefix: z.int().min(0).max(32), ipv6_prefix: z.int().min(0).max(128), ports: z.int().min(1) }),
  /** Services that need a compensating control, as `transport/port`. */
  risky_services: z.array(z.strictObject({ service: z.string().regex(/^(tcp|udp)\/\d+(-\d+)?$/), reason: localTextSchema })).default([]),
});
export type ApprovalPolicy = z.infer<typeof approvalPolicySchema>;
