import { randomBytes } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { AuditDraft } from '../../app/ports.ts';
import { pseudonymOf, saltBytes } from '../../audit/commitment.ts';
import { keptText } from './kept-text.ts';
import type { Schema } from './schema.ts';

/** Whom a pseudonym stands for, or null for the system. */
export function subjectOf(actor: AuditDraft['actor']): string | null {
  switch (actor.kind) {
    case 'person':
      return `person/${actor.person}`;
    case 'account':
      return `account/${actor.platform}/${actor.id}`;
    case 'system':
      return null;
  }
}

const pseudonymsOf = keptText(
  (db, subjects: readonly string[]) => db.selectFrom('pseudonym').select(['subject', 'ref']).where('subject', 'in', subjects),
  (subjects) => subjects,
);

/** The pseudonym of everyone who acts in these drafts, by subject. One is made at somebody's first deed. */
export async function pseudonyms(tx: Transaction<Schema>, drafts: readonly AuditDraft[]): Promise<ReadonlyMap<string, string>> {
  const subjects = [...new Set(drafts.map(({ actor }) => subjectOf(actor)).filter((subject) => subject !== null))];
  if (subjects.length === 0) return new Map();
  const known = (await pseudonymsOf(tx, subjects)).rows;
  const refs = new Map(known.map(({ subject, ref }) => [subject, ref]));
  const added = subjects
    .filter((subject) => !refs.has(subject))
    .map((subject) => {
      const salt = randomBytes(saltBytes);
      return { subject, ref: pseudonymOf(salt, subject), salt };
    });
  if (added.length > 0) await tx.insertInto('pseudonym').values(added).execute();
  for (const { subject, ref } of added) refs.set(subject, ref);
  return refs;
}
