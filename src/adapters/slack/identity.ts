import { z } from 'zod';
import type { Call } from './client.ts';

/** Who the bot is, and where it is installed. `scopes` is null where Slack did not say. */
export type Identity = {
  readonly team: string;
  readonly enterprise: string | null;
  readonly user: string;
  readonly bot: string | null;
  readonly scopes: readonly string[] | null;
};

const answer = z.object({
  team_id: z.string(),
  enterprise_id: z.string().nullish(),
  user_id: z.string(),
  bot_id: z.string().nullish(),
  response_metadata: z.object({ scopes: z.array(z.string()).nullish() }).nullish(),
});

export type IdentitySource = {
  /** Asks Slack once and remembers; a failure is not remembered. */
  readonly get: () => Promise<Identity>;
  /** Asks anew. */
  readonly refresh: () => Promise<Identity>;
};

export function createIdentity(call: Call): IdentitySource {
  let known: Promise<Identity> | null = null;
  async function refresh(): Promise<Identity> {
    const identity = await ask(call);
    known = Promise.resolve(identity);
    return identity;
  }
  return {
    get() {
      known ??= ask(call).catch((error: unknown) => {
        known = null;
        throw error;
      });
      return known;
    },
    refresh,
  };
}

async function ask(call: Call): Promise<Identity> {
  const { team_id, enterprise_id, user_id, bot_id, response_metadata } = answer.parse(await call('auth.test', {}));
  return {
    team: team_id,
    enterprise: enterprise_id ?? null,
    user: user_id,
    bot: bot_id ?? null,
    scopes: response_metadata?.scopes ?? null,
  };
}
