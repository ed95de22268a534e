import { createEmulator } from 'emulate';
import { z } from 'zod';

/** The bot and the workspace it is installed in. */
export const bot = { user: 'U0PORTCLERK', id: 'B0PORTCLERK', app: 'A0PORTCLERK', token: 'xoxb-0-test', team: 'T000000001' } as const;

export const workspacePeople = ['engineer', 'approver', 'security', 'implementer', 'auditor', 'admin', 'visitor', 'stranger'] as const;
export type WorkspacePerson = (typeof workspacePeople)[number];

export type SlackEmulator = {
  /** The Web API's address, with a slash at its end. */
  readonly api: string;
  readonly user: (person: WorkspacePerson) => string;
  readonly channel: (name: 'general' | 'approvals') => string;
  /** Calls it as somebody would with a token of their own, past everything a test puts in front of it. */
  readonly call: (method: string, args: Readonly<Record<string, unknown>>, token?: string) => Promise<unknown>;
  readonly tokenOf: (person: WorkspacePerson) => string;
  readonly close: () => Promise<void>;
};

const userList = z.object({ members: z.array(z.object({ id: z.string(), name: z.string() })) });
const channelList = z.object({ channels: z.array(z.object({ id: z.string(), name: z.string() })) });

/** An independent Slack Web API on a free port of loopback, with a workspace of sample people in it. */
export async function startEmulator(): Promise<SlackEmulator> {
  const tokenOf = (person: string): string => `xoxp-${person}`;
  const emulator = await createEmulator({
    service: 'slack',
    port: 0,
    seed: {
      slack: {
        users: workspacePeople.map((name) => ({ name, real_name: name, email: `${name}@example.com` })),
        channels: [{ name: 'approvals' }],
        oauth_apps: [
          {
            client_id: 'client',
            client_secret: 'secret',
            name: 'portclerk',
            redirect_uris: [],
            app_id: bot.app,
            bot_id: bot.id,
            bot_user_id: bot.user,
            bot_name: 'portclerk',
          },
        ],
        tokens: [
          { token: bot.token, user_id: bot.user, type: 'bot', app_id: bot.app, bot_id: bot.id, bot_user_id: bot.user },
          ...workspacePeople.map((name) => ({ token: tokenOf(name), user: name, type: 'user', app_id: bot.app })),
        ],
      },
    },
  });
  const api = `${emulator.url.replace(/\/$/, '')}/api/`;
  const call: SlackEmulator['call'] = async (method, args, token = bot.token) => {
    const response = await fetch(`${api}${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(args),
    });
    return response.json();
  };
  const { members } = userList.parse(await call('users.list', { limit: 1000 }));
  const { channels } = channelList.parse(await call('conversations.list', { limit: 1000 }));
  const idOf = (list: readonly { readonly id: string; readonly name: string }[], name: string): string =>
    list.find((one) => one.name === name)?.id ?? missing(name);
  const user = (person: WorkspacePerson): string => idOf(members, person);
  const channel = (name: string): string => idOf(channels, name);
  for (const place of ['general', 'approvals']) {
    await call('conversations.join', { channel: channel(place) });
    for (const person of workspacePeople) await call('conversations.join', { channel: channel(place) }, tokenOf(person));
  }
  return { api, user, channel, call, tokenOf, close: () => emulator.close() };
}

function missing(what: string): never {
  throw new Error(`the emulator has no ${what}`);
}
