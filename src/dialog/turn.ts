import type { JsonObject, Message } from '../locale.ts';
import type { Step } from './definition.ts';
import type { Answer, Attempt, DialogState, Option } from './state.ts';

/** What somebody did in a dialog. `seen` is the fingerprint of the card a click came from, null for typed words. */
export type DialogInput =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'choose'; readonly field: string; readonly value: string; readonly seen: string | null }
  | { readonly kind: 'yes' | 'no' | 'back' | 'skip' | 'submit'; readonly seen: string | null }
  /** Without a field: which one is still to be picked. */
  | { readonly kind: 'change'; readonly field: string | null }
  | { readonly kind: 'cancel' | 'keep' };

/** What comes of it. `notices` are said above the question; nothing of what was typed is lost in `attempt`. */
export type DialogTurn =
  | {
      readonly kind: 'ask';
      readonly state: DialogState;
      readonly step: Step;
      readonly position: { readonly number: number; readonly of: number };
      readonly options: readonly Option[];
      readonly attempt: Attempt | null;
      /** The answer that stands, when an answered question is asked again. */
      readonly standing: Answer | null;
      readonly notices: readonly Message[];
    }
  | {
      readonly kind: 'confirm';
      readonly state: DialogState;
      readonly step: Step;
      readonly answer: Answer;
      readonly notices: readonly Message[];
    }
  | {
      readonly kind: 'review';
      readonly state: DialogState;
      readonly answers: readonly Answered[];
      /** Which answer to change is being picked. */
      readonly picking: boolean;
      readonly values: JsonObject;
      readonly notices: readonly Message[];
    }
  /** `values` has the answers in force, by field. */
  | { readonly kind: 'complete'; readonly state: DialogState; readonly values: JsonObject }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'kept'; readonly state: DialogState };

export type Answered = { readonly step: Step; readonly answer: Answer };
