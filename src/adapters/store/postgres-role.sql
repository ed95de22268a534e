-- The rights of a role that the program may run as: it adds to the audit trail and cannot change it. The owner of the tables
-- runs `portclerk db migrate`, then this with the role's name:
--
--   psql "$OWNERS_DATABASE_URL" -v role=portclerk -f postgres-role.sql
--
-- Erasing a person's values takes the owner: `audit erase` is run with the owner's DATABASE_URL.

grant usage on schema public to :"role";
grant select, insert, update, delete on all tables in schema public to :"role";
grant usage on all sequences in schema public to :"role";
revoke update, delete, truncate on audit_entry, audit_node, audit_checkpoint, audit_personal, pseudonym, schema_migration from :"role";
