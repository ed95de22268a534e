import type { Suggestion, Verdict } from '../../dialog/handlers.ts';
import type { Json, Message } from '../../locale.ts';

export function accepted(value: Json, echo: string, notices: readonly Message[] = []): Verdict {
  return { kind: 'accepted', value, echo, notices };
}

/** An answer to this very question that can't be used. */
export function refused(problem: Message, suggestions: readonly Suggestion[] = []): Verdict {
  return { kind: 'refused', problem, suggestions, meant: true };
}

/** Something that may be no answer to this question at all. */
export function unreadable(problem: Message, suggestions: readonly Suggestion[] = []): Verdict {
  return { kind: 'refused', problem, suggestions, meant: false };
}
