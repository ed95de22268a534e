import { z } from 'zod';
import { readText } from '../../src/app/answer-question.ts';
import { seedOf } from '../../src/app/begin-request.ts';
import { wantedIn } from '../../src/app/request-wanted.ts';
import type { PersonTurn } from '../../src/app/turn.ts';
import { instantSchema } from '../../src/domain/instant.ts';
import { wednesday } from './dialog-env.ts';
import { loadTestKnowledge } from './knowledge.ts';
import { noSettings } from './posting.ts';

const word = z.object({
  raw: z.string(),
  problem: z.object({ key: z.string() }).optional(),
  value: z
    .union([
      z.object({ kind: z.literal('between'), start: z.string(), end: z.string() }).transform(({ start, end }) => `${start} ${end}`),
      z.object({ kind: z.literal('until'), at: z.string() }).transform(({ at }) => at),
      z.object({ kind: z.enum(['any', 'permanent']) }).transform(({ kind }) => kind),
    ])
    .optional(),
});
const seed = z.object({
  rules: z.array(z.string()),
  site: z.string().nullable(),
  lines: z.string(),
  said: z.record(z.string(), word),
  rest: z.string(),
});

/** What a message asks for, in as few words as a table of cases has; null where it asks for no change. */
export type ReadRequest = {
  readonly order: 'open' | 'remove';
  readonly site?: string;
  readonly rules?: readonly string[];
  readonly lines?: readonly string[];
  /** What is said to a question: what it means, or as it was typed, or `! problem: words`. */
  readonly said?: Readonly<Record<string, string>>;
  readonly rest?: string;
};

export function readRequest(text: string, id = 'engineer'): ReadRequest | null {
  const knowledge = loadTestKnowledge();
  const person = knowledge.people.find((candidate) => candidate.id === id);
  if (person === undefined) throw new Error(`nobody is called ${id}`);
  const conversation = { platform: 'web', id: 'direct', kind: 'direct', thread: null } as const;
  const sender = { platform: 'web', tenant: null, id, name: id, standing: 'member' } as const;
  const turn: PersonTurn = {
    activity: { id: '1', conversation, sender, surface: 'chat', kind: 'message', text, heard: 'addressed' },
    actor: { kind: 'person', person },
    person,
    reader: person,
    now: instantSchema.parse(wednesday.toISOString()),
    knowledge,
    settings: noSettings,
  };
  const wanted = wantedIn(text, readText(text, knowledge).intent, turn);
  if (wanted === null) return null;
  const { rules, site, lines, said, rest } = seed.parse(seedOf(wanted, turn));
  const words = Object.entries(said).map(([field, { raw, problem, value }]) => [
    field,
    problem === undefined ? (value ?? raw) : `! ${problem.key.replace('field-error.', '')}: ${raw}`,
  ]);
  return {
    order: wanted.remove ? 'remove' : 'open',
    ...(site === null ? {} : { site }),
    ...(rules.length === 0 ? {} : { rules }),
    ...(lines === '' ? {} : { lines: lines.split('\n') }),
    ...(words.length === 0 ? {} : { said: Object.fromEntries(words) }),
    ...(rest === '' ? {} : { rest }),
  };
}
