import { z } from 'zod';
import type { Clock } from '../../app/ports.ts';
import type { Sender } from '../../chat/activity.ts';
import { within } from '../../chat/within.ts';
import type { Call } from './client.ts';
import type { Identity } from './identity.ts';

export const slackPlatformId = 'slack';

/** An account as a payload names it; `team` is the workspace it says the person is of, null where it does not say. */
export type Named = { readonly id: string; readonly name: string | null; readonly team: string | null };

const rememberedMs = 5 * 60_000;
const mostRemembered = 5_000;
/** The event behind the question has to be stored within two seconds. */
const patienceMs = 800;

const userInfo = z.object({
  user: z.object({
    team_id: z.string().nullish(),
    name: z.string().nullish(),
    real_name: z.string().nullish(),
    profile: z.object({ display_name: z.string().nullish() }).nullish(),
    is_restricted: z.boolean().nullish(),
    is_ultra_restricted: z.boolean().nullish(),
    is_stranger: z.boolean().nullish(),
    enterprise_user: z.object({ teams: z.array(z.string()).nullish() }).nullish(),
  }),
});
type User = z.infer<typeof userInfo>['user'];
type Remembered = { readonly user: User; readonly until: number };

/**
 * Looks up who somebody is to the installed workspace. What was looked up is good for minutes, and where Slack does not answer
 * longer; where nothing is known, the payload's own word for the workspace counts, and without one nobody is a member.
 */
export function createSenders(call: Call, clock: Clock): (named: Named, identity: Identity) => Promise<Sender> {
  const remembered = new Map<string, Remembered>();
  const asking = new Map<string, Promise<User>>();

  function ask(id: string): Promise<User> {
    const running = asking.get(id) ?? look(id).finally(() => asking.delete(id));
    asking.set(id, running);
    return running;
  }

  async function look(id: string): Promise<User> {
    const { user } = userInfo.parse(await call('users.info', { user: id }));
    remembered.delete(id);
    remembered.set(id, { user, until: clock.now().getTime() + rememberedMs });
    for (const oldest of remembered.keys()) {
      if (remembered.size <= mostRemembered) break;
      remembered.delete(oldest);
    }
    return user;
  }

  async function known(id: string): Promise<User | null> {
    const earlier = remembered.get(id);
    if (earlier !== undefined && earlier.until > clock.now().getTime()) return earlier.user;
    const answer = await within(
      ask(id).catch(() => null),
      patienceMs,
    );
    return (answer.kind === 'done' ? answer.value : null) ?? earlier?.user ?? null;
  }

  return async (named, identity) => {
    const user = await known(named.id);
    const standing = user === null ? (named.team === identity.team ? 'member' : 'foreign') : standingOf(user, identity);
    const name = user?.profile?.display_name || user?.real_name || user?.name || named.name || named.id;
    const team = user?.team_id ?? named.team;
    return { platform: slackPlatformId, tenant: standing === 'foreign' ? team : identity.team, id: named.id, name, standing };
  };
}

function standingOf(user: User, { team }: Identity): Sender['standing'] {
  const isHere = user.team_id === team || user.enterprise_user?.teams?.includes(team) === true;
  if (user.is_stranger === true || !isHere) return 'foreign';
  return user.is_restricted === true || user.is_ultra_restricted === true ? 'guest' : 'member';
}
