import type { Json, Locale } from '../locale.ts';

/** A piece of running text. Always plain: whoever renders it escapes it for where it goes. */
export type Span = string | { readonly strong: string } | { readonly code: string } | { readonly subtle: string };

export type CardElement =
  | { readonly kind: 'text'; readonly spans: readonly Span[] }
  | { readonly kind: 'facts'; readonly facts: readonly { readonly label: string; readonly value: string }[] }
  | { readonly kind: 'table'; readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] }
  /** From one time to another, each reader's own clock where a platform can show that; `text` says it for all where it can't. */
  | { readonly kind: 'moments'; readonly label: string; readonly start: string; readonly end: string; readonly text: string }
  | { readonly kind: 'notice'; readonly tone: 'good' | 'warning' | 'error'; readonly spans: readonly Span[] };

/** What a click sends back: a name and opaque values. Nothing in it is trusted; everything is loaded afresh. */
export type ActionData = { readonly [name: string]: Json };

export type CardAction =
  | {
      readonly kind: 'button';
      readonly label: string;
      readonly action: string;
      readonly data: ActionData;
      readonly style: 'default' | 'primary' | 'danger';
    }
  /** Puts `text` where the person can paste it from: a ticket, a mail. */
  | { readonly kind: 'copy'; readonly label: string; readonly text: string };

/** One message of the bot, in one language, free of any platform's markup. */
export type Card = {
  readonly locale: Locale;
  readonly title: string | null;
  readonly elements: readonly CardElement[];
  readonly actions: readonly CardAction[];
  /** The whole in one line, for notifications and screen readers. */
  readonly summary: string;
};
