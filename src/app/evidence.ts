import { z } from 'zod';
import { readCheckpoint } from '../audit/checkpoint.ts';
import { readEntry } from '../audit/read-entry.ts';
import type { AuditTrail } from '../audit/trail.ts';
import type { Person } from '../domain/actor.ts';
import type { ChangeRequest } from '../domain/change-request.ts';
import type { Instant } from '../domain/instant.ts';
import { type StoryEntry, storyOf, tell } from './audit-story.ts';

/** Everything that is known about a request, as it is found in the trail and in the request itself. */
export type Evidence = {
  readonly request: ChangeRequest;
  readonly story: readonly StoryEntry[];
  /** What the requester asked before, whose answers cite the rules of the request's flows. Oldest first. */
  readonly questions: readonly Question[];
  /** The last checkpoint, and the key it is signed with; null when nothing is signed. */
  readonly signed: { readonly origin: string; readonly size: number; readonly root: string; readonly vkey: string } | null;
  readonly now: Instant;
};

/** A question as its entry has it; `text` is null when it was erased. */
export type Question = { readonly at: string; readonly idx: number; readonly text: string | null; readonly rules: readonly string[] };

const questionDays = 30;
const mostQuestions = 10;
const pageSize = 500;
const dayMs = 86_400_000;

export async function gatherEvidence(
  trail: AuditTrail,
  request: ChangeRequest,
  people: readonly Person[],
  now: Instant,
): Promise<Evidence> {
  const story = await storyOf(trail, request, people);
  return { request, story, questions: await questionsBefore(trail, request, story, people), signed: await lastSigned(trail), now };
}

const answered = z.looseObject({ rules: z.array(z.string()) });

/** Looks back from the first submission, a page at a time. */
async function questionsBefore(
  trail: AuditTrail,
  { content }: ChangeRequest,
  story: readonly StoryEntry[],
  people: readonly Person[],
): Promise<readonly Question[]> {
  const first = story.find(({ entry: { type, outcome } }) => type === 'request.submit' && outcome === 'done');
  if (first === undefined || first.entry.actor.kind !== 'person') return [];
  const { ref } = first.entry.actor;
  const cited = new Set<string>(content.flows.flatMap(({ origin }) => (origin === null ? [] : [origin.rule])));
  const earliest = new Date(Date.parse(first.entry.at) - questionDays * dayMs).toISOString();
  const found: Question[] = [];
  for (let until = first.idx; until > 0 && found.length < mostQuestions && cited.size > 0; until -= pageSize) {
    const page = await trail.entries(Math.max(0, until - pageSize), until);
    const theirs = page.filter(({ bytes }) => {
      const entry = readEntry(bytes);
      const after = answered.safeParse(entry?.after);
      return (
        entry?.type === 'question.answer' && entry.actor.ref === ref && after.success && after.data.rules.some((rule) => cited.has(rule))
      );
    });
    const told = await tell(trail, theirs, people);
    found.unshift(...told.map(questionOf));
    const oldest = page[0] && readEntry(page[0].bytes)?.at;
    if (oldest !== undefined && oldest < earliest) break;
  }
  return found.filter(({ at }) => at >= earliest).slice(-mostQuestions);
}

function questionOf({ idx, entry, values }: StoryEntry): Question {
  const text = values.get('question');
  return { idx, at: entry.at, text: typeof text === 'string' ? text : null, rules: answered.parse(entry.after).rules };
}

async function lastSigned(trail: AuditTrail): Promise<Evidence['signed']> {
  const last = (await trail.checkpoints()).at(-1);
  const checkpoint = last && readCheckpoint(last.note);
  if (!last || !checkpoint) return null;
  const [ending] = await trail.entries(last.size - 1, last.size);
  const vkey = (ending && readEntry(ending.bytes)?.after)?.['key'];
  const root = Buffer.from(checkpoint.root).toString('hex');
  return { origin: checkpoint.origin, size: checkpoint.size, root, vkey: typeof vkey === 'string' ? vkey : '' };
}
