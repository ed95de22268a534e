import type { Locale } from '../locale.ts';
import type { CardElement } from './card.ts';

/** One question of a form. `value` is what stands there: filled in, answered, or typed and not usable (`problem` says why). */
export type FormField = {
  readonly name: string;
  readonly label: string;
  /** Why it is asked, with an example. */
  readonly hint: string;
  readonly input: 'text' | 'lines' | 'choice';
  /** What can be picked; beside a typed answer these are answers too, by their labels. */
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly value: string;
  readonly optional: boolean;
  readonly problem: string | null;
};

/** What somebody pressed on a form. `go` leads to a page by name. */
export type FormPress = { readonly kind: 'next' | 'back' | 'keep' | 'discard' } | { readonly kind: 'go'; readonly page: string };

/**
 * One page of a dialog, free of any platform's markup. `draft`, `page` and `seen` come back with what was typed. The last page
 * has no fields: its elements show everything, and `next` sends it.
 */
export type Form = {
  readonly locale: Locale;
  readonly draft: string;
  readonly page: string;
  /** What the page was drawn from: pressed on an older drawing, it is drawn anew. */
  readonly seen: string;
  readonly title: string;
  readonly position: { readonly number: number; readonly of: number };
  readonly elements: readonly CardElement[];
  readonly fields: readonly FormField[];
  readonly next: string;
  /** Puts the form away; what was answered stays as a draft. */
  readonly close: string;
  readonly buttons: readonly { readonly label: string; readonly press: FormPress; readonly style: 'default' | 'danger' }[];
};

/** A page of a form sent back: what stands in its fields, by name, as typed or as an option's value. */
export type FormSubmission = {
  readonly draft: string;
  readonly page: string;
  readonly seen: string;
  readonly press: FormPress;
  readonly values: Readonly<Record<string, string>>;
};
