import type { Transaction } from 'kysely';
import type { Schema } from '../schema.ts';

export async function up(tx: Transaction<Schema>): Promise<void> {
  await tx.schema
    .createTable('last_question')
    .addColumn('asker', 'text', (column) => column.notNull())
    .addColumn('conversation_key', 'text', (column) => column.notNull())
    .addColumn('intent', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('last_question_key', ['asker', 'conversation_key'])
    .execute();
}
