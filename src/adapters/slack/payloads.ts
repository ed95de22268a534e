import { z } from 'zod';
import type { Conversation } from '../../chat/activity.ts';
import { parseJson } from './buttons.ts';
import { directConversation } from './platform.ts';
import { type Named, slackPlatformId } from './senders.ts';

/** What Slack sends of clicks, submissions, commands and shortcuts, as far as it is used here. All of it is signed by Slack. */

const user = z.object({ id: z.string(), username: z.string().nullish(), name: z.string().nullish(), team_id: z.string().nullish() });
const team = z.object({ id: z.string() }).nullish();
const view = z.looseObject({
  id: z.string(),
  hash: z.string().nullish(),
  type: z.string(),
  callback_id: z.string().nullish(),
  private_metadata: z.string().nullish(),
});

export const blockActions = z.object({
  type: z.literal('block_actions'),
  user,
  team,
  trigger_id: z.string().nullish(),
  response_url: z.string().nullish(),
  container: z.object({
    type: z.string(),
    message_ts: z.string().nullish(),
    channel_id: z.string().nullish(),
    thread_ts: z.string().nullish(),
    is_ephemeral: z.boolean().nullish(),
  }),
  message: z.object({ ts: z.string().nullish(), thread_ts: z.string().nullish() }).nullish(),
  view: view.nullish(),
  actions: z.array(z.object({ action_id: z.string(), action_ts: z.string().nullish(), value: z.string().nullish() })).min(1),
});
export type BlockActions = z.infer<typeof blockActions>;

export const viewSubmission = z.object({ type: z.literal('view_submission'), user, team, trigger_id: z.string().nullish(), view });
export const viewClosed = z.object({ type: z.literal('view_closed'), user, team, view });

export const command = z.object({
  command: z.string(),
  text: z.string().nullish(),
  user_id: z.string(),
  user_name: z.string().nullish(),
  team_id: z.string().nullish(),
  channel_id: z.string(),
  trigger_id: z.string(),
  response_url: z.string().nullish(),
});

export const shortcut = z.object({
  type: z.enum(['shortcut', 'message_action']),
  callback_id: z.string(),
  user,
  team,
  trigger_id: z.string(),
  action_ts: z.string().nullish(),
  message: z.object({ ts: z.string(), text: z.string().nullish() }).nullish(),
});

export const homeOpened = z.object({ event: z.object({ user: z.string(), tab: z.string().nullish() }) });

/** Whose doing it was, as the payload says. */
export function namedBy(payload: { readonly user: z.infer<typeof user>; readonly team?: z.infer<typeof team> }): Named {
  const { id, username, name, team_id } = payload.user;
  return { id, name: name ?? username ?? null, team: team_id ?? payload.team?.id ?? null };
}

/** Where a message stands that was clicked. A message for one person alone begins no thread. */
export function conversationOfClick({ container, message, user: { id } }: BlockActions): Conversation {
  const channel = container.channel_id;
  if (!channel || channel.startsWith('D')) return directConversation(id);
  const own = container.is_ephemeral === true ? null : (message?.ts ?? container.message_ts ?? null);
  return { platform: slackPlatformId, id: channel, kind: 'channel', thread: container.thread_ts ?? message?.thread_ts ?? own };
}

const origin = z.object({ id: z.string(), thread: z.string().nullable() });

/** Where a form was opened, to go with it through Slack: null in a direct conversation. */
export function originOf({ kind, id, thread }: Conversation): string | null {
  return kind === 'direct' ? null : JSON.stringify({ id, thread });
}

export function conversationFrom(text: string | null, account: string): Conversation {
  const parsed = origin.safeParse(text === null ? null : parseJson(text));
  return parsed.success ? { platform: slackPlatformId, kind: 'channel', ...parsed.data } : directConversation(account);
}
