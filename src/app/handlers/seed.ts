import { z } from 'zod';
import { cleanText } from '../../dialog/clean-text.ts';
import { flowSchema } from '../../domain/flow.ts';
import type { Rule } from '../../domain/rule.ts';
import type { JsonObject } from '../../locale.ts';
import type { Knowledge } from '../ports.ts';
import { type Asked, ruleOf } from './site-binding.ts';

const texts = z.array(z.string()).catch([]);
const seedSchema = z.object({
  rules: texts,
  from: texts,
  to: texts,
  site: z.string().nullable().catch(null),
  /** The flows of a former request, to be removed. */
  flows: z.array(flowSchema).catch([]),
  text: z.string().catch(''),
});

/** What a request was opened with; anything that is not there or not of that shape counts as not said. */
export type RequestSeed = {
  readonly rules: readonly Rule[];
  readonly asked: Asked;
  readonly site: string | null;
  readonly flows: z.infer<typeof seedSchema>['flows'];
  readonly text: string;
};

export function readSeed(knowledge: Knowledge, seed: JsonObject): RequestSeed {
  const { rules, from, to, site, flows, text } = seedSchema.parse(seed);
  const known = rules.flatMap((id) => ruleOf(knowledge, id)?.rule ?? []);
  return { rules: known, asked: { from, to }, site, flows, text: cleanText(text).text };
}
