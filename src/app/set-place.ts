import type { Conversation } from '../chat/activity.ts';
import type { RequestId } from '../domain/change-request.ts';
import { refuse } from '../domain/refusal.ts';
import type { JsonObject, Locale, Message } from '../locale.ts';
import { deedEntry } from './audit-drafts.ts';
import { approvalsPlaces, channelReader } from './places.ts';
import type { NewOutboxRow } from './ports.ts';
import type { SettingChange, Settings } from './ports-settings.ts';
import { asPerson, messageCard, type PersonTurn, type Plan, refusedPlan, type Surroundings, type Turn } from './turn.ts';
import { underWay } from './under-way.ts';

type What = 'place.approvals' | 'place.locale';

/** Has approvers meet in this channel from here on; null: no longer where an administrator said. */
export function planApprovals(turn: Turn, order: 'here' | 'not-here' | 'nowhere', surroundings: Surroundings): Promise<Plan> {
  return asAdministrator(turn, 'place.approvals', async (asked, channel) => {
    const { settings } = asked;
    const before = settings.approvals.find(({ platform }) => platform === channel.platform) ?? null;
    if (order !== 'here' && (before === null || (order === 'not-here' && before.id !== channel.id))) {
      return refusedPlan(asked, 'place.approvals', null, refuse('approvals-not-here'));
    }
    const value = order === 'here' ? channel : null;
    const after: Settings = {
      ...settings,
      approvals: [...settings.approvals.filter((one) => one !== before), ...(value === null ? [] : [value])],
    };
    const platform = surroundings.platforms.filter(({ id }) => id === channel.platform);
    const [place] = approvalsPlaces(platform, after);
    const waiting = place === undefined ? [] : await surroundings.store.requests({ states: ['in-approval'] });
    const outbox = waiting.flatMap(({ id }): readonly NewOutboxRow[] => (place === undefined ? [] : [cardRow(id, place, surroundings)]));
    const key = value !== null ? 'place.approvals.here' : place === undefined ? 'place.approvals.nowhere' : 'place.approvals.configured';
    const change: SettingChange = { kind: 'approvals', platform: channel.platform, value };
    const said = { key, params: { count: waiting.length } };
    return set(asked, channel, 'place.approvals', change, [placeOf(before), placeOf(value)], said, outbox, after, surroundings);
  });
}

/** Has the shared cards of this channel written in a language; those of requests that are over stay as they are. */
export function planLocale(turn: Turn, locale: Locale, surroundings: Surroundings): Promise<Plan> {
  return asAdministrator(turn, 'place.locale', async (asked, channel) => {
    const { store } = surroundings;
    const { platform, id } = channel;
    const isHere = (one: Settings['locales'][number]): boolean => one.platform === platform && one.channel === id;
    const before = asked.settings.locales.find(isHere) ?? null;
    const locales = [...asked.settings.locales.filter((one) => !isHere(one)), { platform, channel: id, locale }];
    const open = await store.requests({ states: underWay });
    const posted = await Promise.all(open.map((request) => store.postedCards(request.id)));
    const outbox = posted
      .flat()
      .filter(({ reader, message: { conversation } }) => reader === null && conversation.platform === platform && conversation.id === id)
      .map(({ request, message }) => cardRow(request, message.conversation, surroundings));
    const change: SettingChange = { kind: 'locale', platform, channel: id, value: locale };
    const states = [
      { platform, channel: id, locale: before?.locale ?? null },
      { platform, channel: id, locale },
    ] as const;
    return set(
      asked,
      channel,
      'place.locale',
      change,
      states,
      { key: 'place.locale' },
      outbox,
      { ...asked.settings, locales },
      surroundings,
    );
  });
}

/** Said in a shared channel by an administrator, or refused. */
function asAdministrator(turn: Turn, what: What, work: (turn: PersonTurn, channel: Conversation) => Promise<Plan>): Promise<Plan> {
  return asPerson(turn, what, async (asked) => {
    if (!asked.person.powers.includes('administer')) return refusedPlan(asked, what, null, refuse('not-administrator'));
    const { conversation } = asked.activity;
    if (conversation.kind !== 'channel') return refusedPlan(asked, what, null, refuse('say-in-channel'));
    return work(asked, { ...conversation, thread: null });
  });
}

/** Everyone there is told, in the channel's language as it is now. */
function set(
  turn: PersonTurn,
  channel: Conversation,
  what: What,
  change: SettingChange,
  [before, after]: readonly [JsonObject | null, JsonObject | null],
  message: Message,
  outbox: readonly NewOutboxRow[],
  settings: Settings,
  { defaults }: Surroundings,
): Plan {
  const card = messageCard(turn.knowledge.say, channelReader(channel, settings, defaults), [message], { tone: 'good' });
  const entry = { ...deedEntry(turn, what, null, after), before };
  return { commit: { audit: [entry], settings: [change], outbox }, reply: { cards: [card], private: false } };
}

function cardRow(request: RequestId, conversation: Conversation, { newId }: Surroundings): NewOutboxRow {
  return { id: newId(), conversation, content: { kind: 'request-card', request, reader: null } };
}

const placeOf = (place: Conversation | null): JsonObject | null =>
  place === null ? null : { platform: place.platform, channel: place.id };
