import { type RawBuilder, sql } from 'kysely';
import type { Dialect } from './database.ts';

/**
 * Triggers against accidents: audit tables only grow, at their end. The check before an insert is what stops SQLite's
 * `REPLACE`, which deletes without asking the delete trigger. `audit_personal` may lose rows (see below), never change one.
 */
export const appendOnly: Readonly<Record<Dialect, readonly RawBuilder<unknown>[]>> = {
  sqlite: [
    sql`create trigger audit_entry_grows before insert on audit_entry
        when new.idx is not (select coalesce(max(idx), -1) + 1 from audit_entry)
        begin select raise(abort, 'audit_entry only grows at its end'); end`,
    sql`create trigger audit_node_grows before insert on audit_node
        when new.i is not (select coalesce(max(i), -1) + 1 from audit_node where level = new.level)
        begin select raise(abort, 'audit_node only grows at its end'); end`,
    sql`create trigger audit_personal_stays before insert on audit_personal
        when exists (select 1 from audit_personal where idx = new.idx and name = new.name)
        begin select raise(abort, 'audit_personal never changes'); end`,
    ...['audit_entry', 'audit_node'].flatMap((table) => [refusal(table, 'update'), refusal(table, 'delete')]),
    refusal('audit_personal', 'update'),
  ],
  postgres: [
    sql`create function audit_refuse() returns trigger language plpgsql as
        $$ begin raise exception '% only grows: % refused', tg_table_name, lower(tg_op); end $$`,
    sql`create function audit_entry_grows() returns trigger language plpgsql as
        $$ begin
          if new.idx <> (select coalesce(max(idx), -1) + 1 from audit_entry) then raise exception 'audit_entry only grows at its end'; end if;
          return new;
        end $$`,
    sql`create function audit_node_grows() returns trigger language plpgsql as
        $$ begin
          if new.i <> (select coalesce(max(i), -1) + 1 from audit_node where level = new.level) then
            raise exception 'audit_node only grows at its end';
          end if;
          return new;
        end $$`,
    sql`create trigger audit_entry_grows before insert on audit_entry for each row execute function audit_entry_grows()`,
    sql`create trigger audit_node_grows before insert on audit_node for each row execute function audit_node_grows()`,
    sql`create trigger audit_entry_stays before update or delete or truncate on audit_entry
        for each statement execute function audit_refuse()`,
    sql`create trigger audit_node_stays before update or delete or truncate on audit_node
        for each statement execute function audit_refuse()`,
    sql`create trigger audit_personal_stays before update or truncate on audit_personal
        for each statement execute function audit_refuse()`,
  ],
};

/** The same for checkpoints: sizes only grow. */
export const checkpointsOnlyGrow: Readonly<Record<Dialect, readonly RawBuilder<unknown>[]>> = {
  sqlite: [
    sql`create trigger audit_checkpoint_grows before insert on audit_checkpoint
        when new.size <= (select coalesce(max(size), -1) from audit_checkpoint)
        begin select raise(abort, 'audit_checkpoint only grows at its end'); end`,
    refusal('audit_checkpoint', 'update'),
    refusal('audit_checkpoint', 'delete'),
  ],
  postgres: [
    sql`create function audit_checkpoint_grows() returns trigger language plpgsql as
        $$ begin
          if new.size <= (select coalesce(max(size), -1) from audit_checkpoint) then
            raise exception 'audit_checkpoint only grows at its end';
          end if;
          return new;
        end $$`,
    sql`create trigger audit_checkpoint_grows before insert on audit_checkpoint for each row execute function audit_checkpoint_grows()`,
    sql`create trigger audit_checkpoint_stays before update or delete or truncate on audit_checkpoint
        for each statement execute function audit_refuse()`,
  ],
};

/** A personal value goes only when the last entry of the log says so. */
export const personalOnlyErased: Readonly<Record<Dialect, readonly RawBuilder<unknown>[]>> = {
  sqlite: [
    sql`create trigger audit_personal_erased before delete on audit_personal
        when not exists (
          select 1 from audit_entry where idx = (select max(idx) from audit_entry)
            and instr(bytes, cast('"type":"audit.erase"' as blob)) > 0
            and instr(bytes, cast('[' || old.idx || ',"' || old.name || '"]' as blob)) > 0
        )
        begin select raise(abort, 'audit_personal loses only what the last entry erases'); end`,
  ],
  postgres: [
    sql`create function audit_personal_erased() returns trigger language plpgsql as
        $$ begin
          if not exists (
            select 1 from audit_entry where idx = (select max(idx) from audit_entry)
              and position(convert_to('"type":"audit.erase"', 'UTF8') in bytes) > 0
              and position(convert_to('[' || old.idx || ',"' || old.name || '"]', 'UTF8') in bytes) > 0
          ) then raise exception 'audit_personal loses only what the last entry erases'; end if;
          return old;
        end $$`,
    sql`create trigger audit_personal_erased before delete on audit_personal for each row execute function audit_personal_erased()`,
  ],
};

function refusal(table: string, deed: 'update' | 'delete'): RawBuilder<unknown> {
  const name = sql.id(`${table}_no_${deed}`);
  return sql`create trigger ${name} before ${sql.raw(deed)} on ${sql.id(table)}
             begin select raise(abort, ${sql.lit(`${table} only grows: ${deed} refused`)}); end`;
}
