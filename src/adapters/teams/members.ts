import { TeamsInfo, type TurnContext } from 'botbuilder';
import { z } from 'zod';
import type { Clock } from '../../app/ports.ts';
import { inTime } from '../../chat/within.ts';
import { inConversation, type Speaker } from './posts.ts';
import type { Place, References, Standing } from './references.ts';

/** Somebody is waiting for an answer meanwhile. */
const longestLookUpMs = 1_000;
const rememberedMs = 10 * 60_000;
const mostRemembered = 5_000;

const memberSchema = z.object({ id: z.string(), tenantId: z.string().nullish(), userRole: z.string().nullish() });

export type Members = {
  /**
   * What an account is in the tenant, as Teams' roster says. Where that can't be read now it is what it was last, else no more
   * than a guest.
   */
  readonly standingOf: (context: TurnContext, account: string, mri: string) => Promise<Standing>;
  /** What Teams' own lists call an account, looked up in a conversation it is in; null where that can't be found out now. */
  readonly mriOf: (place: Place, account: string) => Promise<string | null>;
};

/** Without a tenant everybody is a member of it: the playground has nobody else. */
export function createMembers(speaker: Speaker, references: References, clock: Clock): Members {
  const { tenant } = speaker;
  const known = new Map<string, { readonly standing: Standing; readonly until: number }>();
  const absent = new Map<string, number>();

  async function lookUp(context: TurnContext, account: string, id: string): Promise<{ readonly mri: string; readonly standing: Standing }> {
    const member = memberSchema.parse(await inTime(TeamsInfo.getMember(context, id), longestLookUpMs, 'the roster'));
    const found = { mri: member.id, standing: standingIn(tenant, member) };
    // Kept for when the roster can't be read; nobody waits for it.
    void references.learnMember(account, found).catch(() => undefined);
    return found;
  }

  return {
    async standingOf(context, account, mri) {
      if (tenant === null) return 'member';
      const now = clock.now().getTime();
      const remembered = known.get(account);
      if (remembered !== undefined && remembered.until > now) return remembered.standing;
      try {
        const { standing } = await lookUp(context, account, mri);
        if (known.size >= mostRemembered) known.clear();
        known.set(account, { standing, until: now + rememberedMs });
        return standing;
      } catch {
        const last = await references.memberOf(account).catch(() => null);
        return last?.standing ?? 'guest';
      }
    },
    async mriOf(place, account) {
      const learnt = await references.memberOf(account);
      if (learnt !== null) return learnt.mri;
      const now = clock.now().getTime();
      const key = JSON.stringify([place.conversation, account]);
      if ((absent.get(key) ?? 0) > now) return null;
      let found: string | null = null;
      try {
        await inConversation(speaker, place, null, async (context) => {
          found = (await lookUp(context, account, account)).mri;
        });
      } catch {
        if (absent.size >= mostRemembered) absent.clear();
        absent.set(key, now + rememberedMs);
      }
      return found;
    },
  };
}

function standingIn(tenant: string | null, { tenantId, userRole }: z.infer<typeof memberSchema>): Standing {
  if (tenantId && tenantId.toLowerCase() !== tenant?.toLowerCase()) return 'foreign';
  if (userRole === 'anonymous') return 'foreign';
  return userRole === 'guest' ? 'guest' : 'member';
}
