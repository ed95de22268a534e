import type { Conversation } from '../chat/activity.ts';
import type { ChatPlatform, Delivery, Showing } from '../chat/platform.ts';
import { eligibleApprovers, personById } from '../domain/authority.ts';
import type { ChangeRequest, RequestId } from '../domain/change-request.ts';
import { instantOf } from '../domain/instant.ts';
import { copyKey } from './audience.ts';
import { abandonedEntry, postedEntry, type Shown } from './audit-deliveries.ts';
import { homeOf } from './home.ts';
import { channelReader } from './places.ts';
import type { OutboxRow, PostedCard } from './ports.ts';
import { createPump } from './pump.ts';
import { requestCard } from './request-card.ts';
import { accountOn } from './resolve-actor.ts';
import { withSettings } from './roster.ts';
import { codeCard } from './show-code.ts';
import { directoryOf, type Surroundings } from './turn.ts';

/** What to log of deliveries that do not go through. */
export type DeliveryLog = (event: { outbox: string; platform: string; reason: string; ended: boolean }) => void;

/** A delivery is given up after so many tries: a bit over a day with the waits below. */
const mostAttempts = 300;
const longestWaitMs = 5 * 60_000;
/** How long a row is nobody else's: longer than any call to a platform takes. */
const leaseMs = 30_000;
/** Conversations written to at the same time, on each platform. */
const atOnce = 20;

type Parts = Omit<Surroundings, 'wake'>;

export type Outbox = {
  /** Delivers all that is due. */
  readonly drain: () => Promise<void>;
};

/** The outbox: takes what was committed and brings it to the platforms, at least once, in order within a conversation. */
export function createOutbox(surroundings: Parts, log: DeliveryLog): Outbox {
  const { store, clock } = surroundings;
  const pumps = new Map<string, () => Promise<void>>();
  const pumpOf = (platform: ChatPlatform): (() => Promise<void>) => {
    const { id, reach } = platform;
    const known = pumps.get(id);
    if (known) return known;
    const pump = createPump<OutboxRow>({
      atOnce,
      claim: async (limit) => {
        if (reach === 'nowhere') return [];
        const now = clock.now();
        const leaseEnds = instantOf(new Date(now.getTime() + leaseMs));
        return store.claimOutbox({ platform: id, within: reach === 'everywhere' ? null : reach, now: instantOf(now), leaseEnds, limit });
      },
      work: (row) => deliver(row, platform, surroundings, log),
    });
    pumps.set(id, pump);
    return pump;
  };
  return { drain: async () => void (await Promise.all(surroundings.platforms.map((platform) => pumpOf(platform)()))) };
}

async function deliver(row: OutboxRow, platform: ChatPlatform, surroundings: Parts, log: DeliveryLog): Promise<void> {
  const { store, clock } = surroundings;
  const { delivery, shown } = await attempt(row, platform, surroundings);
  if (delivery.kind === 'delivered') {
    const { message } = delivery;
    if (shown === null) await store.delivered(row.id, null);
    else await store.delivered(row.id, { request: shown.request.id, reader: shown.reader, message }, [postedEntry(shown, message)]);
    return;
  }
  const ended = delivery.kind === 'gone' || row.attempts + 1 >= mostAttempts;
  log({ outbox: row.id, platform: platform.id, reason: delivery.reason, ended });
  if (ended) {
    const { request } = row.content;
    const missing = request === null ? [] : (await store.undelivered(request)).map(({ conversation }) => keyOf(conversation));
    await store.abandon(row.id, delivery.reason, [abandonedEntry(row, delivery.reason)]);
    if (request !== null && !missing.includes(keyOf(row.conversation)))
      await showUndelivered(request, [...missing, keyOf(row.conversation)], surroundings);
    return;
  }
  const wait = delivery.afterMs ?? Math.min(1000 * 2 ** row.attempts, longestWaitMs);
  await store.postpone(row.id, instantOf(new Date(clock.now().getTime() + wait)), delivery.reason);
}

/** The copies that do stand say that another could not be posted, once for each: where nothing arrives nothing more is tried. */
async function showUndelivered(request: RequestId, missing: readonly string[], { store, newId }: Parts): Promise<void> {
  const copies = (await store.postedCards(request)).filter(({ message }) => !missing.includes(keyOf(message.conversation)));
  const outbox = copies.map(({ reader, message }) => ({
    id: newId(),
    conversation: message.conversation,
    content: { kind: 'request-card' as const, request, reader },
  }));
  if (outbox.length > 0) await store.commit({ audit: [], outbox });
}

const keyOf = (conversation: Conversation): string => copyKey(null, conversation);

/** `shown` is what a card posted for the first time shows, and to whom; null for everything else. */
type Attempt = { readonly delivery: Delivery; readonly shown: Shown | null };

async function attempt(row: OutboxRow, platform: ChatPlatform, surroundings: Parts): Promise<Attempt> {
  const { content, conversation } = row;
  if (content.kind === 'link-code') return { delivery: await showCode(row, content, platform, surroundings), shown: null };
  if (content.kind === 'home') return { delivery: await showHome(content.reader, platform, surroundings), shown: null };
  const copies = content.request === null ? [] : await surroundings.store.postedCards(content.request);
  const standing = (reader: PostedCard['reader']) =>
    copies.find((copy) => copyKey(copy.reader, copy.message.conversation) === copyKey(reader, conversation));
  const posting = { conversation, key: row.id, again: row.again, only: null, views: null };
  if (content.kind === 'card') {
    const root = content.request !== null && conversation.kind === 'channel' ? (standing(null)?.message.id ?? null) : conversation.thread;
    const { card, only } = content;
    return {
      delivery: await trying(() => platform.post({ ...posting, conversation: { ...conversation, thread: root }, card, only })),
      shown: null,
    };
  }
  const current = await currentCard(row, content, platform, surroundings);
  const copy = standing(content.reader);
  if (!current) return { delivery: { kind: 'gone', reason: `${content.request} or its reader is no more` }, shown: null };
  const { showing, request } = current;
  return copy
    ? { delivery: await trying(() => platform.edit(copy.message, showing)), shown: null }
    : { delivery: await trying(() => platform.post({ ...posting, ...showing })), shown: { request, reader: content.reader } };
}

async function currentCard(
  { conversation }: OutboxRow,
  content: Pick<PostedCard, 'request' | 'reader'>,
  platform: ChatPlatform,
  { store, knowledge, defaults, clock }: Parts,
): Promise<{ readonly showing: Showing; readonly request: ChangeRequest } | null> {
  const request = await store.request(content.request);
  const settings = await store.settings();
  const known = withSettings(knowledge.current(), settings, instantOf(clock.now()));
  const directory = directoryOf(known);
  const person = content.reader === null ? null : personById(directory, content.reader);
  if (!request || (content.reader !== null && person === null)) return null;
  const reader = person ?? channelReader(conversation, settings, defaults);
  const undelivered = await store.undelivered(request.id);
  const localTimes = person === null && platform.capabilities.localTimes === true;
  const card = requestCard(request, content.reader, known, reader, { undelivered, localTimes });
  if (person !== null) return { request, showing: { card, views: null } };
  const accounts = eligibleApprovers(directory, request).flatMap((id) => {
    const approver = personById(directory, id);
    const account = approver === null ? undefined : accountOn(platform.id, approver);
    return account === undefined ? [] : [account];
  });
  return { request, showing: { card, views: { request: request.id, version: request.version, accounts } } };
}

async function showHome(
  reader: Extract<OutboxRow['content'], { kind: 'home' }>['reader'],
  platform: ChatPlatform,
  parts: Parts,
): Promise<Delivery> {
  const knowledge = withSettings(parts.knowledge.current(), await parts.store.settings(), instantOf(parts.clock.now()));
  const person = personById(directoryOf(knowledge), reader);
  const account = person === null ? undefined : accountOn(platform.id, person);
  if (person === null || account === undefined) return { kind: 'gone', reason: `${reader} has no page there any more` };
  const home = await homeOf(person, knowledge, parts.store);
  return trying(() => platform.showHome?.(account, home) ?? Promise.resolve({ kind: 'gone', reason: 'the platform has no such page' }));
}

async function showCode(
  { id, conversation, again }: OutboxRow,
  { reader, on }: Extract<OutboxRow['content'], { kind: 'link-code' }>,
  platform: ChatPlatform,
  surroundings: Parts,
): Promise<Delivery> {
  const person = personById(directoryOf(surroundings.knowledge.current()), reader);
  if (person === null) return { kind: 'gone', reason: `${reader} is no more` };
  return trying(async () => {
    const card = await codeCard(person, on, surroundings);
    return platform.post({ conversation, key: id, again, only: null, views: null, card });
  });
}

/** Whatever a platform throws is a failed delivery, to be tried again. */
async function trying(work: () => Promise<Delivery>): Promise<Delivery> {
  try {
    return await work();
  } catch (error) {
    return { kind: 'retry', afterMs: null, reason: error instanceof Error ? error.message : String(error) };
  }
}
