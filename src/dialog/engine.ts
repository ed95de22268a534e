import type { JsonObject, Message } from '../locale.ts';
import { cleanText } from './clean-text.ts';
import { command, isWord } from './commands.ts';
import type { DialogDefinition } from './definition.ts';
import type { DialogEnv, Handlers } from './handlers.ts';
import { migrated } from './migrate.ts';
import { typedVerdict } from './read-answer.ts';
import { onward, shown, walked } from './standing.ts';
import type { DialogState } from './state.ts';
import { take } from './take.ts';
import type { DialogInput, DialogTurn } from './turn.ts';
import { validatorOf } from './walk.ts';

/** Opens a dialog: fills in what is known from `seed`, and asks the first thing that is not. */
export function open(definition: DialogDefinition, seed: JsonObject, handlers: Handlers, env: DialogEnv): DialogTurn {
  return onward({ definition, handlers, env }, { ...fresh(definition), seed }, []);
}

/** Takes one input. Pure: the next state is in the turn. */
export function step(definition: DialogDefinition, state: DialogState, input: DialogInput, handlers: Handlers, env: DialogEnv): DialogTurn {
  const scene = { definition, handlers, env };
  const moved = migrated(scene, state);
  const asksTheSame = JSON.stringify(moved.state.at) === JSON.stringify(state.at);
  return asksTheSame ? withNotices(take(scene, moved.state, input), moved.notices) : shown(scene, moved.state, moved.notices);
}

/** Asks again where the person stands: after a question in between, a restart, or from a draft put aside. */
export function resume(definition: DialogDefinition, state: DialogState, handlers: Handlers, env: DialogEnv): DialogTurn {
  const scene = { definition, handlers, env };
  const moved = migrated(scene, state);
  return shown(scene, moved.state, moved.notices);
}

/**
 * How a typed text would be taken: a word of the dialog ("back"), an answer that the question's validator understands, a
 * sentence where any sentence would do, an answer to this question that can't be used, or something else.
 */
export type Acceptance = 'command' | 'answer' | 'free-text' | 'attempt' | 'none';

export function accepts(definition: DialogDefinition, state: DialogState, text: string, handlers: Handlers, env: DialogEnv): Acceptance {
  const scene = { definition, handlers, env };
  const { at } = migrated(scene, state).state;
  const { stops } = walked(scene, state);
  if (command(text, stops, definition.id, env) !== null) return 'command';
  if (at.kind === 'confirm' && (isWord('command.yes', text, env) || isWord('command.no', text, env))) return 'command';
  const stop = at.kind === 'review' ? undefined : stops.find((candidate) => candidate.step.field === at.field);
  if (stop === undefined || at.kind === 'review') return 'none';
  const { verdict, picked } = typedVerdict(scene, stop, cleanText(text).text, at.kind === 'field' ? at.attempt : null);
  if (verdict.kind === 'refused') return verdict.meant ? 'attempt' : 'none';
  return picked !== null || !validatorOf(stop.step, handlers).freeText ? 'answer' : 'free-text';
}

function fresh(definition: DialogDefinition): DialogState {
  return { dialog: definition.id, hash: definition.hash, seed: {}, answers: {}, attempts: {}, at: { kind: 'review' } };
}

function withNotices(turn: DialogTurn, notices: readonly Message[]): DialogTurn {
  return 'notices' in turn ? { ...turn, notices: [...notices, ...turn.notices] } : turn;
}
