import type { Card } from '../chat/card.ts';
import type { ChatPlatform, Delivery } from '../chat/platform.ts';
import type { ChangeRequest } from '../domain/change-request.ts';
import { instantOf } from '../domain/instant.ts';
import { copyKey } from './audience.ts';
import { abandonedEntry, postedEntry, type Shown } from './audit-deliveries.ts';
import type { OutboxRow, PostedCard } from './ports.ts';
import { requestCard } from './request-card.ts';
import type { Surroundings } from './turn.ts';

/** What to log of deliveries that do not go through. */
export type DeliveryLog = (event: { outbox: string; platform: string; reason: string; ended: boolean }) => void;

/** A delivery is given up after so many tries: a bit over a day with the waits below. */
const mostAttempts = 300;
const longestWaitMs = 5 * 60_000;

export type Outbox = {
  /** Delivers all that is due. One round at a time: a call during a round is answered by a round after it. */
  readonly drain: () => Promise<void>;
};

/** The outbox: takes what was committed and brings it to the platforms, at least once, in order within a conversation. */
export function createOutbox(surroundings: Omit<Surroundings, 'wake'>, log: DeliveryLog): Outbox {
  let running: Promise<void> | null = null;
  let again = false;
  const drain = (): Promise<void> => {
    if (running) {
      again = true;
      return running;
    }
    running = (async () => {
      do {
        again = false;
        while (await round(surroundings, log));
      } while (again);
    })().finally(() => {
      running = null;
    });
    return running;
  };
  return { drain };
}

/** Delivers the first due row of each conversation. False when there was none. */
async function round(surroundings: Omit<Surroundings, 'wake'>, log: DeliveryLog): Promise<boolean> {
  const { store, platforms, clock } = surroundings;
  const rows = await store.dueOutbox(
    platforms.map(({ id }) => id),
    instantOf(clock.now()),
  );
  let delivered = false;
  for (const row of rows) {
    const platform = platforms.find(({ id }) => id === row.conversation.platform);
    if (!platform?.serves(row.conversation)) continue;
    await deliver(row, platform, surroundings, log);
    delivered = true;
  }
  return delivered;
}

async function deliver(row: OutboxRow, platform: ChatPlatform, surroundings: Omit<Surroundings, 'wake'>, log: DeliveryLog): Promise<void> {
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
    await store.abandon(row.id, delivery.reason, [abandonedEntry(row, delivery.reason)]);
    return;
  }
  const wait = delivery.afterMs ?? Math.min(1000 * 2 ** row.attempts, longestWaitMs);
  await store.postpone(row.id, instantOf(new Date(clock.now().getTime() + wait)), delivery.reason);
}

/** `shown` is what a card posted for the first time shows, and to whom; null for everything else. */
type Attempt = { readonly delivery: Delivery; readonly shown: Shown | null };

async function attempt(row: OutboxRow, platform: ChatPlatform, surroundings: Omit<Surroundings, 'wake'>): Promise<Attempt> {
  const { content, conversation } = row;
  const copies = content.request === null ? [] : await surroundings.store.postedCards(content.request);
  const standing = (reader: PostedCard['reader']) =>
    copies.find((copy) => copyKey(copy.reader, copy.message.conversation) === copyKey(reader, conversation));
  if (content.kind === 'card') {
    const thread = conversation.kind === 'channel' ? (standing(null)?.message.id ?? null) : conversation.thread;
    return { delivery: await trying(() => platform.post({ ...conversation, thread }, content.card, row.id)), shown: null };
  }
  const current = await currentCard(content.request, content.reader, surroundings);
  const copy = standing(content.reader);
  if (!current) return { delivery: { kind: 'gone', reason: `${content.request} or its reader is no more` }, shown: null };
  const { card, request } = current;
  return copy
    ? { delivery: await trying(() => platform.edit(copy.message, card)), shown: null }
    : { delivery: await trying(() => platform.post(conversation, card, row.id)), shown: { request, reader: content.reader } };
}

async function currentCard(
  id: PostedCard['request'],
  reader: PostedCard['reader'],
  { store, knowledge, defaults }: Omit<Surroundings, 'wake'>,
): Promise<{ readonly card: Card; readonly request: ChangeRequest } | null> {
  const request = await store.request(id);
  const known = knowledge.current();
  const person = reader === null ? null : known.people.find((someone) => someone.id === reader);
  return request && person !== undefined ? { card: requestCard(request, reader, known, person ?? defaults), request } : null;
}

/** Whatever a platform throws is a failed delivery, to be tried again. */
async function trying(work: () => Promise<Delivery>): Promise<Delivery> {
  try {
    return await work();
  } catch (error) {
    return { kind: 'retry', afterMs: null, reason: error instanceof Error ? error.message : String(error) };
  }
}
