import { type SqlBool, sql, type Transaction } from 'kysely';
import type { AuditDraft, Clock, Erased } from '../../app/ports.ts';
import { type Erasure, erasedAtOnce, erasureAfter, erasureType } from '../../audit/erasure.ts';
import { instantOf } from '../../domain/instant.ts';
import { appendEntries, type LogEnd, readEnd } from './audit-log.ts';
import type { Dialect } from './database.ts';
import { forget, linkedAccounts } from './forget.ts';
import { subjectOf } from './pseudonyms.ts';
import type { Schema } from './schema.ts';

type Tx = Transaction<Schema>;
type Subject = Parameters<typeof subjectOf>[0];
type Value = Erasure['values'][number];

/**
 * Erases, under the writers' lock, what is kept of these actors, and of the accounts linked to them, beside the log: the values of
 * their entries, those that say what was shown to them, and their pseudonyms. What was taken out is named by entries written
 * first; a trigger lets nothing else go. What else is kept of them goes with it, and everybody's deliveries that have ended.
 * Requests stay.
 */
export async function erase(
  tx: Tx,
  known: LogEnd,
  named: readonly Subject[],
  clock: Clock,
  dialect: Dialect,
): Promise<{ readonly result: Erased; readonly end: LogEnd }> {
  const who = [...named, ...(await linkedAccounts(tx, named))];
  const subjects = who.map(subjectOf).filter((subject) => subject !== null);
  const refs = (await tx.selectFrom('pseudonym').select('ref').where('subject', 'in', subjects).execute()).map(({ ref }) => ref);
  const values = await valuesOf(tx, who, refs, dialect);
  let end = await readEnd(tx, known);
  for (let at = 0; at < values.length || (at === 0 && refs.length > 0); at += erasedAtOnce) {
    const chunk = values.slice(at, at + erasedAtOnce);
    const entry = erasureEntry({ values: chunk, refs: at === 0 ? refs : [] });
    end = await appendEntries(tx, end, [entry], null, instantOf(clock.now()));
    for (const [idx, name] of chunk) await tx.deleteFrom('audit_personal').where('idx', '=', idx).where('name', '=', name).execute();
  }
  await tx.deleteFrom('pseudonym').where('subject', 'in', subjects).execute();
  for (const actor of who) await forget(tx, actor);
  await tx.deleteFrom('outbox').where('status', '!=', 'pending').execute();
  return { result: { values: values.length, pseudonyms: refs.length }, end };
}

async function valuesOf(tx: Tx, who: readonly Subject[], refs: readonly string[], dialect: Dialect): Promise<readonly Value[]> {
  const member = (name: string, value: string): Buffer => Buffer.from(`"${name}":${JSON.stringify(value)}`, 'utf8');
  const holds = (column: 'bytes' | 'value', text: Buffer) => {
    const bytes = column === 'bytes' ? sql.ref('bytes') : dialect === 'sqlite' ? sql`cast(value as blob)` : sql`convert_to(value, 'UTF8')`;
    return dialect === 'sqlite' ? sql<SqlBool>`instr(${bytes}, ${text}) > 0` : sql<SqlBool>`position(${text} in ${bytes}) > 0`;
  };
  const entries = new Set<number>();
  for (const ref of refs) {
    const theirs = await tx
      .selectFrom('audit_entry')
      .select('idx')
      .where(holds('bytes', member('ref', ref)))
      .execute();
    for (const { idx } of theirs) entries.add(idx);
  }
  for (const actor of who) {
    if (actor.kind === 'system') continue;
    // Beside their own: what was shown to a person, and the lists of a group's members that hold an account.
    const [names, text] =
      actor.kind === 'person'
        ? [['to'], member('reader', actor.person)]
        : [['joined', 'left'], Buffer.from(JSON.stringify(actor.id), 'utf8')];
    const naming = tx.selectFrom('audit_personal').select('idx').where('name', 'in', names).where(holds('value', text));
    for (const { idx } of await naming.execute()) entries.add(idx);
  }
  const values: Value[] = [];
  const all = [...entries].sort((one, other) => one - other);
  for (let at = 0; at < all.length; at += erasedAtOnce) {
    const some = all.slice(at, at + erasedAtOnce);
    const rows = await tx
      .selectFrom('audit_personal')
      .select(['idx', 'name'])
      .where('idx', 'in', some)
      .orderBy('idx')
      .orderBy('name')
      .execute();
    values.push(...rows.map(({ idx, name }): Value => [idx, name]));
  }
  return values;
}

function erasureEntry(erasure: Erasure): AuditDraft {
  const nothing = { object: null, request_digest: null, before: null, source_event: null, policy_version: null, personal: {} };
  return { type: erasureType, actor: { kind: 'system' }, after: erasureAfter(erasure), outcome: 'done', ...nothing };
}
