import { AppError } from '../errors.ts';
import type { Json, JsonObject, Message } from '../locale.ts';
import type { Condition, DialogDefinition, Step } from './definition.ts';
import type { DialogEnv, HandlerContext, Handlers, Offer, Prefill, Validator } from './handlers.ts';
import type { Answer, Attempt, DialogState, Option } from './state.ts';

type Answers = Readonly<Record<string, Answer>>;

/**
 * A question in force, what it may be answered with, and what its handlers are told. `attempt`: what can't be used of what was
 * typed, said or answered.
 */
export type Stop = {
  readonly step: Step;
  readonly context: HandlerContext;
  readonly answer: Answer | null;
  readonly attempt: Attempt | null;
  /** An answer to one of the open questions before it may fill it in. */
  readonly waits: boolean;
};

/** The way through a dialog as the answers have it now. */
export type Walk = {
  readonly stops: readonly Stop[];
  /** Brought up to date: what is filled in follows the answers before it. */
  readonly answers: Answers;
  readonly values: JsonObject;
  /** The first question without an answer that holds. */
  readonly pending: Stop | null;
  readonly notices: readonly Message[];
};

type Given = Pick<DialogState, 'answers' | 'attempts' | 'seed'>;

export function walk(definition: DialogDefinition, { answers: given, attempts, seed }: Given, handlers: Handlers, env: DialogEnv): Walk {
  const answers: Record<string, Answer> = { ...given };
  const values: Record<string, Json> = {};
  const stops: Stop[] = [];
  const notices: Message[] = [];
  for (const step of stepsOf(definition)) {
    const context = contextOf(definition.id, step, values, seed, handlers, env);
    if (step.when !== undefined && !holds(step.when, context, handlers)) continue;
    const current = upToDate(step, answers[step.field] ?? null, context, handlers);
    if (current.answer === null) delete answers[step.field];
    else answers[step.field] = current.answer;
    if (current.answer?.prefilled && current.answer.raw !== given[step.field]?.raw) notices.push(...current.notices);
    const typed = attempts[step.field] ?? null;
    const waits = step.prefill !== undefined && current.answer === null && typed === null && stops.some(isOpen);
    stops.push({ step, context, answer: current.answer, attempt: typed ?? current.attempt, waits });
    if (current.answer !== null) values[step.field] = current.answer.value;
  }
  return { stops, answers, values, pending: stops.find(isOpen) ?? null, notices };
}

/** Whether a question still waits for an answer that can be used. */
export function isOpen({ answer, attempt }: Stop): boolean {
  return answer === null || attempt !== null;
}

export function stepsOf(definition: DialogDefinition): readonly Step[] {
  return definition.pages.flatMap((page) => page.steps);
}

export function validatorOf(step: Step, handlers: Handlers): Validator {
  return registered(handlers.validators, step.validate);
}

/** `attempt`: what is wrong with the answer, or with what was offered for one. */
type Current = { readonly answer: Answer | null; readonly attempt: Attempt | null; readonly notices: readonly Message[] };

const unanswered: Current = { answer: null, attempt: null, notices: [] };

function upToDate(step: Step, answer: Answer | null, context: HandlerContext, handlers: Handlers): Current {
  if (answer !== null && !answer.prefilled) return { ...reread(step, answer, context, handlers), notices: [] };
  const filled = handlers.said?.(context) ?? prefilled(step, context, handlers);
  if (filled === null) return unanswered;
  if ('problem' in filled) {
    const suggestions = filled.suggestions.map(({ label, text }) => ({ label, value: text }));
    return { ...unanswered, attempt: { raw: filled.raw, problem: filled.problem, suggestions } };
  }
  const { raw, value, echo, notices } = filled;
  return { answer: { raw, value, echo, prefilled: true }, attempt: null, notices };
}

function prefilled(step: Step, context: HandlerContext, handlers: Handlers): Prefill | Offer | null {
  return step.prefill === undefined ? null : registered(handlers.prefills, step.prefill)(context);
}

/** What was typed may mean something else by now, or nothing: a role's addresses follow the site. */
function reread(step: Step, answer: Answer, context: HandlerContext, handlers: Handlers): Omit<Current, 'notices'> {
  if (step.optional && answer.value === null) return { answer, attempt: null };
  const validator = validatorOf(step, handlers);
  if (validator.recheck !== undefined) return { answer, attempt: attempted(answer, validator.recheck(answer, context)) };
  const verdict = validator.read(answer.raw, context);
  if (verdict.kind === 'refused') return { answer, attempt: attempted(answer, verdict.problem) };
  return { answer: { ...answer, value: verdict.value, echo: verdict.echo }, attempt: null };
}

function attempted({ raw }: Answer, problem: Message | null): Attempt | null {
  return problem === null ? null : { raw, problem, suggestions: [] };
}

function contextOf(dialog: string, step: Step, values: JsonObject, seed: JsonObject, handlers: Handlers, env: DialogEnv): HandlerContext {
  const bare = { dialog, field: step.field, values: { ...values }, seed, options: [], env };
  return { ...bare, options: optionsOf(step, bare, handlers) };
}

function optionsOf(step: Step, context: HandlerContext, handlers: Handlers): readonly Option[] {
  if (step.options === undefined) return [];
  if (typeof step.options === 'string') return registered(handlers.options, step.options)(context);
  const { say, reader } = context.env;
  return step.options.map((value) => ({ value, label: say({ key: `${context.dialog}.${step.field}.option.${value}` }, reader) }));
}

function holds(condition: Condition, context: HandlerContext, handlers: Handlers): boolean {
  const fact = handlers.facts.get(condition.field);
  const value = fact === undefined ? context.values[condition.field] : fact(context);
  return 'equals' in condition ? value === condition.equals : condition.in.some((one) => one === value);
}

function registered<T>(handlers: ReadonlyMap<string, T>, name: string): T {
  const handler = handlers.get(name);
  if (handler === undefined) throw new AppError('data-invalid', `a dialog names the handler ${name}, which is not registered`);
  return handler;
}
