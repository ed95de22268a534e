import { z } from 'zod';
import { localTextSchema } from '../locale.ts';

export const roleIdSchema = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'a role id is lower-case words joined by hyphens')
  .brand<'RoleId'>();
export type RoleId = z.infer<typeof roleIdSchema>;

/** What a role stands for. `vip`, `interface` and `server` are parts of another role; a rule for a `group` is one for each of its parts; `any` matches every role. */
export const roleKinds = ['server', 'pool', 'group', 'vip', 'interface', 'client', 'partner', 'service', 'network', 'any'] as const;

const namesSchema = z.strictObject({ en: z.array(z.string().min(1)), 'zh-CN': z.array(z.string().min(1)) });

export const roleSchema = z.strictObject({
  id: roleIdSchema,
  kind: z.enum(roleKinds),
  /** How answers name it. */
  name: localTextSchema,
  /** What people call it, besides its name. Matched whatever the case, the width or the script of the characters. */
  aliases: namesSchema,
  /** Words it shares with other roles: which one is meant follows from what the active topologies speak of. */
  shared_aliases: namesSchema.default({ en: [], 'zh-CN': [] }),
  /** Its parts: a VIP, interfaces, the servers of a pool. Asking for a role asks for its parts too. */
  contains: z.array(roleIdSchema).default([]),
});
export type Role = z.infer<typeof roleSchema>;

/** Phrases that look like a role's name and are not one, each with what it is instead. */
export const notARoleSchema = z.strictObject({ phrases: z.array(z.string().min(1)).min(1), meaning: localTextSchema });
export type NotARole = z.infer<typeof notARoleSchema>;

export const topicIdSchema = z.string().regex(/^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$/, 'a topic id is upper-case words joined by hyphens, as SIP');

/** What traffic is about: an application (SIP), a protection (MTLS), a purpose (CLS). Rules name it in `application`, `security` or `topics`. */
export const topicSchema = z.strictObject({
  id: topicIdSchema,
  name: localTextSchema,
  /** What people call it, besides its id and its name. */
  aliases: z.strictObject({ en: z.array(z.string().min(1)), 'zh-CN': z.array(z.string().min(1)) }),
});
export type Topic = z.infer<typeof topicSchema>;

export const rolesFileSchema = z.strictObject({
  roles: z.array(roleSchema).min(1),
  not_roles: z.array(notARoleSchema).default([]),
  topics: z.array(topicSchema).default([]),
});
export type RolesFile = z.infer<typeof rolesFileSchema>;
