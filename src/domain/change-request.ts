import { z } from 'zod';
import { jsonSchema, type Message } from '../locale.ts';
import { personIdSchema } from './actor.ts';
import { flowSchema } from './flow.ts';
import { instantSchema } from './instant.ts';
import { siteIdSchema } from './site.ts';

export const requestIdSchema = z
  .string()
  .regex(/^FCR-[1-9]\d*$/)
  .brand<'RequestId'>();
export type RequestId = z.infer<typeof requestIdSchema>;

export const changeWindowSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('any') }),
  z.strictObject({ kind: z.literal('between'), start: instantSchema, end: instantSchema, zone: z.string() }),
]);
export type ChangeWindow = z.infer<typeof changeWindowSchema>;

export const expirySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('permanent') }),
  z.strictObject({ kind: z.literal('until'), at: instantSchema, zone: z.string() }),
]);
export type Expiry = z.infer<typeof expirySchema>;

/** What is asked for: everything an approval binds to. */
export const requestContentSchema = z.strictObject({
  kind: z.enum(['add', 'remove']),
  urgency: z.enum(['normal', 'emergency']),
  title: z.string(),
  requester: personIdSchema,
  /** Whoever the requester acts for; like the requester, they never decide. */
  on_behalf_of: personIdSchema.nullable(),
  application: z.string(),
  application_owner: z.string(),
  ticket: z.string().nullable(),
  site: siteIdSchema.nullable(),
  flows: z.array(flowSchema).min(1),
  business_need: z.string(),
  security_impact: z.string(),
  compensating_control: z.string().nullable(),
  window: changeWindowSchema,
  expiry: expirySchema,
  test_plan: z.string(),
  backout_plan: z.string(),
});
export type RequestContent = z.infer<typeof requestContentSchema>;

/** HMAC-SHA256 in hex of the canonical content under the request's own salt: what approvals bind to. */
export const contentHashSchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'ContentHash'>();
export type ContentHash = z.infer<typeof contentHashSchema>;

export const requestStates = [
  'draft',
  'submitted',
  'in-approval',
  'approved',
  'scheduled',
  'implementing',
  'implemented',
  'verified',
  'closed',
  'recertification-due',
  'expired',
  'already-covered',
  'changes-requested',
  'rejected',
  'withdrawn',
  'lapsed',
  'failed',
  'backed-out',
] as const;
export type RequestState = (typeof requestStates)[number];

export const approvalSchema = z.strictObject({
  by: personIdSchema,
  stage: z.string(),
  at: instantSchema,
  comment: z.string().nullable(),
  content_hash: contentHashSchema,
});
export type Approval = z.infer<typeof approvalSchema>;

/** A line of the request's thread: who said what, when. */
export const remarkSchema = z.strictObject({
  kind: z.enum(['question', 'answer', 'rejection', 'send-back', 'withdrawal', 'outcome', 'take-back']),
  by: personIdSchema,
  at: instantSchema,
  text: z.string(),
});
export type Remark = z.infer<typeof remarkSchema>;

export const findingSchema = z.strictObject({
  severity: z.enum(['info', 'warning', 'error']),
  message: z.custom<Message>((value) => typeof value === 'object' && value !== null && 'key' in value),
});
export type Finding = z.infer<typeof findingSchema>;

export const changeRequestSchema = z.strictObject({
  id: requestIdSchema,
  number: z.int().min(1),
  /** Grows by one with every change; writes compare and swap on it. */
  version: z.int().min(1),
  /** The version that last changed what is asked for: a click on a card older than this is stale. */
  content_version: z.int().min(1),
  state: z.enum(requestStates),
  /** Index into the policy's stages while `in-approval`, else null. */
  stage: z.int().min(0).nullable(),
  content: requestContentSchema,
  content_hash: contentHashSchema,
  /** 32 random bytes in base64, the key of `content_hash`. */
  salt: z.base64(),
  approvals: z.array(approvalSchema),
  remarks: z.array(remarkSchema),
  findings: z.array(findingSchema),
  /** The dialog it was asked with, its definition's hash, and where the dialog ended, to take it up again. */
  dialog: z.strictObject({ id: z.string(), hash: z.string(), state: jsonSchema }),
  catalogue_version: z.string(),
  policy_version: z.string(),
  created_at: instantSchema,
  updated_at: instantSchema,
});
export type ChangeRequest = z.infer<typeof changeRequestSchema>;
