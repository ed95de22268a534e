import { type Kysely, sql } from 'kysely';
import type { AuditTrail } from '../../audit/trail.ts';
import type { Schema } from './schema.ts';

/** The log and what it is about, as pages of one view. Nothing is trusted: whoever edits a table may leave text where bytes were. */
export function auditTrail(db: Kysely<Schema>): AuditTrail {
  return {
    async entries(from, until) {
      const rows = await db
        .selectFrom('audit_entry')
        .selectAll()
        .where('idx', '>=', from)
        .where('idx', '<', until)
        .orderBy('idx')
        .execute();
      return rows.map(({ idx, bytes, leaf }) => ({ idx, bytes: bytesOf(bytes), leaf: bytesOf(leaf) }));
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
    levels: () =>
      db
        .selectFrom('audit_node')
        .select((eb) => ['level', sql<number>`cast(count(*) as integer)`.as('count'), eb.fn.max('i').as('last')])
        .groupBy('level')
        .orderBy('level')
        .execute(),
    async personal(from, until) {
      const rows = await db
        .selectFrom('audit_personal')
        .selectAll()
        .where('idx', '>=', from)
        .where('idx', '<', until)
        .orderBy('idx')
        .execute();
      return rows.map(({ idx, name, salt, value }) => ({ idx, name: textOf(name), salt: bytesOf(salt), value: textOf(value) }));
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
