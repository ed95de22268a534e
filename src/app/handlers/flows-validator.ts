import { z } from 'zod';
import type { HandlerContext, Validator, Verdict } from '../../dialog/handlers.ts';
import { type Flow, flowSchema } from '../../domain/flow.ts';
import { flowText } from '../../domain/flow-text.ts';
import type { Site } from '../../domain/site.ts';
import type { JsonObject, Message } from '../../locale.ts';
import type { Knowledge } from '../ports.ts';
import { type LineReading, linesOf, readLine, suggestionsFor } from './flow-lines.ts';
import { sameTraffic } from './site-binding.ts';
import { accepted, refused, unreadable } from './verdicts.ts';

const longest = 10_000;
const most = 100;

/** One flow a line; role names and rule ids take the chosen site's addresses. */
export function flowsValidator(knowledge: Knowledge): Validator {
  return { freeText: false, read: (text, context) => readFlows(text, knowledge, context) };
}

export function readFlows(text: string, knowledge: Knowledge, { values, env }: HandlerContext): Verdict {
  if ([...text].length > longest) return refused({ key: 'field-error.too-long', params: { limit: longest } });
  const place = { knowledge, site: siteOf(knowledge, values) };
  const lines = linesOf(text);
  if (lines.length === 0) return unreadable({ key: 'field-error.flow-shape' });
  if (lines.length > most) return refused({ key: 'field-error.too-many-flows', params: { limit: most } });
  const readings = lines.map((line) => ({ line, reading: readLine(line, place) }));
  const failures = readings.flatMap(({ line, reading }, index) => (reading.ok ? [] : [{ line, reading, number: index + 1 }]));
  const [first] = failures;
  if (first !== undefined) {
    const suggestions = suggestionsFor(text, first.reading.fixes);
    const turnDown =
      failures.some(({ line, reading }) => isMeant(line, reading.problem)) || failures.length < lines.length ? refused : unreadable;
    if (lines.length === 1) return turnDown(first.reading.problem, suggestions);
    const named = failures.map(({ line, reading, number }) => {
      const why = env.say(reading.problem, env.reader);
      return env.say({ key: 'field-error.line', params: { number, line: clipped(line), why } }, env.reader);
    });
    return turnDown({ key: 'field-error.lines', params: { lines: named.join('\n') } }, suggestions);
  }
  const flows = distinct(readings.flatMap(({ reading }) => flowsIn(reading)));
  return accepted(flows, flows.map(flowText).join('\n'));
}

/** With an arrow, or right but for a detail. A question may also have a "to" and a service in it. */
function isMeant(line: string, problem: Message): boolean {
  return /->|=>|[→⇒➔⟶]/.test(line) || !['field-error.flow-shape', 'field-error.address'].includes(problem.key);
}

function flowsIn(reading: LineReading): readonly Flow[] {
  return reading.ok ? reading.flows : [];
}

export function distinct(flows: readonly Flow[]): readonly Flow[] {
  return flows.filter((flow, index) => flows.findIndex((other) => sameTraffic(other, flow)) === index);
}

export function siteOf(knowledge: Knowledge, values: JsonObject): Site | null {
  return knowledge.sites.find((site) => site.id === values['site']) ?? null;
}

const flowsSchema = z.array(flowSchema);

/** The flows of an answer that was accepted before; none where there is no answer yet. */
export function flowsOf(values: JsonObject): readonly Flow[] {
  const parsed = flowsSchema.safeParse(values['flows']);
  return parsed.success ? parsed.data : [];
}

function clipped(line: string): string {
  const characters = [...line];
  return characters.length > 80 ? `${characters.slice(0, 80).join('')}…` : line;
}
