import type { AccountPlatform } from '../domain/actor.ts';
import { personById } from '../domain/authority.ts';
import type { Instant } from '../domain/instant.ts';
import { refuse } from '../domain/refusal.ts';
import { directly } from './audience.ts';
import { toPerson } from './audit-deliveries.ts';
import { deedEntry, refusalEntry } from './audit-drafts.ts';
import { codeDigest } from './link-code.ts';
import type { NewOutboxRow } from './ports.ts';
import type { SettingChange, Settings } from './ports-settings.ts';
import { accountOn, isLocal } from './resolve-actor.ts';
import { withSettings } from './roster.ts';
import {
  asPerson,
  directoryOf,
  messageCard,
  type PersonTurn,
  type Plan,
  privately,
  refusalCard,
  refusedPlan,
  type Surroundings,
  type Turn,
} from './turn.ts';
import { waitingCards } from './waiting-cards.ts';

/** So many wrong codes are taken within an hour, from one account and from all together. */
const mostGuesses = { account: 5, all: 50 };
const guessesMs = 3_600_000;

/** Has a code shown to a person, in their direct conversation, to be typed by their account on another platform. */
export function planLink(turn: Turn, platform: AccountPlatform, surroundings: Surroundings): Promise<Plan> {
  return asPerson(turn, 'account.code', async (asked) => {
    const { person, activity, settings, now } = asked;
    const name = platformName(asked, platform);
    const refused = (code: string) => refusedPlan(asked, 'account.code', null, refuse(code, { platform: name }));
    // There anybody may sign as anybody: no ground to vouch for an account elsewhere.
    if (isLocal(activity.conversation.platform)) return refused('link-not-here');
    if (!surroundings.platforms.some(({ id }) => id === platform)) return refused('link-no-platform');
    if (accountOn(platform, person) !== undefined) return refused('link-has-account');
    const isAlone = activity.conversation.kind === 'direct';
    const place = isAlone
      ? activity.conversation
      : (surroundings.platforms.find(({ id }) => id === activity.conversation.platform)?.direct(activity.sender.id) ?? null);
    if (place === null) return refused('say-directly');
    const content = { kind: 'link-code', request: null, reader: person.id, on: platform } as const;
    const row: NewOutboxRow = { id: surroundings.newId(), conversation: place, content };
    const earlier = settings.codes.filter(
      (code) => isOver(code.expires_at, now) || (code.person === person.id && code.platform === platform),
    );
    const said = messageCard(asked.knowledge.say, asked.reader, [{ key: 'account.code.elsewhere' }]);
    return {
      commit: { audit: [deedEntry(asked, 'account.code', null, { platform })], outbox: [row], settings: withoutCodes(earlier) },
      reply: privately(asked, isAlone && activity.kind === 'message' ? [] : [said]),
    };
  });
}

/** Makes the account the code was typed by the person's to whom it was shown. Whatever is wrong, they are told the same. */
export async function planCode(turn: Turn, typed: string, surroundings: Surroundings): Promise<Plan> {
  const { activity, settings, now, knowledge } = turn;
  const { sender, conversation } = activity;
  const code = settings.codes.find(({ digest }) => digest === codeDigest(typed));
  if (conversation.kind !== 'direct') {
    // Whoever reads along could use it now.
    const plan = refusedPlan(turn, 'account.link', null, refuse('code-in-public'));
    return { ...plan, commit: { ...plan.commit, settings: withoutCodes(code === undefined ? [] : [code]) } };
  }
  const guesses = settings.guesses.filter(({ at }) => Date.parse(now) - Date.parse(at) < guessesMs);
  const own = guesses.filter(({ platform, account }) => platform === sender.platform && account === sender.id);
  if (own.length >= mostGuesses.account || guesses.length >= mostGuesses.all) {
    return refusedPlan(turn, 'account.link', null, refuse('too-many-codes'));
  }
  const directory = directoryOf(knowledge);
  const person = code === undefined ? null : personById(directory, code.person);
  const isGood =
    code !== undefined &&
    person !== null &&
    code.platform === sender.platform &&
    !isOver(code.expires_at, now) &&
    turn.actor.kind === 'unknown' &&
    sender.standing === 'member' &&
    accountOn(sender.platform, person) === undefined;
  if (!isGood) {
    const old = settings.guesses.filter((guess) => !guesses.includes(guess)).map(({ id }) => id);
    const guess = { platform: sender.platform, account: sender.id, at: now };
    const changes: readonly SettingChange[] = [
      ...old.map((id) => ({ kind: 'guess', id, value: null }) as const),
      { kind: 'guess', id: surroundings.newId(), value: guess },
    ];
    const refusal = refuse('wrong-code');
    return {
      commit: { audit: [refusalEntry(turn, 'account.link', null, refusal.code)], settings: changes },
      reply: privately(turn, [refusalCard(turn, refusal)]),
    };
  }
  const spent = settings.codes.filter((one) => one.person === person.id && one.platform === code.platform);
  const message = { key: 'account.linked', params: { platform: platformName(turn, code.platform), account: sender.id, name: sender.name } };
  const told = directly(person, surroundings).map((place) => ({
    id: surroundings.newId(),
    conversation: place,
    content: { kind: 'card', request: null, card: messageCard(knowledge.say, person, [message], { tone: 'good' }), only: null } as const,
  }));
  const said = messageCard(knowledge.say, person, [{ key: 'account.linked.here', params: { person: person.name } }], { tone: 'good' });
  const link = { platform: sender.platform, account: sender.id, person: person.id };
  const after: Settings = { ...settings, links: [...settings.links, link] };
  const waiting = await waitingCards(withSettings(surroundings.knowledge.current(), after, now), { ...surroundings, settings: after });
  const here = waiting.filter(({ conversation: { platform, id } }) => platform === conversation.platform && id === conversation.id);
  return {
    commit: {
      audit: [deedEntry(turn, 'account.link', null, { platform: sender.platform }, toPerson(person.id))],
      outbox: [...told, ...here],
      settings: [{ kind: 'link', platform: sender.platform, account: sender.id, value: person.id }, ...withoutCodes(spent)],
    },
    reply: privately(turn, [said]),
  };
}

/** Takes a link away. What the people file says stays. */
export function planUnlink(turn: Turn, platform: AccountPlatform): Promise<Plan> {
  return asPerson(turn, 'account.unlink', async (asked: PersonTurn) => {
    const { person, settings, knowledge } = asked;
    const name = platformName(asked, platform);
    const own = settings.links.filter((link) => link.person === person.id && link.platform === platform);
    if (own.length === 0) {
      const code = accountOn(platform, person) === undefined ? 'unlink-nothing' : 'unlink-file';
      return refusedPlan(asked, 'account.unlink', null, refuse(code, { platform: name }));
    }
    const accounts = own.map(({ account }) => account);
    const said = messageCard(knowledge.say, asked.reader, [{ key: 'account.unlinked', params: { platform: name } }], { tone: 'good' });
    return {
      commit: {
        audit: [deedEntry(asked, 'account.unlink', null, { platform }, { accounts })],
        settings: accounts.map((account) => ({ kind: 'link', platform, account, value: null })),
      },
      reply: privately(asked, [said]),
    };
  });
}

export function platformName({ knowledge: { say }, reader }: Pick<Turn, 'knowledge' | 'reader'>, platform: string): string {
  return platform === 'slack' || platform === 'teams' ? say({ key: `account.platform.${platform}` }, reader) : platform;
}

const isOver = (ends: Instant, now: Instant): boolean => ends <= now;

function withoutCodes(codes: Settings['codes']): readonly SettingChange[] {
  return codes.map(({ digest }) => ({ kind: 'code', digest, value: null }));
}
