import type { ChatPlatform } from '../chat/platform.ts';
import { inTime } from '../chat/within.ts';
import type { Group } from '../domain/actor.ts';
import { instantOf } from '../domain/instant.ts';
import { systemEntry } from './audit-drafts.ts';
import type { Commit, TurnReply } from './ports.ts';
import type { Settings } from './ports-settings.ts';
import { withSettings } from './roster.ts';
import type { PersonTurn, Surroundings } from './turn.ts';
import { waitingCards } from './waiting-cards.ts';

type Parts = Pick<Surroundings, 'store' | 'clock' | 'platforms' | 'knowledge' | 'newId' | 'defaults'>;

/** A decision is looked at with members as they were at most so long ago, the rest of the time with these. */
const decisionMs = 60_000;
const backgroundMs = 5 * 60_000;
/** How often the background looks: a group that could not be read is tried again that soon. */
const lookMs = 60_000;
/** Somebody who clicked waits for no longer than this. */
const patienceMs = 1_000;

const silent: TurnReply = { cards: [], private: true };

/** The turn with the members of the platforms' own groups as they are now, or as they were when last they could be read. */
export async function withFreshGroups(turn: PersonTurn, surroundings: Surroundings): Promise<PersonTurn> {
  if (!turn.knowledge.groups.some(isOutside)) return turn;
  const outcome = await readGroups(surroundings, turn.settings, decisionMs);
  if (!outcome.wasRead) return turn;
  const settings = await surroundings.store.settings();
  return { ...turn, settings, knowledge: withSettings(surroundings.knowledge.current(), settings, turn.now) };
}

/** Reads the groups again from time to time. `onFault` hears of each that can't be read. */
export function watchGroups(parts: Parts, onFault: (fault: unknown) => void): () => Promise<void> {
  let next = 0;
  return async () => {
    const now = parts.clock.now().getTime();
    if (now < next || !parts.knowledge.current().groups.some(isOutside)) return;
    next = now + lookMs;
    const { faults } = await readGroups(parts, await parts.store.settings(), backgroundMs);
    for (const fault of faults) onFault(fault);
  };
}

const isOutside = ({ slack_user_group }: Group): boolean => slack_user_group !== undefined;

async function readGroups(parts: Parts, settings: Settings, oldestMs: number) {
  const now = parts.clock.now().getTime();
  const old = parts.knowledge.current().groups.filter((group) => {
    const known = settings.groups.find((one) => one.group === group.id);
    return isOutside(group) && (known === undefined || now - Date.parse(known.read_at) >= oldestMs);
  });
  const platform = parts.platforms.find(({ id }) => id === 'slack');
  const outcomes = await Promise.allSettled(old.map((group) => readGroup(group, platform, settings, parts)));
  const faults = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  return { wasRead: outcomes.length > faults.length, faults };
}

async function readGroup(group: Group, platform: ChatPlatform | undefined, settings: Settings, parts: Parts): Promise<void> {
  const { store, clock, knowledge } = parts;
  const asked = group.slack_user_group;
  if (asked === undefined || platform?.membersOf === undefined) return;
  const accounts = [...new Set(await inTime(platform.membersOf(asked), patienceMs, `the group ${group.id}`))].sort();
  const before = settings.groups.find((one) => one.group === group.id);
  const value = { accounts, read_at: instantOf(clock.now()) };
  const change = { kind: 'group', group: group.id, value } as const;
  const isSame = before !== undefined && JSON.stringify(before.accounts) === JSON.stringify(accounts);
  if (isSame) {
    await store.commit({ audit: [], settings: [change] });
    return;
  }
  const after: Settings = { ...settings, groups: [...settings.groups.filter((one) => one !== before), { group: group.id, ...value }] };
  const known = withSettings(knowledge.current(), after, value.read_at);
  const outbox = await waitingCards(known, { ...parts, settings: after });
  await store.commit({ ...changed(group, before, accounts), settings: [change], outbox });
}

/** Of several processes that see the same change, one writes it. */
function changed(group: Group, before: Settings['groups'][number] | undefined, accounts: readonly string[]): Commit {
  const former = before?.accounts ?? [];
  const entry = systemEntry('group.members', {
    object: group.id,
    before: before === undefined ? null : { count: former.length },
    after: { count: accounts.length, slack_user_group: group.slack_user_group ?? null },
    personal: {
      joined: accounts.filter((account) => !former.includes(account)),
      left: former.filter((account) => !accounts.includes(account)),
    },
  });
  return { audit: [entry], receipts: [{ key: `group:${group.id}:${before?.read_at ?? ''}`, reply: silent }] };
}
