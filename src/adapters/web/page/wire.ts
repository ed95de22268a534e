/** What the server tells the page. Types alone: both sides import them, neither imports the other. */

export type WireLocale = 'en' | 'zh-CN';

export type WirePerson = { readonly id: string; readonly name: string; readonly email: string };

export type WireMessage = {
  readonly id: string;
  /** The message it hangs under, or null at top level. */
  readonly thread: string | null;
  /** Null for the bot. */
  readonly author: { readonly id: string; readonly name: string } | null;
  /** Seen by the reader alone. */
  readonly private: boolean;
  /** One line for screen readers. */
  readonly summary: string;
  readonly content: { readonly kind: 'text'; readonly text: string } | { readonly kind: 'card'; readonly card: object };
  readonly at: string;
  /** ISO 8601 in UTC; the later of two versions of a message is the one in force. */
  readonly changedAt: string;
};

export type WireConversation = {
  readonly id: string;
  readonly kind: 'direct' | 'channel';
  readonly title: string;
  readonly about: string;
  readonly messages: readonly WireMessage[];
};

export type WireView = {
  readonly person: { readonly id: string; readonly name: string; readonly known: boolean; readonly zone: string };
  readonly people: readonly WirePerson[];
  readonly locale: WireLocale;
  readonly texts: Readonly<Record<string, string>>;
  readonly examples: readonly string[];
  readonly conversations: readonly WireConversation[];
};

export type WireEvent = { readonly conversation: string; readonly message: WireMessage };

/** What the page sends. `id` is chosen once per deed and kept for every retry of it. */
export type WireTurn = {
  readonly as: string;
  readonly id: string;
  readonly conversation: string;
  readonly thread: string | null;
} & ({ readonly kind: 'message'; readonly text: string } | { readonly kind: 'click'; readonly message: string; readonly data: object });
