import { type Kysely, type SqlBool, sql } from 'kysely';
import { readEntry, textOfEntry } from '../../audit/read-entry.ts';
import type { AuditTrail, EntryText } from '../../audit/trail.ts';
import type { Dialect } from './database.ts';
import type { Schema } from './schema.ts';
import { readSubtrees } from './subtrees.ts';

/** The log and what it is about, as pages of one view. Nothing is trusted: whoever edits a table may leave text where bytes were. */
export function auditTrail(db: Kysely<Schema>, dialect: Dialect): AuditTrail {
  const entries: AuditTrail['entries'] = async (from, until) => {
    const rows = await db.selectFrom('audit_entry').selectAll().where('idx', '>=', from).where('idx', '<', until).orderBy('idx').execute();
    return rows.map(({ idx, bytes, leaf }) => ({ idx, bytes: bytesOf(bytes), leaf: bytesOf(leaf) }));
  };
  return {
    entries,
    async texts(from, until) {
      if (dialect === 'postgres') return (await entries(from, until)).map(textOfEntry);
      // Texts cost half of what buffers do: it is the number of objects outside the heap that takes time.
      const rows = sql<EntryText>`select idx, cast(bytes as text) as text, length(cast(bytes as blob)) as size, lower(hex(leaf)) as leaf
        from audit_entry where idx >= ${from} and idx < ${until} order by idx`;
      return (await rows.execute(db)).rows;
    },
    async lastIndex() {
      const row = await db
        .selectFrom('audit_entry')
        .select((eb) => eb.fn.max('idx').as('last'))
        .executeTakeFirst();
      return row?.last ?? null;
    },
    async nodes(level, from, until) {
      const rows = await db
        .selectFrom('audit_node')
        .selectAll()
        .where('level', '=', level)
        .where('i', '>=', from)
        .where('i', '<', until)
        .orderBy('i')
        .execute();
      return rows.map(({ i, hash }) => ({ level, i, hash: bytesOf(hash) }));
    },
    async nodeText(level, from, until) {
      const ordered = sql`(select hash from audit_node where level = ${level} and i >= ${from} and i < ${until} order by i)`;
      const joined = dialect === 'sqlite' ? sql`group_concat(lower(hex(hash)), ' ')` : sql`string_agg(encode(hash, 'hex'), ' ')`;
      const { rows } = await sql<{ text: string | null }>`select ${joined} as text from ${ordered} as ordered`.execute(db);
      return rows[0]?.text ?? '';
    },
    levels: () =>
      db
        .selectFrom('audit_node')
        .select((eb) => ['level', sql<number>`cast(count(*) as integer)`.as('count'), eb.fn.max('i').as('last')])
        .groupBy('level')
        .orderBy('level')
        .execute(),
    async personal(from, until) {
      // As with the entries, hex is cheaper than buffers.
      const salt = dialect === 'sqlite' ? sql`hex(salt)` : sql`encode(salt, 'hex')`;
      const rows = sql<{ idx: number; name: unknown; salt: string; value: unknown }>`select idx, name, ${salt} as salt, value
        from audit_personal where idx >= ${from} and idx < ${until} order by idx`;
      return (await rows.execute(db)).rows.map((row) => ({
        idx: row.idx,
        name: textOf(row.name),
        salt: Buffer.from(row.salt, 'hex'),
        value: textOf(row.value),
      }));
    },
    async checkpoints() {
      const rows = await db.selectFrom('audit_checkpoint').selectAll().orderBy('size').execute();
      return rows.map(({ size, note }) => ({ size, note: textOf(note) }));
    },
    async subtrees(places) {
      return (await readSubtrees(db, places)).map(({ level, i, hash }) => ({ level, i, hash: bytesOf(hash) }));
    },
    async pseudonyms(afterRef, limit) {
      const rows = await db.selectFrom('pseudonym').selectAll().where('ref', '>', afterRef).orderBy('ref').limit(limit).execute();
      return rows.map(({ subject, ref, salt }) => ({ subject: textOf(subject), ref: textOf(ref), salt: bytesOf(salt) }));
    },
    async about(object, from = 0) {
      const member = Buffer.from(`"object":${JSON.stringify(object)}`, 'utf8');
      const holds = dialect === 'sqlite' ? sql<SqlBool>`instr(bytes, ${member}) > 0` : sql<SqlBool>`position(${member} in bytes) > 0`;
      const rows = await db.selectFrom('audit_entry').selectAll().where('idx', '>=', from).where(holds).orderBy('idx').execute();
      const found = rows.map(({ idx, bytes, leaf }) => ({ idx, bytes: bytesOf(bytes), leaf: bytesOf(leaf) }));
      // A text may quote the member; only the entry itself says what it is about.
      return found.filter(({ bytes }) => readEntry(bytes)?.object === object);
    },
    async records(afterNumber, limit) {
      const rows = await db.selectFrom('request').selectAll().where('number', '>', afterNumber).orderBy('number').limit(limit).execute();
      return rows.map((row) => ({ ...row, document: textOf(row.document) }));
    },
  };
}

function bytesOf(value: unknown): Uint8Array {
  return value instanceof Uint8Array ? value : Buffer.from(String(value), 'utf8');
}

function textOf(value: unknown): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : String(value);
}
