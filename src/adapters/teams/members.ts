import { TeamsInfo, type TurnContext } from 'botbuilder';
import { z } from 'zod';
import type { Clock } from '../../app/ports.ts';
import type { References, Standing } from './references.ts';
import { within } from './within.ts';

/** Somebody is waiting for an answer meanwhile. */
const longestLookUpMs = 1_000;
const rememberedMs = 10 * 60_000;
const mostRemembered = 5_000;

const memberSchema = z.object({ tenantId: z.string().nullish(), userRole: z.string().nullish() });

export type Members = {
  /**
   * What an account is in the tenant, as Teams' roster says. Where that can't be read now it is what it was last, else no more
   * than a guest.
   */
  readonly standingOf: (context: TurnContext, account: string, mri: string) => Promise<Standing>;
};

export function createMembers(tenant: string, references: References, clock: Clock): Members {
  const known = new Map<string, { readonly standing: Standing; readonly until: number }>();

  async function lookUp(context: TurnContext, account: string, mri: string): Promise<Standing> {
    const member = memberSchema.parse(await within(longestLookUpMs, TeamsInfo.getMember(context, mri)));
    const standing = standingIn(tenant, member);
    // Kept for when the roster can't be read; nobody waits for it.
    void references.learnMember(account, { mri, standing }).catch(() => undefined);
    return standing;
  }

  return {
    async standingOf(context, account, mri) {
      const now = clock.now().getTime();
      const remembered = known.get(account);
      if (remembered !== undefined && remembered.until > now) return remembered.standing;
      try {
        const standing = await lookUp(context, account, mri);
        if (known.size >= mostRemembered) known.clear();
        known.set(account, { standing, until: now + rememberedMs });
        return standing;
      } catch {
        const last = await references.memberOf(account).catch(() => null);
        return last?.standing ?? 'guest';
      }
    },
  };
}

function standingIn(tenant: string, { tenantId, userRole }: z.infer<typeof memberSchema>): Standing {
  if (tenantId && tenantId !== tenant) return 'foreign';
  if (userRole === 'anonymous') return 'foreign';
  return userRole === 'guest' ? 'guest' : 'member';
}
