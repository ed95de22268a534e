import { z } from 'zod';
import { localeSchema, localTextSchema } from '../locale.ts';
import { topologyIdSchema } from './rule.ts';

export const personIdSchema = z
  .string()
  .regex(/^[a-z0-9]+([.-][a-z0-9]+)*$/)
  .brand<'PersonId'>();
export type PersonId = z.infer<typeof personIdSchema>;

export const groupIdSchema = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .brand<'GroupId'>();
export type GroupId = z.infer<typeof groupIdSchema>;

/** What a person may do besides asking. Who may approve is said by the groups that the approval policy names. */
export const powers = ['request', 'implement', 'audit', 'administer'] as const;
export const powerSchema = z.enum(powers);
export type Power = z.infer<typeof powerSchema>;

export const personSchema = z.strictObject({
  id: personIdSchema,
  name: z.string().trim().min(1),
  email: z.email(),
  locale: localeSchema,
  /** IANA time zone. */
  zone: z.string(),
  powers: z.array(powerSchema).default([]),
  /** Where their questions are answered from, unless a question names a topology or a site. */
  topology: topologyIdSchema.nullable().default(null),
  /** Platform to the id the platform knows them by. In local mode a person's own id is enough. */
  identities: z.record(z.string(), z.string().min(1)).default({}),
});
export type Person = z.infer<typeof personSchema>;

export const groupSchema = z.strictObject({ id: groupIdSchema, name: localTextSchema, members: z.array(personIdSchema).min(1) });
export type Group = z.infer<typeof groupSchema>;

export const peopleFileSchema = z.strictObject({ people: z.array(personSchema).min(1), groups: z.array(groupSchema).default([]) });
export type PeopleFile = z.infer<typeof peopleFileSchema>;

/** The account a message came from, as the platform vouches for it. */
export type Account = { readonly platform: string; readonly tenant: string | null; readonly id: string; readonly name: string };

/** Who is acting: a known person, or an account that is nobody, or one that several people claim. */
export type Actor =
  | { readonly kind: 'person'; readonly person: Person }
  | { readonly kind: 'unknown'; readonly account: Account }
  | { readonly kind: 'ambiguous'; readonly account: Account };
