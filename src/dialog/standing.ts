import type { Message } from '../locale.ts';
import type { DialogDefinition } from './definition.ts';
import type { DialogEnv, Handlers } from './handlers.ts';
import type { DialogState } from './state.ts';
import type { Answered, DialogTurn } from './turn.ts';
import { type Stop, type Walk, walk } from './walk.ts';

/** The dialog, what its names stand for, and the moment. */
export type Scene = { readonly definition: DialogDefinition; readonly handlers: Handlers; readonly env: DialogEnv };

export function walked(scene: Scene, state: DialogState): Walk {
  return walk(scene.definition, state, scene.handlers, scene.env);
}

/** The turn that shows a state as it stands. A state whose question is no longer asked moves on. */
export function shown(scene: Scene, stored: DialogState, said: readonly Message[], picking = false): DialogTurn {
  const path = walked(scene, stored);
  const state = { ...stored, answers: path.answers };
  const { at } = state;
  const notices = [...said, ...path.notices];
  if (at.kind === 'review') {
    if (path.pending !== null) return onward(scene, stored, said);
    return { kind: 'review', state, answers: path.stops.flatMap(answered), picking, values: path.values, notices };
  }
  const stop = path.stops.find((candidate) => candidate.step.field === at.field);
  if (stop === undefined) return onward(scene, stored, said);
  if (at.kind === 'confirm') return { kind: 'confirm', state, step: stop.step, answer: at.answer, notices };
  const { step, context } = stop;
  const position = positionOf(stop, path.stops);
  const standing = stop.answer;
  return { kind: 'ask', state, step, position, options: context.options, attempt: at.attempt, standing, notices };
}

/** Goes to the first question that has no answer, or else to the last card, or to the end. */
export function onward(scene: Scene, stored: DialogState, notices: readonly Message[]): DialogTurn {
  const path = walked(scene, stored);
  if (path.pending !== null) {
    const { step, attempt } = path.pending;
    return shown(scene, { ...stored, at: { kind: 'field', field: step.field, attempt } }, notices);
  }
  if (scene.definition.review) return shown(scene, { ...stored, at: { kind: 'review' } }, notices);
  return complete(stored, path);
}

/** Answers to questions that are no longer asked end here. */
export function complete(stored: DialogState, path: Walk): Extract<DialogTurn, { kind: 'complete' }> {
  const answers = Object.fromEntries(path.stops.flatMap(answered).map(({ step, answer }) => [step.field, answer]));
  return { kind: 'complete', state: { ...stored, answers, attempts: {} }, values: path.values };
}

function answered({ step, answer }: Stop): readonly Answered[] {
  return answer === null ? [] : [{ step, answer }];
}

/** What was filled in, or will be once the questions before it are answered, is not counted: it is not asked. */
function positionOf(current: Stop, stops: readonly Stop[]): { readonly number: number; readonly of: number } {
  const isAsked = ({ step, answer }: Stop) => (answer === null ? step.prefill === undefined : !answer.prefilled);
  const asked = stops.filter((stop) => stop === current || isAsked(stop));
  return { number: asked.indexOf(current) + 1, of: asked.length };
}
