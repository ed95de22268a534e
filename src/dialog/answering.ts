import type { Verdict } from './handlers.ts';
import type { Answer, Attempt, DialogState } from './state.ts';

/** The state with an answer to a question, and nothing left of what was typed for it before. */
export function answering(state: DialogState, field: string, taken: Answer): DialogState {
  return { ...state, answers: { ...state.answers, [field]: taken }, attempts: without(state.attempts, field) };
}

/** What was typed, and why it can't be used. */
export function attemptOf(raw: string, { problem, suggestions }: Extract<Verdict, { kind: 'refused' }>): Attempt {
  return { raw, problem, suggestions: suggestions.map(({ label, text }) => ({ label, value: text })) };
}

export function without<T>(record: Readonly<Record<string, T>>, field: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== field));
}
