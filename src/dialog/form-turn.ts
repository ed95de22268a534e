import type { JsonObject, Message } from '../locale.ts';
import { answering } from './answering.ts';
import type { DialogDefinition } from './definition.ts';
import type { DialogEnv, Handlers } from './handlers.ts';
import { migrated } from './migrate.ts';
import { pageToShow } from './pages.ts';
import { type Scene, walked } from './standing.ts';
import type { DialogState } from './state.ts';
import type { DialogTurn } from './turn.ts';
import type { Walk } from './walk.ts';

/** A page to be shown. `missing`: the fields that were left empty and can't be. `values` has the answers so far. */
export type FormTurn = {
  readonly kind: 'form';
  readonly state: DialogState;
  readonly page: string;
  readonly missing: readonly string[];
  readonly values: JsonObject;
  readonly notices: readonly Message[];
};

/** What comes of a page that was sent back. */
export type FillTurn = FormTurn | Extract<DialogTurn, { kind: 'complete' | 'cancelled' | 'kept' }>;

/** Shows a dialog as a form: a page of it, or, without one, where the person stands. */
export function openForm(
  definition: DialogDefinition,
  state: DialogState,
  page: string | null,
  handlers: Handlers,
  env: DialogEnv,
): FormTurn {
  const scene = { definition, handlers, env };
  const ready = forForms(scene, state);
  return formTurn(scene, ready.state, page, ready.notices);
}

/** Where every dialog begins. */
export function firstPage({ pages }: DialogDefinition): string | null {
  return pages[0]?.id ?? null;
}

/**
 * The state as forms take it: of the definition in force, and with an answer that waits for a yes as given, since the last
 * page says how it was understood.
 */
export function forForms(scene: Scene, stored: DialogState): ReturnType<typeof migrated> {
  const { state, notices } = migrated(scene, stored);
  const { at } = state;
  if (at.kind !== 'confirm') return { state, notices };
  return { state: { ...answering(state, at.field, at.answer), at: { kind: 'review' } }, notices };
}

export function formTurn(
  scene: Scene,
  stored: DialogState,
  page: string | null,
  said: readonly Message[],
  missing: readonly string[] = [],
): FormTurn {
  const path = walked(scene, stored);
  const state = inChat(scene, stored, path);
  const notices = [...new Map([...said, ...path.notices].map((notice) => [JSON.stringify(notice), notice])).values()];
  return { kind: 'form', state, page: pageToShow(scene, path, page), missing, values: path.values, notices };
}

/** The state as it is taken up question by question: at the first one that is open. */
export function inChat({ definition }: Scene, state: DialogState, path: Walk): DialogState {
  const { answers, pending } = path;
  if (pending !== null) return { ...state, answers, at: { kind: 'field', field: pending.step.field, attempt: pending.attempt } };
  const last = path.stops.at(-1);
  if (definition.review || last === undefined) return { ...state, answers, at: { kind: 'review' } };
  return { ...state, answers, at: { kind: 'field', field: last.step.field, attempt: null } };
}
