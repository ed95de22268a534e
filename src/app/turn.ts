import type { Activity } from '../chat/activity.ts';
import type { Card, CardAction, CardElement } from '../chat/card.ts';
import type { ChatPlatform } from '../chat/platform.ts';
import { type Actor, accountPlatforms, type Person } from '../domain/actor.ts';
import { type Directory, peopleWith } from '../domain/authority.ts';
import type { Instant } from '../domain/instant.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import type { Message, Reader, Say } from '../locale.ts';
import { refusalEntry } from './audit-drafts.ts';
import type { AuditReader, Clock, Commit, Defaults, Knowledge, KnowledgeSource, Store, TurnReply, WhoMayAsk } from './ports.ts';
import type { Inbox } from './ports-inbox.ts';
import type { Settings, SettingsReader } from './ports-settings.ts';

/** What the use cases need from outside. */
export type Surroundings = {
  readonly store: Store & AuditReader & Inbox & SettingsReader;
  readonly knowledge: KnowledgeSource;
  readonly clock: Clock;
  readonly platforms: readonly ChatPlatform[];
  readonly defaults: Defaults;
  /** Whether questions are kept in the audit trail. */
  readonly auditQuestions: boolean;
  readonly whoMayAsk: WhoMayAsk;
  readonly newId: () => string;
  readonly newSalt: () => string;
  /** Called after a commit that left something to deliver. */
  readonly wake: () => void;
};

/** One thing somebody did, with all that is known when it is looked at: nothing in it changes underway. */
export type Turn = {
  readonly activity: Activity;
  readonly actor: Actor;
  readonly reader: Reader;
  readonly now: Instant;
  readonly knowledge: Knowledge;
  readonly settings: Settings;
};

export type PersonTurn = Turn & { readonly person: Person };

/** What to write, and what to say once it is written. */
export type Plan = { readonly commit: Commit; readonly reply: TurnReply };

export function directoryOf(knowledge: Knowledge): Directory {
  return { people: knowledge.people, groups: knowledge.groups, policy: knowledge.policy };
}

/** A plain card out of messages. */
export function messageCard(
  say: Say,
  reader: Reader,
  messages: readonly Message[],
  options: { tone?: 'good' | 'warning' | 'error'; actions?: readonly CardAction[]; elements?: readonly CardElement[] } = {},
): Card {
  const texts = messages.map((message) => say(message, reader));
  const { tone } = options;
  const said: readonly CardElement[] = texts.map((text) =>
    tone ? { kind: 'notice', tone, spans: [text] } : { kind: 'text', spans: [text] },
  );
  return {
    locale: reader.locale,
    title: null,
    elements: [...said, ...(options.elements ?? [])],
    actions: options.actions ?? [],
    summary: texts.join(' '),
  };
}

/** Answers stay where they were asked; everything about one's own doings in a channel is for one's own eyes. */
export function privately(turn: Turn, cards: readonly Card[]): TurnReply {
  return { cards, private: turn.activity.conversation.kind === 'channel' };
}

export function refusalCard(turn: Turn, refusal: Refusal): Card {
  return messageCard(turn.knowledge.say, turn.reader, [refusal.message], { tone: 'warning' });
}

/** A refusal: told privately, and kept. */
export function refusedPlan(turn: Turn, type: string, object: string | null, refusal: Refusal, digest: string | null = null): Plan {
  return {
    commit: { audit: [refusalEntry(turn, type, object, refusal.code, digest)] },
    reply: privately(turn, [refusalCard(turn, refusal)]),
  };
}

/** For what only people of the directory may do: nobody else is told more than their own id and whom to send it to. */
export function asPerson(turn: Turn, type: string, work: (turn: PersonTurn) => Promise<Plan>): Promise<Plan> {
  const { actor } = turn;
  if (actor.kind === 'person') return work({ ...turn, person: actor.person });
  const admin = peopleWith(directoryOf(turn.knowledge), 'administer')[0];
  const params = { account: actor.account.id, platform: actor.account.platform, admin: admin ? `${admin.name} <${admin.email}>` : '' };
  const refusal = refuse(`${actor.kind}-person`, params);
  // Somebody known elsewhere need not wait for anyone.
  const platform = actor.kind === 'unknown' ? accountPlatforms.find((one) => one === actor.account.platform) : undefined;
  const known = platform === undefined ? refusal : { ...refusal, message: { key: `refusal.unknown-person.${platform}`, params } };
  return Promise.resolve(refusedPlan(turn, type, null, known));
}
