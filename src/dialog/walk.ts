import { AppError } from '../errors.ts';
import type { Json, JsonObject, Message } from '../locale.ts';
import type { Condition, DialogDefinition, Step } from './definition.ts';
import type { DialogEnv, HandlerContext, Handlers, Validator } from './handlers.ts';
import type { Answer, Option } from './state.ts';

type Answers = Readonly<Record<string, Answer>>;

/** A question in force, what it may be answered with, and what its handlers are told. */
export type Stop = { readonly step: Step; readonly context: HandlerContext; readonly answer: Answer | null };

/** The way through a dialog as the answers have it now. */
export type Walk = {
  readonly stops: readonly Stop[];
  /** Brought up to date: what is filled in follows the answers before it. */
  readonly answers: Answers;
  readonly values: JsonObject;
  /** The first question without an answer that holds, and what is wrong with the one it had. */
  readonly pending: { readonly stop: Stop; readonly problem: Message | null } | null;
  readonly notices: readonly Message[];
};

export function walk(definition: DialogDefinition, given: Answers, seed: JsonObject, handlers: Handlers, env: DialogEnv): Walk {
  const answers: Record<string, Answer> = { ...given };
  const values: Record<string, Json> = {};
  const stops: Stop[] = [];
  const notices: Message[] = [];
  let pending: Walk['pending'] = null;
  for (const step of stepsOf(definition)) {
    const context = contextOf(definition.id, step, values, seed, handlers, env);
    if (step.when !== undefined && !holds(step.when, context, handlers)) continue;
    const current = upToDate(step, answers[step.field] ?? null, context, handlers);
    if (current.answer === null) delete answers[step.field];
    else answers[step.field] = current.answer;
    if (current.answer?.prefilled && current.answer.raw !== given[step.field]?.raw) notices.push(...current.notices);
    const stop = { step, context, answer: current.answer };
    stops.push(stop);
    if (current.answer !== null) values[step.field] = current.answer.value;
    if (pending === null && (current.answer === null || current.problem !== null)) pending = { stop, problem: current.problem };
  }
  return { stops, answers, values, pending, notices };
}

export function stepsOf(definition: DialogDefinition): readonly Step[] {
  return definition.pages.flatMap((page) => page.steps);
}

export function validatorOf(step: Step, handlers: Handlers): Validator {
  return registered(handlers.validators, step.validate);
}

type Current = { readonly answer: Answer | null; readonly problem: Message | null; readonly notices: readonly Message[] };

function upToDate(step: Step, answer: Answer | null, context: HandlerContext, handlers: Handlers): Current {
  if (answer !== null && !answer.prefilled) return { ...reread(step, answer, context, handlers), notices: [] };
  if (step.prefill === undefined) return { answer: null, problem: null, notices: [] };
  const prefill = registered(handlers.prefills, step.prefill)(context);
  if (prefill === null) return { answer: null, problem: null, notices: [] };
  const { raw, value, echo } = prefill;
  return { answer: { raw, value, echo, prefilled: true }, problem: null, notices: prefill.notices };
}

/** What was typed may mean something else by now, or nothing: a role's addresses follow the site. */
function reread(step: Step, answer: Answer, context: HandlerContext, handlers: Handlers): Omit<Current, 'notices'> {
  if (step.optional && answer.value === null) return { answer, problem: null };
  const validator = validatorOf(step, handlers);
  if (validator.recheck !== undefined) return { answer, problem: validator.recheck(answer, context) };
  const verdict = validator.read(answer.raw, context);
  if (verdict.kind === 'refused') return { answer, problem: verdict.problem };
  return { answer: { ...answer, value: verdict.value, echo: verdict.echo }, problem: null };
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
