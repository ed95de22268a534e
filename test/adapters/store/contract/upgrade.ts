import { sql, type Transaction } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { Database } from '../../../../src/adapters/store/database.ts';
import * as first from '../../../../src/adapters/store/migrations/0001-first-tables.ts';
import * as checkpoints from '../../../../src/adapters/store/migrations/0002-checkpoints.ts';
import * as lastQuestions from '../../../../src/adapters/store/migrations/0003-last-questions.ts';
import * as erasure from '../../../../src/adapters/store/migrations/0004-erasure.ts';
import { openDatabase } from '../../../../src/adapters/store/open-database.ts';
import { migrateStore, openStore } from '../../../../src/adapters/store/open-store.ts';
import type { Schema } from '../../../../src/adapters/store/schema.ts';
import { verifyTrail } from '../../../../src/audit/verify.ts';
import {
  card,
  claimed,
  dialogState,
  direct,
  draft,
  engineer,
  later,
  reply,
  SetClock,
  sampleRequest,
  transition,
} from '../../../support/store-samples.ts';

type Tx = Transaction<Schema>;
const request = sampleRequest(1);
const steps = [
  ['0001-first-tables', first],
  ['0002-checkpoints', checkpoints],
  ['0003-last-questions', lastQuestions],
  ['0004-erasure', erasure],
] as const;

/** The tables as they were before there were chat platforms. */
async function makeFormer(database: Database): Promise<void> {
  await database.write(async (tx) => {
    await sql`create table schema_migration (name text primary key, applied_at text not null)`.execute(tx);
    for (const [name, { up }] of steps) {
      await up(tx, database.dialect);
      await sql`insert into schema_migration (name, applied_at) values (${name}, ${later(0)})`.execute(tx);
    }
  });
}

/** One row of each table that grows, as they were written then. */
async function fill(tx: Tx): Promise<void> {
  await sql`insert into draft (id, person, conversation_key, conversation, state, updated_at)
    values ('d1', 'engineer', '["web","engineer",null]', ${JSON.stringify(direct('engineer'))}, ${JSON.stringify(dialogState)}, ${later(1)})`.execute(
    tx,
  );
  await sql`insert into receipt (key, reply, at) values ('click:1', ${JSON.stringify([card('was')])}, ${later(0)})`.execute(tx);
  for (const [id, name, content, status] of [
    ['o1', 'a', { kind: 'request-card', request: request.id, reader: null }, 'abandoned'],
    ['o2', 'b', { kind: 'card', request: request.id, card: card('odd \u0000 😂') }, 'abandoned'],
    ['o3', 'b', { kind: 'request-card', request: request.id, reader: 'engineer' }, 'delivered'],
    ['o4', 'c', { kind: 'card', request: null, card: card('still to be said') }, 'pending'],
  ] as const)
    await sql`insert into outbox (id, platform, conversation_key, conversation, content, status, attempts, due_at, created_at, reason)
      values (${id}, 'web', ${JSON.stringify(['web', name, null])}, ${JSON.stringify(direct(name))}, ${JSON.stringify(content)}, ${status},
        0, ${later(0)}, ${later(0)}, ${status === 'abandoned' ? 'archived' : null})`.execute(tx);
  await sql`insert into posted_card (request, reader, conversation_key, message)
    values (${request.id}, 'engineer', '["web","b",null]', ${JSON.stringify({ conversation: direct('b'), id: 'm"1' })})`.execute(tx);
}

export function upgradeContract(emptyDatabase: () => Promise<string>): void {
  describe('a database from before there were chat platforms', () => {
    test('is brought up to date with everything that is in it', async () => {
      const url = await emptyDatabase();
      const database = await openDatabase(url);
      await makeFormer(database);
      await database.write(fill);
      await database.close();
      expect(await migrateStore(url, new SetClock())).toEqual(['0005-platforms']);
      const store = await openStore(url, new SetClock());
      expect(await store.draft('d1')).toEqual(draft({ revision: 1 }));
      expect(await store.receipt('click:1')).toEqual({ key: 'click:1', reply: reply('was') });
      expect(await store.undelivered(request.id)).toEqual([{ conversation: direct('a'), reason: 'archived' }]);
      expect(await store.requestAt({ conversation: direct('b'), id: 'm"1' })).toBe(request.id);
      expect(await store.hasSpokenIn(direct('b'))).toBe(true);
      expect(await claimed(store, 'web', 0)).toMatchObject([
        { id: 'o4', again: false, content: { kind: 'card', card: card('still to be said'), only: null } },
      ]);
      expect(await store.commit({ audit: [], saveDraft: draft({ revision: 1, person: engineer }) })).toEqual({ kind: 'committed' });
      expect(await store.commit(transition(request))).toEqual({ kind: 'committed' });
      expect(await store.readAudit(verifyTrail)).toMatchObject({ verdict: 'intact' });
      await store.close();
    });

    test('is, with more deliveries than are read at once', async () => {
      const url = await emptyDatabase();
      const database = await openDatabase(url);
      await makeFormer(database);
      await database.write(async (tx) => {
        for (let k = 0; k < 1203; k += 1)
          await sql`insert into outbox (id, platform, conversation_key, conversation, content, status, attempts, due_at, created_at, reason)
            values (${`o${k}`}, 'web', ${JSON.stringify(['web', `c${k}`, null])}, ${JSON.stringify(direct(`c${k}`))},
              ${JSON.stringify({ kind: 'request-card', request: request.id, reader: null })}, 'abandoned', 0, ${later(0)}, ${later(0)}, 'gone')`.execute(
            tx,
          );
      });
      await database.close();
      await migrateStore(url, new SetClock());
      const store = await openStore(url, new SetClock());
      expect(await store.undelivered(request.id)).toHaveLength(1203);
      await store.close();
    });
  });
}
