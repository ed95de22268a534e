import type { Clock } from '../../app/ports.ts';
import type { Conversation, MessageRef } from '../../chat/activity.ts';
import type { ChatPlatform, Delivery, Posting, Showing } from '../../chat/platform.ts';
import { inTime } from '../../chat/within.ts';
import type { JsonObject, Say } from '../../locale.ts';
import { renderTeamsMessages, renderTeamsRequestCard } from './card.ts';
import { ConnectorRefusal, failedDelivery } from './errors.ts';
import { teamsPlatformId } from './incoming.ts';
import type { Members } from './members.ts';
import { begin, cardActivity, replace, type Speaker, send } from './posts.ts';
import type { Place, References } from './references.ts';
import { plainSummary } from './text.ts';
import { createThrottle } from './throttle.ts';

/** A token that has to be fetched first, and the call itself. */
const longestSendMs = 25_000;
/** Nobody there has ever spoken to the bot: perhaps later. */
const unmetMs = 5 * 60_000;
const mostRemembered = 1_000;

export type PlatformParts = Speaker & {
  readonly references: References;
  readonly members: Members;
  readonly clock: Clock;
  readonly say: () => Say;
  readonly random: () => number;
};

/** Teams, as the outbox sees it. */
export function createTeamsPlatform(parts: PlatformParts): ChatPlatform {
  const { references, members, clock, say, random } = parts;
  const throttle = createThrottle(clock);
  const failures = new Map<string, number>();
  const posted = new Map<string, readonly string[]>();
  let trouble: string | null = null;

  async function attempted(place: Place, work: () => Promise<MessageRef | { readonly wait: number }>): Promise<Delivery> {
    try {
      const done = await inTime(work(), longestSendMs, 'a call to Teams');
      if ('wait' in done) return { kind: 'retry', afterMs: done.wait, reason: 'held back to stay under the limits of Teams' };
      failures.delete(place.conversation);
      trouble = null;
      return { kind: 'delivered', message: done };
    } catch (error) {
      const count = failures.get(place.conversation) ?? 0;
      failures.set(place.conversation, count + 1);
      if (failures.size > mostRemembered) failures.clear();
      if (!(error instanceof ConnectorRefusal) || error.status === 401) trouble = `calls to Teams fail: ${messageOf(error)}`;
      return failedDelivery(error, count, random);
    }
  }

  async function begun(conversation: Conversation): Promise<Place | Delivery> {
    const service = conversation.kind === 'direct' && parts.tenant !== null ? await references.service() : null;
    if (service === null) return { kind: 'retry', afterMs: unmetMs, reason: 'the bot was not met there yet' };
    const member = await references.memberOf(conversation.id);
    try {
      const place = await inTime(begin(parts, service, member?.mri ?? conversation.id), longestSendMs, 'a call to Teams');
      await references.learnDirect(conversation.id, place);
      return place;
    } catch (error) {
      return failedDelivery(error, 0, random);
    }
  }

  async function render(showing: Showing, place: Place): Promise<JsonObject> {
    const accounts = showing.views?.accounts ?? [];
    const ids = await Promise.all(accounts.map(async (account) => [account, await members.mriOf(place, account)] as const));
    const byAccount = new Map(ids);
    return renderTeamsRequestCard(showing, { say: say(), userId: (account) => byAccount.get(account) ?? null });
  }

  /** What can be opened in full is shortened, and stays one message that can be edited; all else takes as many as it needs. */
  async function pagesOf(posting: Posting, place: Place): Promise<readonly JsonObject[]> {
    const opens = posting.card.actions.some((action) => action.kind === 'button' && action.action === 'request.details');
    return posting.views !== null || opens ? [await render(posting, place)] : renderTeamsMessages(posting.card, { say: say() });
  }

  function remember(key: string, ids: readonly string[]): void {
    posted.set(key, ids);
    const [oldest] = posted.keys();
    if (posted.size > mostRemembered && oldest !== undefined) posted.delete(oldest);
  }

  return {
    id: teamsPlatformId,
    capabilities: { approvals: null, dialogs: 'direct', forms: true, home: false },
    direct: (account) => ({ platform: teamsPlatformId, id: account, kind: 'direct', thread: null }),
    reach: 'everywhere',
    trouble: () => trouble,
    async post(posting) {
      const conversation = addressed(posting);
      const place = (await references.placeOf(conversation)) ?? (await begun(conversation));
      if ('kind' in place) return place;
      const pages = await pagesOf(posting, place);
      const summary = plainSummary(posting.card);
      return attempted(place, async () => {
        // Teams can't be asked what was posted under a key: this process at least knows what it posted itself.
        let sent = posted.get(posting.key) ?? [];
        for (const page of pages.slice(sent.length)) {
          const wait = throttle.take(place.conversation);
          if (wait > 0) return { wait };
          sent = [...sent, await send(parts, place, conversation.thread, cardActivity(page, summary))];
          remember(posting.key, sent);
        }
        return { conversation, id: sent.at(-1) ?? '' };
      });
    },
    async edit(message, showing) {
      const place = await references.placeOf(message.conversation);
      if (place === null) return { kind: 'gone', reason: 'the conversation is not known' };
      const content = await render(showing, place);
      return attempted(place, async () => {
        const wait = throttle.take(place.conversation);
        if (wait > 0) return { wait };
        await replace(parts, place, message.conversation.thread, message.id, cardActivity(content, plainSummary(showing.card)));
        return message;
      });
    },
  };
}

/** Where a posting goes: Teams shows nothing to one person alone in a channel, so that goes to their direct conversation. */
function addressed({ conversation, only }: Posting): Conversation {
  return only === null || conversation.kind === 'direct' ? conversation : { ...conversation, id: only, kind: 'direct', thread: null };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
