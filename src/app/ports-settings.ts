import type { Conversation } from '../chat/activity.ts';
import type { GroupId, PersonId } from '../domain/actor.ts';
import type { Instant } from '../domain/instant.ts';
import type { Json, Locale } from '../locale.ts';

/** An account on a platform; its tenant is always the one the bot is installed in. */
export type AccountRef = { readonly platform: string; readonly account: string };

/** What is set while the program runs, by people in chat or by the operator, and kept in the database. */
export type Settings = {
  /** Where approvers meet, one a platform, before what the platform's configuration names. */
  readonly approvals: readonly Conversation[];
  /** Languages of shared channels. */
  readonly locales: readonly { readonly platform: string; readonly channel: string; readonly locale: Locale }[];
  /** Whose an account is, beside what the people file says. */
  readonly links: readonly (AccountRef & { readonly person: PersonId })[];
  /** Codes shown to link an account of `platform`; only their SHA-256 is kept. */
  readonly codes: readonly {
    readonly digest: string;
    readonly person: PersonId;
    readonly platform: string;
    readonly expires_at: Instant;
  }[];
  /** Wrong codes, each with the account that tried it. */
  readonly guesses: readonly (AccountRef & { readonly id: string; readonly at: Instant })[];
  /** Groups whose members a platform names: its accounts, as they were read last. */
  readonly groups: readonly { readonly group: GroupId; readonly accounts: readonly string[]; readonly read_at: Instant }[];
};

/** One setting as it shall be; null takes it away. */
export type SettingChange =
  | { readonly kind: 'approvals'; readonly platform: string; readonly value: Conversation | null }
  | { readonly kind: 'locale'; readonly platform: string; readonly channel: string; readonly value: Locale | null }
  | { readonly kind: 'link'; readonly platform: string; readonly account: string; readonly value: PersonId | null }
  | { readonly kind: 'code'; readonly digest: string; readonly value: Omit<Settings['codes'][number], 'digest'> | null }
  | { readonly kind: 'guess'; readonly id: string; readonly value: Omit<Settings['guesses'][number], 'id'> | null }
  | { readonly kind: 'group'; readonly group: GroupId; readonly value: Omit<Settings['groups'][number], 'group'> | null };

export interface SettingsReader {
  settings(): Promise<Settings>;
}

/** What a platform's adapter remembers for itself: conversation references, which accounts opened their page. */
export interface Notes {
  note(platform: string, key: string): Promise<Json>;
  putNote(platform: string, key: string, value: Json): Promise<void>;
  /** Takes away those whose keys, of ASCII, lie from `from` up to `before`. */
  forgetNotes(platform: string, from: string, before: string): Promise<void>;
}
