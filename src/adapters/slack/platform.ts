import { z } from 'zod';
import type { Conversation, MessageRef } from '../../chat/activity.ts';
import type { ChatPlatform, Delivery } from '../../chat/platform.ts';
import type { Say } from '../../locale.ts';
import type { Call } from './client.ts';
import type { DirectChannels } from './direct-channels.ts';
import { failureOf } from './errors.ts';
import { renderSlackHome } from './home.ts';
import type { KeptPayloads } from './kept-payloads.ts';
import type { Place, Posts } from './posts.ts';
import { slackPlatformId } from './senders.ts';

const members = z.object({ users: z.array(z.string()) });

export type SlackPlatformParts = {
  readonly call: Call;
  readonly posts: Posts;
  readonly direct: DirectChannels;
  readonly kept: KeptPayloads;
  readonly say: () => Say;
  readonly approvalsChannel: string | null;
  readonly trouble: () => string | null;
  /** Hears of failures that the operator has to mend. */
  readonly onTrouble: (reason: string) => void;
};

export const directConversation = (account: string): Conversation => ({
  platform: slackPlatformId,
  id: account,
  kind: 'direct',
  thread: null,
});

/** Slack as the outbox sees it. */
export function createSlackPlatform(slack: SlackPlatformParts): ChatPlatform {
  const { call, posts } = slack;
  const approvals: Conversation | null =
    slack.approvalsChannel === null ? null : { platform: slackPlatformId, id: slack.approvalsChannel, kind: 'channel', thread: null };

  return {
    id: slackPlatformId,
    capabilities: { approvals, dialogs: 'direct', forms: true, home: true, localTimes: true },
    reach: 'everywhere',
    direct: directConversation,
    post: ({ conversation, card, key, only, again }) =>
      delivering(async () => {
        const place = await placeOf(conversation);
        const isWhisper = only !== null && conversation.kind === 'channel';
        return { conversation, id: isWhisper ? await posts.whisper(place, only, card) : await posts.say(place, card, key, again) };
      }),
    edit: (message, { card }) =>
      delivering(async () => {
        await posts.replace(await placeOf(message.conversation), message.id, card);
        return message;
      }),
    showHome: (account, home) =>
      delivering(async () => {
        const { view, kept } = renderSlackHome(home, slack.say());
        await slack.kept.keep(kept);
        await call('views.publish', { user_id: account, view });
        return { conversation: directConversation(account), id: 'home' };
      }),
    async membersOf(group) {
      const { users } = members.parse(await call('usergroups.users.list', { usergroup: group }));
      return users;
    },
    trouble: slack.trouble,
  };

  async function delivering(work: () => Promise<MessageRef>): Promise<Delivery> {
    try {
      return { kind: 'delivered', message: await work() };
    } catch (error) {
      const failure = failureOf(error);
      if (failure.kind === 'gone') return failure;
      if (failure.trouble) slack.onTrouble(failure.reason);
      return { kind: 'retry', afterMs: failure.afterMs, reason: failure.reason };
    }
  }

  async function placeOf({ kind, id, thread }: Conversation): Promise<Place> {
    return kind === 'direct' ? { channel: await slack.direct.of(id), thread: null } : { channel: id, thread };
  }
}
