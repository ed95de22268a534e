import type { Verdict } from '../../dialog/handlers.ts';
import type { Json, Message } from '../../locale.ts';

export function accepted(value: Json, echo: string, notices: readonly Message[] = []): Verdict {
  return { kind: 'accepted', value, echo, notices };
}

export function refused(problem: Message): Verdict {
  return { kind: 'refused', problem, suggestions: [] };
}
