import { webApi } from '@slack/bolt';
import { z } from 'zod';
import type { Call } from './client.ts';
import { failureOf } from './errors.ts';
import type { Identity } from './identity.ts';
import type { Log } from './log.ts';

/** The bot's scopes, each for one thing it does. */
export const neededScopes: readonly string[] = [
  'app_mentions:read',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'groups:history',
  'groups:read',
  'im:history',
  'im:write',
  'mpim:history',
  'usergroups:read',
  'users:read',
];

/** How Slack looks from here. `troubles` keep it from working, `warnings` are worth a look; each says the next step. */
export type Checked = { readonly troubles: readonly string[]; readonly warnings: readonly string[]; readonly again: boolean };

const channelInfo = z.object({
  channel: z.object({ name: z.string().nullish(), is_member: z.boolean().nullish(), is_archived: z.boolean().nullish() }),
});

const tokenSays: Readonly<Record<string, string>> = {
  invalid_auth: 'Slack does not know SLACK_BOT_TOKEN: copy the Bot User OAuth Token from the app’s OAuth & Permissions page',
  not_authed: 'Slack was given no token: set SLACK_BOT_TOKEN to the Bot User OAuth Token from the app’s OAuth & Permissions page',
  token_revoked: 'SLACK_BOT_TOKEN was revoked: install the app again and copy its new token',
  token_expired: 'SLACK_BOT_TOKEN has expired: install the app again and copy its new token',
  account_inactive: 'the app is no longer installed in its workspace: install it again and copy its new token',
};

/** Looks whether the token, its scopes and the approvals channel are as they have to be. Does not reject. */
export async function checkStart(call: Call, identity: () => Promise<Identity>, approvalsChannel: string | null): Promise<Checked> {
  let self: Identity;
  try {
    self = await identity();
  } catch (error) {
    return { troubles: [identitySays(error)], warnings: [], again: true };
  }
  const warnings: string[] = [];
  const troubles: string[] = [];
  if (self.scopes === null) warnings.push('Slack did not say which scopes the app has been given: whether any is missing is not known');
  else {
    const { scopes } = self;
    const missing = neededScopes.filter((scope) => !scopes.includes(scope));
    if (missing.length > 0) {
      troubles.push(
        `the app lacks the scopes ${missing.join(', ')}: add them on its OAuth & Permissions page, install it again and set SLACK_BOT_TOKEN anew`,
      );
    }
  }
  if (approvalsChannel === null) return { troubles, warnings, again: troubles.length > 0 };
  const place = await checkChannel(call, approvalsChannel);
  if (place !== null) troubles.push(place);
  return { troubles, warnings, again: troubles.length > 0 };
}

function identitySays(error: unknown): string {
  const { reason } = failureOf(error);
  const known = tokenSays[reason];
  if (known !== undefined) return known;
  return error instanceof webApi.WebAPIPlatformError
    ? `Slack refuses SLACK_BOT_TOKEN: ${reason}: install the app again and copy its new token`
    : `Slack can't be reached: ${reason}: it is tried again; look at the network, and at SLACK_API_URL where it is set`;
}

async function checkChannel(call: Call, id: string): Promise<string | null> {
  try {
    const { channel } = channelInfo.parse(await call('conversations.info', { channel: id }));
    const name = channel.name ? `#${channel.name} (${id})` : id;
    if (channel.is_archived === true)
      return `the approvals channel ${name} is archived: unarchive it, or set SLACK_APPROVALS_CHANNEL to another`;
    if (channel.is_member !== true) return `the app is no member of the approvals channel ${name}: invite it there with /invite`;
    return null;
  } catch (error) {
    const { reason } = failureOf(error);
    if (reason === 'channel_not_found' || reason === 'not_in_channel') {
      return `the approvals channel ${id} is not there, or it is private and the app is no member: check SLACK_APPROVALS_CHANNEL, and invite the app with /invite`;
    }
    return `the approvals channel ${id} could not be looked up: ${reason}`;
  }
}

const firstWaitMs = 5_000;
const longestWaitMs = 5 * 60_000;

export type Watch = {
  /** What keeps Slack from working; null when it works. */
  readonly trouble: () => string | null;
  /** A call failed for a reason that the operator has to mend: it is looked at again. */
  readonly report: (reason: string) => void;
  /** Resolves after the first look. */
  readonly start: () => Promise<void>;
  readonly stop: () => void;
};

/** Checks at the start, and again for as long as something is wrong. */
export function watchStart(check: () => Promise<Checked>, log: Log): Watch {
  let trouble: string | null = 'Slack has not been checked yet';
  let said = '';
  let waitMs = firstWaitMs;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  async function look(): Promise<void> {
    const { troubles, warnings, again } = await check();
    trouble = troubles.length === 0 ? null : troubles.join('; ');
    const saying = [...troubles, ...warnings].join('; ');
    if (saying !== said) {
      for (const what of troubles) log({ level: 'error', what });
      for (const what of warnings) log({ level: 'warn', what });
      if (saying === '') log({ level: 'info', what: 'Slack is ready' });
    }
    said = saying;
    if (again) next();
    else waitMs = firstWaitMs;
  }

  function next(): void {
    if (isStopped || timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      void look();
    }, waitMs);
    timer.unref();
    waitMs = Math.min(waitMs * 2, longestWaitMs);
  }

  return {
    trouble: () => trouble,
    report(reason) {
      trouble ??= `Slack refuses calls: ${reason}`;
      next();
    },
    start: look,
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
