import type { Json, JsonObject, Message, Reader, Say } from '../locale.ts';
import type { Answer, Option } from './state.ts';

/** What the engine needs to know of the moment and of the person it talks to. */
export type DialogEnv = {
  readonly now: Date;
  readonly reader: Reader;
  readonly say: Say;
  /** What people type, by locale key (`command.back`), every language's words in one list. */
  readonly words: ReadonlyMap<string, readonly string[]>;
};

/** What a handler sees: the answers in force before its own question, what the dialog was opened with, and the env. */
export type HandlerContext = {
  readonly dialog: string;
  readonly field: string;
  readonly values: JsonObject;
  readonly seed: JsonObject;
  readonly options: readonly Option[];
  readonly env: DialogEnv;
  /** What was typed before for this question and could not be used, where words are typed again. */
  readonly earlier?: string;
};

/** A suggestion's `text` is the whole corrected answer; its `label` is the part that differs. */
export type Suggestion = { readonly label: string; readonly text: string };

export type Verdict =
  | {
      readonly kind: 'accepted';
      readonly value: Json;
      readonly echo: string;
      readonly notices: readonly Message[];
      /** The whole answer, where what was typed only mends an earlier one. */
      readonly raw?: string;
    }
  | {
      readonly kind: 'refused';
      readonly problem: Message;
      readonly suggestions: readonly Suggestion[];
      /** It was plainly meant for this question, and is not something else said in between. */
      readonly meant: boolean;
      readonly raw?: string;
    };

export type Validator = {
  /** It takes nearly any sentence, so that a question in between must be told from an answer by other means. */
  readonly freeText: boolean;
  read(text: string, context: HandlerContext): Verdict;
  /**
   * Why an answer given earlier no longer holds, or null. Where it is missing the answer's raw text is read again; words whose
   * meaning moves with the clock ("tomorrow") need their own.
   */
  recheck?(answer: Answer, context: HandlerContext): Message | null;
};

/** `notices` are said when the filled-in answer is new or has changed. */
export type Prefill = { readonly raw: string; readonly value: Json; readonly echo: string; readonly notices: readonly Message[] };

/** Something said that can't be used as it stands: the question is asked with it, and with what is wrong. */
export type Offer = { readonly raw: string; readonly problem: Message; readonly suggestions: readonly Suggestion[] };

/** What a definition's names stand for. */
export type Handlers = {
  readonly validators: ReadonlyMap<string, Validator>;
  readonly options: ReadonlyMap<string, (context: HandlerContext) => readonly Option[]>;
  readonly prefills: ReadonlyMap<string, (context: HandlerContext) => Prefill | Offer | null>;
  /** What the words a dialog was opened with say to any of its questions; goes before the question's own prefill. */
  readonly said?: (context: HandlerContext) => Prefill | Offer | null;
  /** Values that follow from the answers, for `when` to look at. */
  readonly facts: ReadonlyMap<string, (context: HandlerContext) => Json>;
};

/** The names a definition may use. */
export type KnownNames = {
  readonly validators: readonly string[];
  readonly options: readonly string[];
  readonly prefills: readonly string[];
  readonly facts: readonly string[];
  readonly effects: readonly string[];
  /** Ids of the dialogs that are opened by name, and so have to be there. */
  readonly dialogs: readonly string[];
};
