import type { Catalogue } from '../domain/catalogue.ts';
import type { Topology } from '../domain/rule.ts';
import type { Locale } from '../locale.ts';
import type { Intent } from '../nlu/intent.ts';
import type { Findings } from './answer-findings.ts';
import type { Scope } from './answer-scope.ts';
import type { Knowledge } from './ports.ts';

/** What an answer is worded from. */
export type Ground = {
  readonly findings: Findings;
  readonly catalogue: Catalogue;
  readonly scope: Scope;
  readonly knowledge: Knowledge;
  /** Where the roles occur that the active topologies lack. */
  readonly elsewhere: readonly Topology[];
};

/** A question with what was found: what a card, a text or JSON is made from. `parts`: of several questions in one message. */
export type Answered = Ground & {
  readonly question: string;
  readonly language: Locale;
  /** As read, before the catalogue narrowed it: what a follow-up follows. */
  readonly intent: Intent;
  readonly parts: readonly Answered[];
};
