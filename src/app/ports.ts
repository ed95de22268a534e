import type { KeyObject } from 'node:crypto';
import type { AuditTrail } from '../audit/trail.ts';
import type { Activity, Conversation, MessageRef } from '../chat/activity.ts';
import type { Card } from '../chat/card.ts';
import type { Form } from '../chat/form.ts';
import type { DialogDefinition } from '../dialog/definition.ts';
import type { DialogState } from '../dialog/state.ts';
import type { Group, Person, PersonId } from '../domain/actor.ts';
import type { ApprovalPolicy } from '../domain/approval-policy.ts';
import type { ChangeRequest, RequestId, RequestState } from '../domain/change-request.ts';
import type { Instant } from '../domain/instant.ts';
import type { NotARole, Role, Topic } from '../domain/role.ts';
import type { Topology } from '../domain/rule.ts';
import type { Site } from '../domain/site.ts';
import type { Json, JsonObject, Locale, Say } from '../locale.ts';
import type { SettingChange } from './ports-settings.ts';

export interface Clock {
  now(): Date;
}

/** Everything read from files, checked as a whole. Versions are `sha256:` over the files' canonical content. */
export type Knowledge = {
  readonly roles: readonly Role[];
  readonly notRoles: readonly NotARole[];
  readonly topics: readonly Topic[];
  readonly topologies: readonly Topology[];
  readonly sites: readonly Site[];
  readonly people: readonly Person[];
  readonly groups: readonly Group[];
  readonly policy: ApprovalPolicy;
  readonly dialogs: ReadonlyMap<string, DialogDefinition>;
  readonly say: Say;
  /** The words a dialog listens for, by locale key: `command.back` and the like, every language's in one list. */
  readonly words: ReadonlyMap<string, readonly string[]>;
  readonly versions: {
    readonly catalogue: string;
    readonly people: string;
    readonly policy: string;
    readonly sites: string;
    readonly dialogs: string;
  };
};

/** A place in a file where something is wrong. `line` and `column` count from 1. */
export type Problem = { readonly file: string; readonly line: number; readonly column: number; readonly what: string };

/** The knowledge in force. A bad edit leaves it as it was; `problems` then says why. */
export interface KnowledgeSource {
  current(): Knowledge;
  problems(): readonly Problem[];
  /** Called after every reload, good or bad. Returns a function that stops the calls. */
  onReload(listener: (outcome: { readonly ok: true } | { readonly ok: false; readonly problems: readonly Problem[] }) => void): () => void;
}

/** A dialog under way or put aside. `conversation` is null once put aside. */
export type Draft = {
  readonly id: string;
  readonly person: PersonId;
  readonly conversation: Conversation | null;
  readonly state: DialogState;
  readonly updated_at: Instant;
  /** Grows by one with every save; 0 has not been saved. What is written is what was read, or it is a conflict. */
  readonly revision: number;
};

/** What the outbox is to say: the current card of a request, made when it is sent, or a card as it stands. */
export type OutboxContent =
  | { readonly kind: 'request-card'; readonly request: RequestId; readonly reader: PersonId | null }
  /** `only`: the account that alone is to see it, also in a channel. */
  | { readonly kind: 'card'; readonly request: RequestId | null; readonly card: Card; readonly only: string | null }
  /** The person's own page, as it is when it is sent. */
  | { readonly kind: 'home'; readonly request: null; readonly reader: PersonId }
  /** A code to link their account on another platform with: made when it is sent, so that it is kept nowhere. */
  | { readonly kind: 'link-code'; readonly request: null; readonly reader: PersonId; readonly on: string };

/**
 * A delivery to be made at least once, in order within a conversation. `id` is the key a platform posts under, so that a
 * second try finds the first one's message.
 */
export type OutboxRow = {
  readonly id: string;
  readonly conversation: Conversation;
  readonly content: OutboxContent;
  readonly attempts: number;
  /** An earlier try may have posted it: it failed, or whoever tried is gone. */
  readonly again: boolean;
  readonly due_at: Instant;
  readonly created_at: Instant;
};
/** A row whose id is there already is not added again. */
export type NewOutboxRow = Pick<OutboxRow, 'id' | 'conversation' | 'content'>;

export type OutboxClaim = {
  readonly platform: string;
  readonly within: Conversation | null;
  readonly now: Instant;
  readonly leaseEnds: Instant;
  readonly limit: number;
};

/** A copy of a request's card that stands somewhere. `reader` is null in a channel. */
export type PostedCard = { readonly request: RequestId; readonly reader: PersonId | null; readonly message: MessageRef };

/**
 * An audit entry before it is written. The store adds index and time under its lock, puts a pseudonym in the person's
 * place, and a salted commitment in the place of every value of `personal`.
 */
export type AuditDraft = {
  readonly type: string;
  readonly actor:
    | { readonly kind: 'person'; readonly person: PersonId }
    | { readonly kind: 'account'; readonly platform: string; readonly id: string }
    | { readonly kind: 'system' };
  /** What it is about: a request's id, a file, null for a question. */
  readonly object: string | null;
  readonly request_digest: string | null;
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
  /** The activity that caused it. */
  readonly source_event: string | null;
  readonly policy_version: string | null;
  readonly outcome: 'done' | 'refused' | 'failed';
  /** Free text and addresses, by name: kept apart, erasable. */
  readonly personal: Readonly<Record<string, Json>>;
};

/** What a deed was answered with, kept so that the same deed gets the same answer. */
export type Receipt = { readonly key: string; readonly reply: TurnReply };

/** An account in a conversation. Anyone may ask, so it need not be a person of the directory. */
export type Asker = { readonly account: string; readonly conversation: Conversation };

/** A question as it was read, kept so that the next one may follow on it. Older ones of the account, before `since`, are forgotten. */
export type LastQuestion = { readonly asker: Asker; readonly intent: Json; readonly since: Instant };

/** One transaction: all of it, or nothing. */
export type Commit = {
  /** The request as it shall be; `expected` is the version it must have now, null for a new one. */
  readonly request?: { readonly expected: number | null; readonly next: ChangeRequest };
  readonly audit: readonly AuditDraft[];
  readonly outbox?: readonly NewOutboxRow[];
  readonly receipts?: readonly Receipt[];
  readonly saveDraft?: Draft;
  readonly lastQuestion?: LastQuestion;
  /** Only while it is as it was read: otherwise a conflict. */
  readonly deleteDraft?: Pick<Draft, 'id' | 'revision'>;
  readonly settings?: readonly SettingChange[];
  /** The kept activity that all of this is the effect of; it is done now. */
  readonly received?: Pick<Activity, 'id' | 'conversation'>;
};

/**
 * `conflict`: the request or the draft has changed by now, or the number is taken; nothing was written.
 * `repeated`: a receipt of the same key exists; nothing was written.
 */
export type CommitResult =
  | { readonly kind: 'committed' }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'repeated'; readonly receipt: Receipt };

export type RequestFilter = { readonly requester?: PersonId; readonly states?: readonly RequestState[] };

/** Throws `AppError('store-busy')` when the database stays locked for longer than an interactive person would wait. */
export interface Store {
  commit(batch: Commit): Promise<CommitResult>;
  request(id: RequestId): Promise<ChangeRequest | null>;
  /** Newest first. */
  requests(filter?: RequestFilter): Promise<readonly ChangeRequest[]>;
  nextRequestNumber(): Promise<number>;
  receipt(key: string): Promise<Receipt | null>;
  openDraft(person: PersonId, conversation: Conversation): Promise<Draft | null>;
  draft(id: string): Promise<Draft | null>;
  drafts(person: PersonId): Promise<readonly Draft[]>;
  /** What the account asked last in the conversation, unless that was before `since`. */
  lastQuestion(asker: Asker, since: Instant): Promise<Json>;
  postedCards(request: RequestId): Promise<readonly PostedCard[]>;
  /**
   * Takes on the oldest undelivered row of each conversation of a platform that is due, up to `limit`: until `leaseEnds`
   * nobody else is given them, in whatever process. `within`: of this conversation alone.
   */
  claimOutbox(claim: OutboxClaim): Promise<readonly OutboxRow[]>;
  /** Ends a delivery; `posted` is remembered for later edits. Its entries are written with it, if it had not ended before. */
  delivered(outboxId: string, posted: PostedCard | null, audit?: readonly AuditDraft[]): Promise<void>;
  postpone(outboxId: string, dueAt: Instant, reason: string): Promise<void>;
  /** Gives a delivery up, with its entries, if it had not ended before. */
  abandon(outboxId: string, reason: string, audit?: readonly AuditDraft[]): Promise<void>;
  /** The conversations in which something of a request could not be said, and why: given up, not made good by a later delivery there. */
  undelivered(request: RequestId): Promise<readonly { readonly conversation: Conversation; readonly reason: string }[]>;
  /** The request whose card this message is. */
  requestAt(message: MessageRef): Promise<RequestId | null>;
  /** Whether the bot has said something there. */
  hasSpokenIn(conversation: Conversation): Promise<boolean>;
  close(): Promise<void>;
}

/** Reads the audit trail as one unchanging view, while others go on writing. */
export interface AuditReader {
  readAudit<T>(read: (trail: AuditTrail) => Promise<T>): Promise<T>;
}

/** What checkpoints are signed with. `previous` signs beside a key that took its place. */
export type SigningKeys = {
  readonly current: KeyObject;
  readonly previous: KeyObject | null;
  /** The name of a log that has none yet. */
  readonly newOrigin: () => string;
};

/** The latest checkpoint as a signed note, and the key it is signed with. `isNew` is false when nothing had been written since. */
export type SealedLog = { readonly size: number; readonly note: string; readonly vkey: string; readonly isNew: boolean };

export interface AuditSealer {
  /**
   * Signs the log as it stands. `keys` is asked under the writers' lock. Throws `AppError('store-corrupt')` when the log does
   * not go on from the last checkpoint, `AppError('config-invalid')` when that was signed with another key.
   */
  sealAudit(keys: (isFirst: boolean) => SigningKeys): Promise<SealedLog>;
}

/** How much was erased: personal values, and pseudonyms that lead to nobody any more. */
export type Erased = { readonly values: number; readonly pseudonyms: number };

export interface AuditEraser {
  /** Erases what is kept of these actors beside the log, and says so in it. Their requests stay as they are. */
  eraseActors(who: readonly AuditDraft['actor'][]): Promise<Erased>;
}

/** A message on the local page. `author` is a person's id, or null for the bot; `seenBy` is null where everyone in the conversation sees it. */
export type BoardMessage = {
  readonly id: string;
  readonly conversation: Conversation;
  readonly author: PersonId | null;
  readonly seenBy: PersonId | null;
  readonly content: { readonly kind: 'text'; readonly text: string } | { readonly kind: 'card'; readonly card: Card };
  readonly at: Instant;
  readonly editedAt: Instant | null;
};

/** The messages of the local page, kept so that a reload or a restart shows them again. */
export interface MessageBoard {
  /** Appends once: with the same `key` again it returns the message that stands. */
  append(message: Omit<BoardMessage, 'id' | 'editedAt'>, key: string): Promise<BoardMessage>;
  /** Null when there is no such message. */
  replace(id: string, content: BoardMessage['content'], at: Instant): Promise<BoardMessage | null>;
  /** Oldest first, threads included, the latest `limit`. */
  list(conversationId: string, limit: number): Promise<readonly BoardMessage[]>;
}

/**
 * The one way in: what somebody did, and what they are told. `delivered` names how the reply reaches them: by whoever called
 * (`here`), or as rows of the outbox in the same transaction as the effect (`outbox`); a form always comes back.
 */
export type HandleTurn = (activity: Activity, delivered?: 'here' | 'outbox') => Promise<TurnReply>;

/** What the program says back to whoever acted. `private` replies are for their eyes alone, also in a channel. */
export type TurnReply = {
  readonly cards: readonly Card[];
  readonly private: boolean;
  /** To be said in the person's direct conversation instead. */
  readonly direct?: readonly Card[];
  /** A page to be filled in, where the activity's surface is a form. */
  readonly form?: Form;
  /** The database was busy: nothing is written and nothing delivered, so that whoever called shows the cards. */
  readonly unsaved?: true;
};

/** Whom questions are answered for: members of the workspace or tenant, its guests too, or people of connected ones as well. */
export type WhoMayAsk = 'members' | 'guests' | 'everyone';

/** The default language of a channel and of people nobody knows. */
export type Defaults = { readonly locale: Locale; readonly zone: string };
