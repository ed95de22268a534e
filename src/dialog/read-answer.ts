import type { Message } from '../locale.ts';
import { isWord, matchOption } from './commands.ts';
import type { Verdict } from './handlers.ts';
import type { Scene } from './standing.ts';
import type { DialogState } from './state.ts';
import { type Stop, validatorOf } from './walk.ts';

/** `raw` is what the verdict was passed on; `picked`: it was an option's or a suggestion's label, value or number. */
export type Reading = { readonly verdict: Verdict; readonly raw: string; readonly picked: 'option' | 'suggestion' | null };

type Asking = Exclude<DialogState['at'], { kind: 'review' }>;

/** Reads typed words as an answer: a suggestion's or an option's label first, then as the validator understands them. */
export function typedVerdict(scene: Scene, at: Asking, stop: Stop, text: string): Reading {
  const { step, context } = stop;
  if (step.optional && isWord('command.none', text, scene.env)) return { verdict: nothing(scene), raw: '', picked: 'option' };
  const suggestions = at.kind === 'field' && at.attempt !== null ? at.attempt.suggestions : [];
  const suggestion = matchOption(text, suggestions, false);
  const option = suggestion ?? matchOption(text, context.options, step.input === 'choice');
  const raw = option?.value ?? text;
  const picked = suggestion !== null ? 'suggestion' : option !== null ? 'option' : null;
  const earlier = at.kind === 'field' && picked === null ? at.attempt?.raw : undefined;
  const verdict = verdictOn(scene, earlier === undefined ? stop : { ...stop, context: { ...context, earlier } }, raw);
  return { verdict, raw: verdict.raw ?? raw, picked };
}

export function verdictOn(scene: Scene, stop: Stop, raw: string): Verdict {
  if (raw.trim() === '') return stop.step.optional ? nothing(scene) : refused({ key: 'dialog.needed' });
  return validatorOf(stop.step, scene.handlers).read(raw, stop.context);
}

function nothing({ env }: Scene): Verdict {
  return { kind: 'accepted', value: null, echo: env.say({ key: 'dialog.nothing' }, env.reader), notices: [] };
}

function refused(problem: Message): Verdict {
  return { kind: 'refused', problem, suggestions: [], meant: true };
}
