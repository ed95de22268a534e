import { AppError } from '../errors.ts';
import type { JsonObject } from '../locale.ts';
import type { DialogDefinition } from './definition.ts';
import type { DialogEnv, Handlers } from './handlers.ts';
import type { DialogState } from './state.ts';
import type { DialogInput, DialogTurn } from './turn.ts';

/** Opens a dialog: fills in what is known from `seed`, and asks the first thing that is not. */
export function open(_definition: DialogDefinition, _seed: JsonObject, _handlers: Handlers, _env: DialogEnv): DialogTurn {
  throw new AppError('unreachable', 'not written yet');
}

/** Takes one input. Pure: the next state is in the turn. */
export function step(
  _definition: DialogDefinition,
  _state: DialogState,
  _input: DialogInput,
  _handlers: Handlers,
  _env: DialogEnv,
): DialogTurn {
  throw new AppError('unreachable', 'not written yet');
}

/** Asks again where the person stands: after a question in between, a restart, or from a draft put aside. */
export function resume(_definition: DialogDefinition, _state: DialogState, _handlers: Handlers, _env: DialogEnv): DialogTurn {
  throw new AppError('unreachable', 'not written yet');
}

/**
 * How a typed text would be taken: a word of the dialog ("back"), an answer that the question's validator understands, a
 * sentence where any sentence would do, or nothing the question can use.
 */
export type Acceptance = 'command' | 'answer' | 'free-text' | 'none';

export function accepts(
  _definition: DialogDefinition,
  _state: DialogState,
  _text: string,
  _handlers: Handlers,
  _env: DialogEnv,
): Acceptance {
  throw new AppError('unreachable', 'not written yet');
}
