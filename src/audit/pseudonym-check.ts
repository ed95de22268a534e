import { pseudonymOf } from './commitment.ts';
import type { LogWalk } from './log-walk.ts';
import type { AuditTrail } from './trail.ts';
import { type Finding, missing, tampered } from './verdict.ts';

const atOnce = 500;

/** Every pseudonym follows from whom it stands for; where all of the log was seen, each of its pseudonyms stands for someone and none stands idle. */
export async function comparePseudonyms(
  trail: AuditTrail,
  { refs, erasedRefs }: Pick<LogWalk, 'refs' | 'erasedRefs'>,
  all: boolean,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const left = new Map(refs);
  for (let after = ''; ; ) {
    const page = await trail.pseudonyms(after, atOnce);
    for (const { subject, ref, salt } of page) {
      const entry = left.get(ref) ?? null;
      if (pseudonymOf(salt, subject) !== ref) findings.push(tampered(entry, null, `the pseudonym ${ref} was given to somebody else`));
      else if (all && entry === null) findings.push(tampered(null, null, `the pseudonym ${ref} stands in no entry`));
      left.delete(ref);
      after = ref;
    }
    if (page.length === 0) break;
  }
  for (const ref of erasedRefs) left.delete(ref);
  if (all) for (const [ref, entry] of left) findings.push(missing(entry, null, `whom the pseudonym ${ref} stands for is missing`));
  return findings;
}
