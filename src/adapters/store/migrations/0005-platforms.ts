import { type ColumnDefinitionBuilder, type SqlBool, sql, type Transaction } from 'kysely';
import { z } from 'zod';
import type { Dialect } from '../database.ts';
import type { Schema } from '../schema.ts';

const required = (column: ColumnDefinitionBuilder) => column.notNull();
const key = (column: ColumnDefinitionBuilder) => column.primaryKey().notNull();
const rowsAtOnce = 500;
const aboutSchema = z.object({ request: z.string().nullable() });
const messageSchema = z.object({ id: z.string() });

/** What chat platforms need: events kept until they are worked off, settings made in chat, deliveries that one process alone makes. */
export async function up(tx: Transaction<Schema>, dialect: Dialect): Promise<void> {
  const inbox = tx.schema.createTable('inbox');
  const counted = dialect === 'sqlite' ? inbox.addColumn('seq', 'integer', key) : inbox.addColumn('seq', 'serial', key);
  await counted
    .addColumn('id', 'text', (column) => column.notNull().unique())
    .addColumn('platform', 'text', required)
    .addColumn('lane', 'text', required)
    .addColumn('activity', 'text', required)
    .addColumn('due_at', 'text', required)
    .addColumn('claimed_until', 'text')
    .addColumn('received_at', 'text', required)
    .addColumn('done_at', 'text')
    .execute();
  await tx.schema.createIndex('inbox_pending').on('inbox').columns(['lane', 'seq']).where(sql<SqlBool>`done_at is null`).execute();
  await tx.schema
    .createTable('setting')
    .addColumn('kind', 'text', required)
    .addColumn('key', 'text', required)
    .addColumn('value', 'text', required)
    .addColumn('at', 'text', required)
    .addPrimaryKeyConstraint('setting_key', ['kind', 'key'])
    .execute();
  await tx.schema
    .createTable('note')
    .addColumn('platform', 'text', required)
    .addColumn('key', 'text', required)
    .addColumn('value', 'text', required)
    .addPrimaryKeyConstraint('note_key', ['platform', 'key'])
    .execute();
  // A draft that is there has been saved: 0 is one that was not.
  await tx.schema
    .alterTable('draft')
    .addColumn('revision', 'integer', (column) => column.notNull().defaultTo(1))
    .execute();
  await growOutbox(tx);
  await growPostedCards(tx);
}

async function growOutbox(tx: Transaction<Schema>): Promise<void> {
  await tx.schema.alterTable('outbox').addColumn('claimed_until', 'text').execute();
  await tx.schema.alterTable('outbox').addColumn('request', 'text').execute();
  for (let after = 0; ; ) {
    const rows = await tx
      .selectFrom('outbox')
      .select(['seq', 'content'])
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(rowsAtOnce)
      .execute();
    for (const { seq, content } of rows) {
      const { request } = aboutSchema.parse(JSON.parse(content));
      if (request !== null) await tx.updateTable('outbox').set({ request }).where('seq', '=', seq).execute();
      after = seq;
    }
    if (rows.length < rowsAtOnce) break;
  }
  const abandoned = tx.schema.createIndex('outbox_abandoned').on('outbox').column('request');
  await abandoned.where(sql<SqlBool>`status = 'abandoned'`).execute();
  const delivered = tx.schema.createIndex('outbox_delivered').on('outbox').columns(['conversation_key', 'request']);
  await delivered.where(sql<SqlBool>`status = 'delivered'`).execute();
}

async function growPostedCards(tx: Transaction<Schema>): Promise<void> {
  await tx.schema
    .alterTable('posted_card')
    .addColumn('message_id', 'text', (column) => column.notNull().defaultTo(''))
    .execute();
  const texts = await tx.selectFrom('posted_card').select('message').distinct().execute();
  for (const { message } of texts) {
    const message_id = messageSchema.parse(JSON.parse(message)).id;
    await tx.updateTable('posted_card').set({ message_id }).where('message', '=', message).execute();
  }
  await tx.schema.createIndex('posted_card_message').on('posted_card').column('message_id').execute();
}
