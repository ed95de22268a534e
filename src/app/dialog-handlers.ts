import type { Handlers, KnownNames } from '../dialog/handlers.ts';
import { AppError } from '../errors.ts';
import type { Knowledge } from './ports.ts';

/** The names that dialog definitions may use, for checking them before there is any knowledge. */
export const knownNames: KnownNames = {
  validators: [],
  options: [],
  prefills: [],
  facts: [],
  effects: ['submit-request', 'decide', 'record-outcome'],
};

export function dialogHandlers(_knowledge: Knowledge): Handlers {
  throw new AppError('unreachable', 'not written yet');
}
