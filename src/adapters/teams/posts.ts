import type { Activity, ConversationReference, TurnContext } from 'botbuilder';
import type { JsonObject } from '../../locale.ts';
import type { Connection } from './connection.ts';
import { joinThread } from './incoming.ts';
import type { Place, Service } from './references.ts';

/** Who the bot is when it speaks by itself. */
export type Speaker = { readonly connection: Connection; readonly appId: string; readonly tenant: string | null };

/** Public cloud's audience of tokens for the connector. */
const audience = 'https://api.botframework.com';

/** A card stands alone in its activity: beside a text, Teams splits the two and the id of the message is lost. */
export function cardActivity(content: JsonObject, summary: string): Partial<Activity> {
  return { type: 'message', summary, attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }] };
}

/** Posts, and returns the message's id. */
export async function send(speaker: Speaker, place: Place, thread: string | null, activity: Partial<Activity>): Promise<string> {
  let id = '';
  await inConversation(speaker, place, thread, async (context) => {
    id = (await context.sendActivity(activity))?.id ?? '';
  });
  if (id === '') throw new Error('Teams named no id for a message');
  return id;
}

/** Puts another activity in a message's place. */
export function replace(speaker: Speaker, place: Place, thread: string | null, id: string, activity: Partial<Activity>): Promise<void> {
  return inConversation(speaker, place, thread, async (context) => {
    await context.updateActivity({ ...activity, id });
  });
}

/** Works in a conversation as the bot, which nobody has just spoken to. */
export async function inConversation(
  { connection, appId, tenant }: Speaker,
  { conversation, type, service, bot }: Place,
  thread: string | null,
  work: (context: TurnContext) => Promise<void>,
): Promise<void> {
  const at = { id: joinThread(conversation, thread), name: '', conversationType: type, isGroup: type !== 'personal' };
  const reference: Partial<ConversationReference> = {
    channelId: 'msteams',
    serviceUrl: service,
    bot: { id: bot, name: '' },
    conversation: tenant === null ? at : { ...at, tenantId: tenant },
  };
  await connection.continueConversationAsync(appId, reference, work);
}

/** Begins the conversation with somebody who has not written to the bot yet; the same one again where there is one. */
export async function begin({ connection, appId, tenant }: Speaker, { service, bot }: Service, account: string): Promise<Place> {
  let conversation = '';
  const about = tenant === null ? { channelData: {} } : { tenantId: tenant, channelData: { tenant: { id: tenant } } };
  await connection.createConversationAsync(
    appId,
    'msteams',
    service,
    audience,
    { isGroup: false, bot: { id: bot, name: '' }, members: [{ id: account, name: '' }], ...about },
    async (context) => {
      conversation = context.activity.conversation.id;
    },
  );
  return { conversation, type: 'personal', service, bot };
}
