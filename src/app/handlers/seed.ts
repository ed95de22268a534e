import { z } from 'zod';
import { cleanText } from '../../dialog/clean-text.ts';
import type { Suggestion } from '../../dialog/handlers.ts';
import { flowSchema } from '../../domain/flow.ts';
import type { Rule } from '../../domain/rule.ts';
import { type JsonObject, jsonSchema, type Message } from '../../locale.ts';
import type { Knowledge } from '../ports.ts';
import { type Asked, ruleOf } from './site-binding.ts';

const texts = z.array(z.string()).catch([]);
const messageSchema = z.custom<Message>((value) => typeof value === 'object' && value !== null && 'key' in value);
const suggestionSchema: z.ZodType<Suggestion> = z.object({ label: z.string(), text: z.string() });

/** The words of a field; what they meant when they were said, where that moves with the clock; or why they can't be used. */
const wordSchema = z.union([
  z.object({ raw: z.string(), problem: messageSchema, suggestions: z.array(suggestionSchema) }),
  z.object({ raw: z.string(), value: jsonSchema, echo: z.string(), notices: z.array(messageSchema) }),
  z.object({ raw: z.string() }),
]);

const seedSchema = z.object({
  rules: texts,
  from: texts,
  to: texts,
  site: z.string().nullable().catch(null),
  /** The flows of a former request, to be removed. */
  flows: z.array(flowSchema).catch([]),
  text: z.string().catch(''),
  /** Flows as lines or as a table. */
  lines: z.string().catch(''),
  said: z.record(z.string(), wordSchema).catch({}),
  /** Words of a sentence that say nothing else: perhaps why it is needed. */
  rest: z.string().catch(''),
});

/** What a request was opened with; anything that is not there or not of that shape counts as not said. */
export type RequestSeed = Omit<z.infer<typeof seedSchema>, 'rules' | 'from' | 'to'> & {
  readonly rules: readonly Rule[];
  readonly asked: Asked;
};

export function readSeed(knowledge: Knowledge, seed: JsonObject): RequestSeed {
  const { rules, from, to, text, lines, ...others } = seedSchema.parse(seed);
  const known = rules.flatMap((id) => ruleOf(knowledge, id)?.rule ?? []);
  return { ...others, rules: known, asked: { from, to }, text: cleanText(text).text, lines: cleanText(lines).text };
}
