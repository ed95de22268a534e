import type { ActionData, Card, CardElement } from '../chat/card.ts';
import { AppError } from '../errors.ts';
import type { DialogDefinition } from './definition.ts';
import type { DialogEnv } from './handlers.ts';
import type { DialogInput, DialogTurn } from './turn.ts';

/** A turn as a card whose buttons carry the draft's id. `extra` (findings) stands on the last card, under the answers. */
export function promptCard(
  _definition: DialogDefinition,
  _turn: DialogTurn,
  _draft: string,
  _env: DialogEnv,
  _extra: readonly CardElement[] = [],
): Card {
  throw new AppError('unreachable', 'not written yet');
}

/** A click on such a card, read back: the draft it is about and the input it means. Null when it is no dialog's button. */
export function dialogClick(_action: string, _data: ActionData): { readonly draft: string; readonly input: DialogInput } | null {
  throw new AppError('unreachable', 'not written yet');
}
