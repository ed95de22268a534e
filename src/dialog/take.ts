import { unreachable } from '../errors.ts';
import type { Message } from '../locale.ts';
import { answering, attemptOf, without } from './answering.ts';
import { cleanText } from './clean-text.ts';
import { command, isWord } from './commands.ts';
import { fingerprint } from './fingerprint.ts';
import { type Reading, typedVerdict, verdictOn } from './read-answer.ts';
import { complete, onward, type Scene, shown, walked } from './standing.ts';
import type { Answer, DialogState } from './state.ts';
import type { DialogInput, DialogTurn } from './turn.ts';
import type { Stop } from './walk.ts';

const stale: Message = { key: 'dialog.stale-card' };

export function take(scene: Scene, state: DialogState, input: DialogInput): DialogTurn {
  switch (input.kind) {
    case 'text':
      return typed(scene, state, input.text);
    case 'choose':
      return chosen(scene, state, input);
    case 'change':
      return change(scene, state, input.field);
    case 'cancel':
      return { kind: 'cancelled' };
    case 'keep':
      return { kind: 'kept', state };
    case 'yes':
    case 'no':
    case 'back':
    case 'skip':
    case 'submit':
      return isStale(state, input.seen) ? shown(scene, state, [stale]) : pressed(scene, state, input.kind);
    default:
      return unreachable(input);
  }
}

function isStale(state: DialogState, seen: string | null): boolean {
  return seen !== null && seen !== fingerprint(state);
}

function pressed(scene: Scene, state: DialogState, kind: 'yes' | 'no' | 'back' | 'skip' | 'submit'): DialogTurn {
  const { at } = state;
  switch (kind) {
    case 'yes':
      return at.kind === 'confirm' ? settle(scene, state, at.field, at.answer, []) : shown(scene, state, [stale]);
    case 'no':
      return at.kind === 'confirm' ? asking(scene, state, at.field, []) : shown(scene, state, [stale]);
    case 'back':
      return back(scene, state);
    case 'skip':
      return skip(scene, state);
    case 'submit':
      return submit(scene, state);
  }
}

function typed(scene: Scene, state: DialogState, text: string): DialogTurn {
  const { at } = state;
  const path = walked(scene, state);
  // "Correct" is a yes to what was understood, and anywhere else the wish to change something.
  if (at.kind === 'confirm' && isWord('command.yes', text, scene.env)) return pressed(scene, state, 'yes');
  if (at.kind === 'confirm' && isWord('command.no', text, scene.env)) return pressed(scene, state, 'no');
  const word = command(text, path.stops, scene.definition.id, scene.env);
  if (word !== null) return take(scene, state, word);
  if (at.kind === 'review') return shown(scene, state, [{ key: 'dialog.at-review' }]);
  const stop = path.stops.find((candidate) => candidate.step.field === at.field);
  if (stop === undefined) return onward(scene, state, []);
  const clean = cleanText(text);
  const notices = clean.changed ? [{ key: 'dialog.cleaned' }] : [];
  return answer(scene, state, stop, typedVerdict(scene, stop, clean.text, at.kind === 'field' ? at.attempt : null), notices);
}

/** A click on the question asked now, or on an older card: that corrects an earlier answer where it still makes sense. */
function chosen(scene: Scene, state: DialogState, input: { field: string; value: string; seen: string | null }): DialogTurn {
  const { at } = state;
  const old = isStale(state, input.seen);
  const stop = walked(scene, state).stops.find((candidate) => candidate.step.field === input.field);
  const isAsked = at.kind !== 'review' && at.field === input.field;
  const suggested = suggestion(at, input.value);
  const option = suggested === null ? stop?.context.options.find((candidate) => candidate.value === input.value) : null;
  const raw = suggested ?? option?.value;
  if (stop === undefined || raw === undefined || (suggested !== null && (old || !isAsked))) return shown(scene, state, [stale]);
  if (!isAsked && stop.answer?.raw === raw) return shown(scene, state, []);
  if (!isAsked && stop.answer === null) return shown(scene, state, [stale]);
  const picked = suggested === null ? 'option' : 'suggestion';
  const reading: Reading = { verdict: verdictOn(scene, stop, raw), raw, picked };
  return answer(scene, state, stop, reading, isAsked ? [] : [{ key: 'dialog.corrected', params: { field: labelOf(scene, input.field) } }]);
}

/** A suggestion's button carries its place in the list, since its whole text may be longer than a button can carry. */
function suggestion(at: DialogState['at'], value: string): string | null {
  const place = /^suggestion:(\d+)$/.exec(value)?.[1];
  if (place === undefined || at.kind !== 'field') return null;
  return at.attempt?.suggestions[Number(place)]?.value ?? null;
}

function answer(scene: Scene, state: DialogState, stop: Stop, { verdict, raw, picked }: Reading, said: readonly Message[]): DialogTurn {
  const { field } = stop.step;
  if (verdict.kind === 'refused') {
    const attempt = attemptOf(raw, verdict);
    const attempts = raw === '' ? without(state.attempts, field) : { ...state.attempts, [field]: attempt };
    return shown(scene, { ...state, attempts, at: { kind: 'field', field, attempt } }, said);
  }
  const taken: Answer = { raw, value: verdict.value, echo: verdict.echo, prefilled: false };
  const notices = [...said, ...verdict.notices];
  if (!stop.step.confirm || picked === 'option') return settle(scene, state, field, taken, notices);
  return shown(scene, { ...state, attempts: without(state.attempts, field), at: { kind: 'confirm', field, answer: taken } }, notices);
}

function settle(scene: Scene, state: DialogState, field: string, taken: Answer, notices: readonly Message[]): DialogTurn {
  return onward(scene, answering(state, field, taken), notices);
}

function asking(scene: Scene, state: DialogState, field: string, notices: readonly Message[]): DialogTurn {
  return shown(scene, { ...state, at: { kind: 'field', field, attempt: state.attempts[field] ?? null } }, notices);
}

function change(scene: Scene, state: DialogState, field: string | null): DialogTurn {
  if (field === null) return shown(scene, state, state.at.kind === 'review' ? [] : [{ key: 'dialog.change-what' }], true);
  const isAsked = walked(scene, state).stops.some((stop) => stop.step.field === field);
  return isAsked ? asking(scene, state, field, []) : shown(scene, state, [stale]);
}

/** To the question before, without those that were filled in. */
function back(scene: Scene, state: DialogState): DialogTurn {
  const { at } = state;
  const { stops } = walked(scene, state);
  if (at.kind === 'confirm') return asking(scene, state, at.field, []);
  const here = at.kind === 'review' ? stops.length : stops.findIndex((stop) => stop.step.field === at.field);
  const before = stops.slice(0, here).findLast((stop) => stop.answer?.prefilled !== true);
  return before === undefined ? shown(scene, state, [{ key: 'dialog.at-start' }]) : asking(scene, state, before.step.field, []);
}

/** Leaves the answer that stands, or none where none is needed. */
function skip(scene: Scene, state: DialogState): DialogTurn {
  const { at } = state;
  if (at.kind === 'review') return shown(scene, state, [{ key: 'dialog.at-review' }]);
  const stop = walked(scene, state).stops.find((candidate) => candidate.step.field === at.field);
  if (stop === undefined || stop.answer !== null) return onward(scene, { ...state, attempts: without(state.attempts, at.field) }, []);
  return answer(scene, state, stop, { verdict: verdictOn(scene, stop, ''), raw: '', picked: 'option' }, []);
}

/** Sends only what the last card showed: where something has changed since, it is shown anew. */
function submit(scene: Scene, state: DialogState): DialogTurn {
  if (state.at.kind !== 'review') return shown(scene, state, [{ key: 'dialog.not-yet' }]);
  const path = walked(scene, state);
  if (path.pending !== null) return onward(scene, state, []);
  const hasMoved = fingerprint({ ...state, answers: path.answers }) !== fingerprint(state);
  return hasMoved ? shown(scene, state, [{ key: 'dialog.moved' }]) : complete(state, path);
}

function labelOf({ definition, env }: Scene, field: string): string {
  return env.say({ key: `${definition.id}.${field}.label` }, env.reader);
}
