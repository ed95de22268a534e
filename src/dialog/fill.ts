import type { FormSubmission } from '../chat/form.ts';
import type { Message } from '../locale.ts';
import { answering, attemptOf, without } from './answering.ts';
import { cleanText } from './clean-text.ts';
import type { DialogDefinition } from './definition.ts';
import { type FillTurn, forForms, formTurn, inChat } from './form-turn.ts';
import type { DialogEnv, Handlers } from './handlers.ts';
import { pagesOn, stopsOn } from './pages.ts';
import { type Reading, typedVerdict, verdictOn } from './read-answer.ts';
import { isSeen, isTouched, wholeOf } from './seen.ts';
import { complete, type Scene, walked } from './standing.ts';
import type { DialogState } from './state.ts';
import { isOpen, type Stop, stepsOf } from './walk.ts';

const moved: Message = { key: 'dialog.moved' };

/** `emptied`: fields that had something in them and can't be left out. */
type Written = { readonly state: DialogState; readonly notices: readonly Message[]; readonly emptied: readonly string[] };

/**
 * Takes a page of a form that was sent back. Whatever was pressed, what was typed is kept: as answers where it can be used, as
 * attempts where it can't. A page that was drawn before something else changed is drawn anew before it leads to the end.
 */
export function fill(
  definition: DialogDefinition,
  stored: DialogState,
  submission: FormSubmission,
  handlers: Handlers,
  env: DialogEnv,
): FillTurn {
  const { press, page } = submission;
  if (press.kind === 'discard') return { kind: 'cancelled' };
  const scene = { definition, handlers, env };
  const ready = forForms(scene, stored);
  const before = walked(scene, ready.state);
  const standing = { ...ready.state, answers: before.answers };
  const isOld = !isSeen(submission.seen, standing);
  const written = write(scene, ready.state, submission);
  const said = [...ready.notices, ...written.notices];
  const { state } = written;
  const after = walked(scene, state);
  const notices = isOld ? [moved, ...said] : said;
  switch (press.kind) {
    case 'keep':
      return { kind: 'kept', state: inChat(scene, state, after) };
    case 'go':
      return formTurn(scene, state, press.page, notices);
    case 'back': {
      const pages = pagesOn(scene, after);
      return formTurn(scene, state, pages[Math.max(pages.indexOf(page) - 1, 0)] ?? null, notices);
    }
    case 'next': {
      const pages = pagesOn(scene, after);
      const following = pages[pages.indexOf(page) + 1];
      // The same page sent twice changes nothing the second time, and may go on; but never to the end.
      const isSame = wholeOf({ ...state, answers: after.answers }) === wholeOf(standing);
      if (!pages.includes(page) || (isOld && (following === undefined || !isSame))) return formTurn(scene, state, page, notices);
      const open = stopsOn(definition, after, page).filter(isOpen);
      const asked = before.stops.map(({ step }) => step.field);
      const left = open
        .filter(({ step, attempt, waits }) => attempt === null && !waits && asked.includes(step.field))
        .map(({ step }) => step.field);
      const missing = [...new Set([...left, ...written.emptied])];
      if (open.length + missing.length > 0) return formTurn(scene, state, page, said, missing);
      if (following !== undefined) return formTurn(scene, state, following, said);
      return after.pending === null ? complete(state, after) : formTurn(scene, state, null, said);
    }
  }
}

function write(scene: Scene, given: DialogState, { values, seen }: FormSubmission): Written {
  let state = given;
  const notices: Message[] = [];
  const emptied: string[] = [];
  for (const { field, optional } of stepsOf(scene.definition)) {
    const typed = Object.hasOwn(values, field) ? values[field] : undefined;
    if (typed === undefined) continue;
    const clean = cleanText(typed);
    const touched = isTouched(seen, field, clean.text);
    const earlier = state.attempts[field];
    // What could not be used may be right by now: another answer on the page has changed.
    if (!touched && earlier === undefined) continue;
    const text = touched ? clean.text : (earlier?.raw ?? '');
    if (touched && clean.changed) notices.push({ key: 'dialog.cleaned' });
    const stop = walked(scene, state).stops.find(({ step }) => step.field === field);
    if (text === '' && (stop === undefined || !optional)) {
      state = { ...state, attempts: without(state.attempts, field) };
      if (stop !== undefined) emptied.push(field);
      continue;
    }
    const reading: Reading = stop === undefined ? { verdict: unasked, raw: text, picked: null } : readField(scene, stop, text);
    const { verdict, raw } = reading;
    if (verdict.kind === 'refused') {
      state = { ...state, attempts: { ...state.attempts, [field]: attemptOf(raw, verdict) } };
    } else {
      state = answering(state, field, { raw, value: verdict.value, echo: verdict.echo, prefilled: false });
      notices.push(...verdict.notices);
    }
  }
  return { state, notices, emptied };
}

const unasked = { kind: 'refused', problem: moved, suggestions: [], meant: true } as const;

/** A field holds the whole answer: nothing in it is the mending of an earlier one. */
function readField(scene: Scene, stop: Stop, text: string): Reading {
  if (stop.step.input !== 'choice') return typedVerdict(scene, stop, text, stop.attempt, false);
  return { verdict: verdictOn(scene, stop, text), raw: text, picked: null };
}
