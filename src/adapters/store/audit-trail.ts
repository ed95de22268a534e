import { type Kysely, sql } from 'kysely';
import type { AuditTrail } from '../../audit/trail.ts';
import type { Schema } from './schema.ts';

/** The log and what it is about, as pages of one view. */
export function auditTrail(db: Kysely<Schema>): AuditTrail {
  return {
    entries: (from, until) =>
      db.selectFrom('audit_entry').selectAll().where('idx', '>=', from).where('idx', '<', until).orderBy('idx').execute(),
    async lastIndex() {
      const row = await db
        .selectFrom('audit_entry')
        .select((eb) => eb.fn.max('idx').as('last'))
        .executeTakeFirst();
      return row?.last ?? null;
    },
    nodes: (level, from, until) =>
      db
        .selectFrom('audit_node')
        .selectAll()
        .where('level', '=', level)
        .where('i', '>=', from)
        .where('i', '<', until)
        .orderBy('i')
        .execute(),
    levels: () =>
      db
        .selectFrom('audit_node')
        .select((eb) => ['level', sql<number>`cast(count(*) as integer)`.as('count'), eb.fn.max('i').as('last')])
        .groupBy('level')
        .orderBy('level')
        .execute(),
    personal: (from, until) =>
      db.selectFrom('audit_personal').selectAll().where('idx', '>=', from).where('idx', '<', until).orderBy('idx').execute(),
    records: (afterNumber, limit) =>
      db.selectFrom('request').selectAll().where('number', '>', afterNumber).orderBy('number').limit(limit).execute(),
  };
}
