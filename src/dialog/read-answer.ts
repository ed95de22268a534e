import type { Message } from '../locale.ts';
import { isWord, matchOption } from './commands.ts';
import type { Verdict } from './handlers.ts';
import type { Scene } from './standing.ts';
import type { Attempt } from './state.ts';
import { type Stop, validatorOf } from './walk.ts';

/** `raw` is what the verdict was passed on; `picked`: it was an option's or a suggestion's label, value or number. */
export type Reading = { readonly verdict: Verdict; readonly raw: string; readonly picked: 'option' | 'suggestion' | null };

/**
 * Reads typed words as an answer: a suggestion's or an option's label first, then as the validator understands them. They may mend
 * an earlier `attempt` where that is not what they stand in the place of.
 */
export function typedVerdict(scene: Scene, stop: Stop, text: string, attempt: Attempt | null, mends = true): Reading {
  const { step, context } = stop;
  if (step.optional && isWord('command.none', text, scene.env)) return { verdict: nothing(scene), raw: '', picked: 'option' };
  const suggestion = matchOption(text, attempt?.suggestions ?? [], false);
  const option = suggestion ?? matchOption(text, context.options, step.input === 'choice');
  const raw = option?.value ?? text;
  const picked = suggestion !== null ? 'suggestion' : option !== null ? 'option' : null;
  const earlier = mends && picked === null ? attempt?.raw : undefined;
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
