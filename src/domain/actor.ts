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

/** The platforms that know people by accounts of their own. */
export const accountPlatforms = ['slack', 'teams'] as const;
export type AccountPlatform = (typeof accountPlatforms)[number];

const accountForms: Readonly<Record<AccountPlatform, RegExp>> = { slack: /^[UW][A-Z0-9]+$/, teams: /^[^\s/]+$/ };

/** Whether a platform could have an account of this id; another's always could. */
export function isAccountId(platform: string, id: string): boolean {
  const known = accountPlatforms.find((one) => one === platform);
  return known === undefined || accountForms[known].test(id);
}

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

/** Its members are named here, or by a user group of Slack; never both. */
export const groupSchema = z
  .strictObject({
    id: groupIdSchema,
    name: localTextSchema,
    members: z.array(personIdSchema).min(1).default([]),
    slack_user_group: z
      .string()
      .regex(/^S[A-Z0-9]{2,}$/)
      .optional(),
  })
  .meta({ oneOf: [{ required: ['members'] }, { required: ['slack_user_group'] }] });
/** `unread`: its platform has not said for too long who is in it, so that nobody counts as a member. */
export type Group = z.infer<typeof groupSchema> & { readonly unread?: boolean };

export const peopleFileSchema = z.strictObject({ people: z.array(personSchema).min(1), groups: z.array(groupSchema).default([]) });
export type PeopleFile = z.infer<typeof peopleFileSchema>;

/** The account a message came from, as the platform vouches for it. */
export type Account = { readonly platform: string; readonly tenant: string | null; readonly id: string; readonly name: string };

/** Who is acting: a known person, or an account that is nobody, or one that several people claim. */
export type Actor =
  | { readonly kind: 'person'; readonly person: Person }
  | { readonly kind: 'unknown'; readonly account: Account }
  | { readonly kind: 'ambiguous'; readonly account: Account };
