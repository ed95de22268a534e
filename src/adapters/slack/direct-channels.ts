import { z } from 'zod';
import type { Call } from './client.ts';

const opened = z.object({ channel: z.object({ id: z.string() }) });

/** The channels behind direct conversations, which are known by the other person's id. */
export type DirectChannels = {
  /** Opens it where that has not been done. Rejects as the call does. */
  readonly of: (account: string) => Promise<string>;
  readonly learn: (account: string, channel: string) => void;
};

export function createDirectChannels(call: Call): DirectChannels {
  const known = new Map<string, string>();
  return {
    async of(account) {
      const standing = known.get(account);
      if (standing !== undefined) return standing;
      const { channel } = opened.parse(await call('conversations.open', { users: account }));
      known.set(account, channel.id);
      return channel.id;
    },
    learn: (account, channel) => void known.set(account, channel),
  };
}
