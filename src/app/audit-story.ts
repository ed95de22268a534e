import { z } from 'zod';
import { type AuditActor, type AuditEntry, parseEntry, type StoredEntry } from '../audit/entry.ts';
import { firstSince } from '../audit/first-since.ts';
import type { AuditTrail } from '../audit/trail.ts';
import type { Person } from '../domain/actor.ts';
import type { ChangeRequest } from '../domain/change-request.ts';
import { type Json, jsonSchema } from '../locale.ts';

/** An entry with what is kept beside the log: who stands behind its pseudonym, and its personal values. */
export type StoryEntry = {
  readonly idx: number;
  /** In hex. */
  readonly leaf: string;
  readonly entry: AuditEntry;
  /** A name, an account, or the pseudonym of somebody erased; null for the program itself. */
  readonly who: string | null;
  /** By name; null for one that was erased. */
  readonly values: ReadonlyMap<string, Json>;
};

/** Everything in the trail about a request, from its first entry on. */
export async function storyOf(trail: AuditTrail, request: ChangeRequest, people: readonly Person[]): Promise<readonly StoryEntry[]> {
  const from = await firstSince(trail, request.created_at);
  return tell(trail, await trail.about(request.id, from), people);
}

/** Entries as people read them; those that can't be read are left out. */
export async function tell(trail: AuditTrail, stored: readonly StoredEntry[], people: readonly Person[]): Promise<readonly StoryEntry[]> {
  const read = stored.flatMap(({ idx, bytes, leaf }) => {
    const entry = parseEntry(bytes);
    return entry === null ? [] : [{ idx, entry, leaf: Buffer.from(leaf).toString('hex') }];
  });
  const names = await namesOf(trail, read, people);
  const told: StoryEntry[] = [];
  for (const one of read) {
    const kept = await trail.personal(one.idx, one.idx + 1);
    const committed = Object.keys(one.entry.commitments).map((name): [string, Json] => [name, null]);
    const values = new Map([...committed, ...kept.map(({ name, value }): [string, Json] => [name, parsed(value)])]);
    told.push({ ...one, who: nameOf(one.entry.actor, names), values });
  }
  return told;
}

const pseudonymsAtOnce = 500;

/** By pseudonym, of those who occur. */
async function namesOf(
  trail: AuditTrail,
  entries: readonly { readonly entry: AuditEntry }[],
  people: readonly Person[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = new Set(entries.map(({ entry: { actor } }) => (actor.kind === 'system' ? null : actor.ref)));
  const names = new Map<string, string>();
  for (let after = ''; ; ) {
    const page = await trail.pseudonyms(after, pseudonymsAtOnce);
    for (const { ref, subject } of page) {
      after = ref;
      if (!wanted.has(ref)) continue;
      const [, id] = /^person\/(.*)$/s.exec(subject) ?? [];
      const account = subject.replace(/^account\//, '');
      names.set(ref, id === undefined ? account : (people.find((person) => person.id === id)?.name ?? id));
    }
    if (page.length === 0) return names;
  }
}

function nameOf(actor: AuditActor, names: ReadonlyMap<string, string>): string | null {
  return actor.kind === 'system' ? null : (names.get(actor.ref) ?? actor.ref);
}

function parsed(value: string): Json {
  try {
    return jsonSchema.parse(JSON.parse(value));
  } catch {
    return null;
  }
}

const recipient = z.looseObject({ reader: z.string().nullable() });

/** Whom a card was shown to: a person's name, or null for everyone in a channel. Undefined when that was erased. */
export function shownTo({ values }: StoryEntry, people: readonly Person[]): string | null | undefined {
  const to = recipient.safeParse(values.get('to'));
  if (!to.success) return undefined;
  const { reader } = to.data;
  return reader === null ? null : (people.find(({ id }) => id === reader)?.name ?? reader);
}
