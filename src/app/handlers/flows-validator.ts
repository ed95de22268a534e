import { z } from 'zod';
import { cutLine } from '../../chat/cut.ts';
import type { HandlerContext, Suggestion, Validator, Verdict } from '../../dialog/handlers.ts';
import { type Flow, flowSchema } from '../../domain/flow.ts';
import { flowText } from '../../domain/flow-text.ts';
import type { Site } from '../../domain/site.ts';
import type { JsonObject, Message } from '../../locale.ts';
import type { Knowledge } from '../ports.ts';
import { type BadLine, badLines, goodLines, mend, mended, type Paste, type PastedLine, readPaste, rewritten } from './flow-paste.ts';
import { trafficKey } from './site-binding.ts';
import { accepted, refused, unreadable } from './verdicts.ts';

const longest = 50_000;
const mostLines = 200;
/** So many bad lines are explained; of more the numbers are said. */
const explained = 20;
/** So many flows are said in full; more are counted, and shown as a table. */
export const mostSaid = 3;

/** One flow a line, or a table; role names and rule ids take the chosen site's addresses. */
export function flowsValidator(knowledge: Knowledge): Validator {
  return { freeText: false, read: (text, context) => readFlows(text, knowledge, context) };
}

export function readFlows(text: string, knowledge: Knowledge, context: HandlerContext): Verdict {
  if ([...text].length > longest) return refused({ key: 'field-error.too-long', params: { limit: longest } });
  const place = { knowledge, site: siteOf(knowledge, context.values) };
  const before = context.earlier === undefined ? null : readPaste(context.earlier, place, null);
  const now = readPaste(text, place, before?.layout ?? null);
  if (now.lines.length === 0) return unreadable({ key: 'field-error.flow-shape' });
  const good = before === null ? [] : goodLines(before);
  const mends = before !== null && good.length > 0 && now.lines.length <= badLines(before).length;
  if (!mends) return verdictOn(now, text, context);
  if (!now.lines.some(isMeant)) return { ...unreadable(explain(now, context), leaveOut(before, context)), raw: context.earlier ?? text };
  const whole = mended(before, now);
  const verdict = verdictOn(whole, rewritten(whole), context);
  const said: Message = { key: 'dialog.note.lines-added', params: { count: good.length } };
  return verdict.kind === 'accepted' ? { ...verdict, notices: [said, ...verdict.notices] } : verdict;
}

function verdictOn(paste: Paste, text: string, context: HandlerContext): Verdict {
  const { lines } = paste;
  if (lines.length > mostLines) {
    return refused({ key: 'field-error.too-many-lines', params: { limit: mostLines, count: lines.length } });
  }
  const failures = badLines(paste);
  const [first] = failures;
  if (first !== undefined) {
    const turnDown = lines.some(isMeant) ? refused : unreadable;
    const suggestions = lines.length === 1 ? ofOneLine(first, text) : ofLines(paste, first, context);
    return { ...turnDown(explain(paste, context), suggestions), raw: text };
  }
  const { flows, repeated } = collect(lines);
  const notices = [...paste.notices];
  if (repeated.length > 0) notices.push({ key: 'dialog.note.same-flow', params: { lines: repeated.join(', ') } });
  return { ...accepted([...flows], flowsEcho(flows, context), notices), raw: text };
}

/** The flows as they are said back: in full, or how many. */
export function flowsEcho(flows: readonly Flow[], { env }: HandlerContext): string {
  if (flows.length <= mostSaid) return flows.map(flowText).join('\n');
  return env.say({ key: 'dialog.flows', params: { count: flows.length } }, env.reader);
}

/** Right, or with an arrow, or right but for a detail. A question may also have a "to" and a service in it. */
function isMeant({ text, reading }: PastedLine): boolean {
  return reading.ok || /->|=>|[→⇒➔⟶]/.test(text) || !['field-error.flow-shape', 'field-error.address'].includes(reading.problem.key);
}

function explain(paste: Paste, { env }: HandlerContext): Message {
  const bad = badLines(paste);
  const [first] = bad;
  if (first !== undefined && paste.lines.length === 1) return first.reading.problem;
  const named = bad.slice(0, explained).map(({ text, reading, number }) => {
    const why = env.say(reading.problem, env.reader);
    return env.say({ key: 'field-error.line', params: { number, line: cutLine(text, 80), why } }, env.reader);
  });
  const rest = bad.slice(explained).map(({ number }) => number);
  if (rest.length > 0) named.push(env.say({ key: 'field-error.more-lines', params: { lines: rest.join(', ') } }, env.reader));
  const lines = named.join('\n');
  const count = paste.lines.length;
  if (bad.length === count) return { key: 'field-error.lines', params: { lines } };
  return { key: 'field-error.lines-some', params: { lines, count, good: count - bad.length } };
}

function ofOneLine({ reading }: BadLine, text: string): readonly Suggestion[] {
  const plain = text.normalize('NFKC').trim();
  return reading.fixes.map((fix) => ({ label: fix.label, text: mend(plain, fix) }));
}

/** The first bad line put right, or every line's missing transport; and the good lines alone. */
function ofLines(paste: Paste, first: BadLine, context: HandlerContext): readonly Suggestion[] {
  const bad = badLines(paste);
  const lacksTransport = bad.every(({ reading }) => reading.problem.key === 'field-error.transport');
  const fixes = first.reading.fixes.map((fix, place): Suggestion => {
    const isMended = (line: PastedLine) => (lacksTransport ? !line.reading.ok : line.reading === first.reading);
    const fixFor = (line: PastedLine) => (lacksTransport ? (line.reading.ok ? undefined : line.reading.fixes[place]) : fix);
    const text = rewritten(paste, (line) => {
      const own = isMended(line) ? fixFor(line) : undefined;
      return own === undefined ? line.text : mend(line.written, own);
    });
    const transport = place === 0 ? 'TCP' : 'UDP';
    return { label: lacksTransport && bad.length > 1 ? transport : fix.label, text };
  });
  return [...fixes, ...leaveOut(paste, context)];
}

function leaveOut(paste: Paste, { env }: HandlerContext): readonly Suggestion[] {
  const bad = badLines(paste);
  if (bad.length === 0 || bad.length === paste.lines.length) return [];
  const [first] = bad;
  const one: Message = { key: 'dialog.leave-out.one', params: { number: first?.number ?? 0 } };
  const label = env.say(bad.length === 1 ? one : { key: 'dialog.leave-out.other', params: { count: bad.length } }, env.reader);
  return [{ label, text: rewritten(paste, ({ text, reading }) => (reading.ok ? text : null)) }];
}

/** Each flow once, and the numbers of the lines that say nothing new. */
function collect(lines: readonly PastedLine[]): { readonly flows: readonly Flow[]; readonly repeated: readonly number[] } {
  const known = new Map<string, Flow>();
  const repeated: number[] = [];
  for (const { number, reading } of lines) {
    if (!reading.ok) continue;
    const size = known.size;
    for (const flow of reading.flows) if (!known.has(trafficKey(flow))) known.set(trafficKey(flow), flow);
    if (known.size === size) repeated.push(number);
  }
  return { flows: [...known.values()], repeated };
}

export function distinct(flows: readonly Flow[]): readonly Flow[] {
  return [...new Map(flows.toReversed().map((flow) => [trafficKey(flow), flow])).values()].toReversed();
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
