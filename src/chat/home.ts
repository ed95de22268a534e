import type { Locale } from '../locale.ts';
import type { Card } from './card.ts';

/** What one person has to do and has under way, for a platform that has a page for it. */
export type Home = {
  readonly locale: Locale;
  readonly title: string;
  /** `none` is said where a section has no cards; `more` how many do not stand here, and where they are. */
  readonly sections: readonly {
    readonly heading: string;
    readonly cards: readonly Card[];
    readonly none: string;
    readonly more: string | null;
  }[];
  readonly actions: Card['actions'];
};
