import { z } from 'zod';
import type { Conversation } from '../../chat/activity.ts';

export const teamsPlatformId = 'teams';

/** Ids are opaque: Teams' are UUIDs and `19:…@thread.tacv2`, those of Microsoft's playground are neither. */
const id = z.string().min(1).max(1_000);
const account = z.object({ id, name: z.string().nullish(), aadObjectId: id.nullish() });

/** An activity of the Bot Framework, as far as it is looked at. */
export const incomingSchema = z.object({
  type: z.string(),
  id: id.nullish(),
  name: z.string().nullish(),
  channelId: id,
  serviceUrl: z.url({ protocol: /^https?$/ }),
  from: account,
  recipient: account,
  conversation: z.object({ id, conversationType: z.string().nullish(), tenantId: id.nullish(), isGroup: z.boolean().nullish() }),
  text: z.string().nullish(),
  locale: z.string().max(35).nullish(),
  value: z.unknown().optional(),
  replyToId: id.nullish(),
  action: z.string().nullish(),
  entities: z
    .array(z.object({ type: z.string(), mentioned: account.nullish().catch(null), text: z.string().nullish() }))
    .nullish()
    .catch(null),
  attachments: z
    .array(z.object({ contentType: z.string(), content: z.unknown() }))
    .nullish()
    .catch(null),
  membersAdded: z.array(account).nullish(),
  channelData: z.object({ tenant: z.object({ id: id.nullish() }).nullish(), team: z.object({ id: id.nullish() }).nullish() }).nullish(),
});
export type Incoming = z.infer<typeof incomingSchema>;

/** The tenants an activity says it comes from. */
export function tenantsOf({ channelData, conversation }: Incoming): readonly string[] {
  return [channelData?.tenant?.id, conversation.tenantId].flatMap((tenant) => (tenant ? [tenant] : []));
}

/** A channel's conversation and the message its thread hangs under: Teams writes both as one id. */
export function splitThread(conversationId: string): { readonly id: string; readonly thread: string | null } {
  const [id = conversationId, thread] = conversationId.split(';messageid=', 2);
  return { id, thread: thread || null };
}

/** The id of a conversation as Teams writes it, with the thread. */
export function joinThread(conversationId: string, thread: string | null): string {
  return thread === null ? conversationId : `${conversationId};messageid=${thread}`;
}

/** What kind of conversation it is; older activities do not say. */
export function typeOf({ conversation }: Incoming): 'personal' | 'groupChat' | 'channel' {
  const { conversationType, isGroup, id } = conversation;
  if (conversationType === 'personal' || conversationType === 'groupChat' || conversationType === 'channel') return conversationType;
  if (id.includes('@thread.tacv2') || id.includes('@thread.skype')) return 'channel';
  return isGroup || id.startsWith('19:') ? 'groupChat' : 'personal';
}

/** Where it was said. `account` is whose direct conversation it is, if it is one. */
export function conversationOf(incoming: Incoming, account: string): Conversation {
  if (typeOf(incoming) === 'personal') return { platform: teamsPlatformId, id: account, kind: 'direct', thread: null };
  const { id: place, thread } = splitThread(incoming.conversation.id);
  return { platform: teamsPlatformId, id: place, kind: 'channel', thread };
}
