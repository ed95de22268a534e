import type { Message } from '../locale.ts';
import type { Scene } from './standing.ts';
import type { DialogState } from './state.ts';
import { stepsOf } from './walk.ts';

/** A draft begun with another definition keeps what was said to questions that are still asked; `walk` asks what no longer holds. */
export function migrated(scene: Scene, state: DialogState): { readonly state: DialogState; readonly notices: readonly Message[] } {
  const { definition } = scene;
  if (state.hash === definition.hash) return { state, notices: [] };
  const fields = new Set(stepsOf(definition).map((step) => step.field));
  const kept = <T>(said: Readonly<Record<string, T>>) => Object.fromEntries(Object.entries(said).filter(([field]) => fields.has(field)));
  const at: DialogState['at'] = state.at.kind !== 'review' && fields.has(state.at.field) ? state.at : { kind: 'review' };
  const [answers, attempts] = [kept(state.answers), kept(state.attempts)];
  return { state: { ...state, hash: definition.hash, answers, attempts, at }, notices: [{ key: 'dialog.migrated' }] };
}
