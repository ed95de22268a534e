import { type ColumnDefinitionBuilder, type CreateTableBuilder, type SqlBool, sql, type Transaction } from 'kysely';
import { appendOnly } from '../append-only.ts';
import type { Dialect } from '../database.ts';
import type { Schema } from '../schema.ts';

const required = (column: ColumnDefinitionBuilder) => column.notNull();
const key = (column: ColumnDefinitionBuilder) => column.primaryKey();
const distinct = (column: ColumnDefinitionBuilder) => column.notNull().unique();

export async function up(tx: Transaction<Schema>, dialect: Dialect): Promise<void> {
  const bytes = dialect === 'sqlite' ? 'blob' : 'bytea';
  const counted = <T extends string>(table: CreateTableBuilder<T>) =>
    dialect === 'sqlite'
      ? table.addColumn('seq', 'integer', (column) => column.primaryKey().notNull())
      : table.addColumn('seq', 'serial', key);

  await tx.schema
    .createTable('request')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('number', 'integer', distinct)
    .addColumn('version', 'integer', required)
    .addColumn('state', 'text', required)
    .addColumn('requester', 'text', required)
    .addColumn('document', 'text', required)
    .execute();
  await tx.schema
    .createTable('draft')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('person', 'text', required)
    .addColumn('conversation_key', 'text')
    .addColumn('conversation', 'text')
    .addColumn('state', 'text', required)
    .addColumn('updated_at', 'text', required)
    .execute();
  await tx.schema.createIndex('draft_of_person').on('draft').column('person').execute();
  await tx.schema
    .createTable('receipt')
    .addColumn('key', 'text', (column) => column.primaryKey().notNull())
    .addColumn('reply', 'text', required)
    .addColumn('at', 'text', required)
    .execute();

  await counted(tx.schema.createTable('outbox'))
    .addColumn('id', 'text', distinct)
    .addColumn('platform', 'text', required)
    .addColumn('conversation_key', 'text', required)
    .addColumn('conversation', 'text', required)
    .addColumn('content', 'text', required)
    .addColumn('status', 'text', required)
    .addColumn('attempts', 'integer', required)
    .addColumn('due_at', 'text', required)
    .addColumn('created_at', 'text', required)
    .addColumn('reason', 'text')
    .execute();
  await tx.schema
    .createIndex('outbox_pending')
    .on('outbox')
    .columns(['conversation_key', 'seq'])
    .where(sql<SqlBool>`status = 'pending'`)
    .execute();
  await tx.schema
    .createTable('posted_card')
    .addColumn('request', 'text', required)
    .addColumn('reader', 'text', required)
    .addColumn('conversation_key', 'text', required)
    .addColumn('message', 'text', required)
    .addPrimaryKeyConstraint('posted_card_key', ['request', 'reader', 'conversation_key'])
    .execute();
  await counted(tx.schema.createTable('board_message'))
    .addColumn('id', 'text', distinct)
    .addColumn('key', 'text', distinct)
    .addColumn('conversation_id', 'text', required)
    .addColumn('conversation', 'text', required)
    .addColumn('author', 'text')
    .addColumn('seen_by', 'text')
    .addColumn('content', 'text', required)
    .addColumn('at', 'text', required)
    .addColumn('edited_at', 'text')
    .execute();
  await tx.schema.createIndex('board_of_conversation').on('board_message').columns(['conversation_id', 'seq']).execute();

  await tx.schema
    .createTable('pseudonym')
    .addColumn('subject', 'text', (column) => column.primaryKey().notNull())
    .addColumn('ref', 'text', distinct)
    .execute();
  await tx.schema
    .createTable('audit_entry')
    .addColumn('idx', 'integer', (column) => column.primaryKey().notNull())
    .addColumn('bytes', bytes, required)
    .addColumn('leaf', bytes, required)
    .execute();
  await tx.schema
    .createTable('audit_node')
    .addColumn('level', 'integer', required)
    .addColumn('i', 'integer', required)
    .addColumn('hash', bytes, required)
    .addPrimaryKeyConstraint('audit_node_key', ['level', 'i'])
    .execute();
  await tx.schema
    .createTable('audit_personal')
    .addColumn('idx', 'integer', required)
    .addColumn('name', 'text', required)
    .addColumn('salt', bytes, required)
    .addColumn('value', 'text', required)
    .addPrimaryKeyConstraint('audit_personal_key', ['idx', 'name'])
    .execute();
  for (const statement of appendOnly[dialect]) await statement.execute(tx);
}
