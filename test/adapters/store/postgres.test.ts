import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrateStore, openStore } from '../../../src/adapters/store/open-store.ts';
import { verifyTrail } from '../../../src/audit/verify.ts';
import { type PostgresServer, startPostgres } from '../../support/postgres.ts';
import { heard, later, SetClock, sampleRequest, transition } from '../../support/store-samples.ts';
import { auditContract } from './contract/audit.ts';
import { boardContract } from './contract/board.ts';
import { commitContract } from './contract/commit.ts';
import { erasureContract } from './contract/erasure.ts';
import { eachTest } from './contract/fixture.ts';
import { inboxContract } from './contract/inbox.ts';
import { lastQuestionContract } from './contract/last-questions.ts';
import { outboxContract } from './contract/outbox.ts';
import { postedCardContract } from './contract/posted-cards.ts';
import { readingContract } from './contract/reading.ts';
import { settingsContract } from './contract/settings.ts';
import { upgradeContract } from './contract/upgrade.ts';

let server: PostgresServer;
let migrated: string;
beforeAll(async () => {
  server = await startPostgres();
  migrated = await server.freshDatabase();
  await migrateStore(migrated, new SetClock());
});
afterAll(() => server.stop());

async function execute(url: string, statements: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statements);
  } finally {
    await client.end();
  }
}

/** Faster than another database, which is hundreds of files. As a replica's, the session sets off none of the triggers. */
const emptied = `do $$ declare name text; begin
  set local session_replication_role = replica;
  for name in select tablename from pg_tables where schemaname = 'public' and tablename <> 'schema_migration'
  loop execute format('delete from %I', name); end loop;
end $$`;

let spare: string | null = null;
const backend = {
  async fresh() {
    const url = spare ?? (await server.freshDatabase(migrated));
    spare = null;
    return {
      url,
      execute: (statements: string) => execute(url, statements),
      async remove() {
        await execute(url, emptied);
        spare = url;
      },
    };
  },
};

describe('on PostgreSQL', () => {
  const now = eachTest(backend);
  for (const contract of [
    commitContract,
    readingContract,
    outboxContract,
    postedCardContract,
    inboxContract,
    settingsContract,
    lastQuestionContract,
    boardContract,
    auditContract,
    erasureContract,
  ])
    contract(now);
  upgradeContract(() => server.freshDatabase());

  test.each(['audit_entry', 'audit_node', 'audit_personal'])('TRUNCATE is stopped on %s', async (table) => {
    await now().store.commit(transition(sampleRequest(1)));
    await expect(now().execute(`truncate ${table}`)).rejects.toThrow(table);
  });

  test('a role of its own adds to the audit trail and changes nothing in it', async () => {
    const { url, execute } = now();
    const rights = readFileSync(new URL('../../../src/adapters/store/postgres-role.sql', import.meta.url), 'utf8');
    await execute('drop role if exists clerk');
    await execute('create role clerk login');
    await execute(rights.replaceAll(':"role"', '"clerk"'));
    const asClerk = url.replace('postgres@', 'clerk@');
    expect(await migrateStore(asClerk, new SetClock())).toEqual([]);
    const store = await openStore(asClerk, new SetClock());
    const { privateKey: current } = generateKeyPairSync('ed25519');
    for (let version = 1; version <= 5; version += 1) await store.commit(transition(sampleRequest(1, version)));
    await store.sealAudit(() => ({ current, previous: null, newOrigin: () => 'log.example/audit' }));
    expect(await store.readAudit((trail) => verifyTrail(trail))).toMatchObject({ verdict: 'intact', entries: 7 });
    await store.close();
    const client = new pg.Client({ connectionString: asClerk });
    await client.connect();
    for (const statement of [
      `update audit_entry set leaf = ''`,
      'delete from audit_node',
      'truncate audit_checkpoint',
      'alter table audit_entry disable trigger all',
      'drop trigger audit_entry_stays on audit_entry',
    ])
      await expect(client.query(statement)).rejects.toThrow(/permission denied|must be owner/);
    await client.end();
    await execute('drop owned by clerk');
    await execute('drop role clerk');
  });

  test('an event is refused before its sender gives up waiting, while the table is locked', async () => {
    const { store, url } = now();
    const holder = new pg.Client({ connectionString: url });
    await holder.connect();
    await holder.query('begin; lock table inbox');
    const start = performance.now();
    await expect(store.receive(heard('e1'), later(1))).rejects.toMatchObject({ code: 'store-busy' });
    expect(performance.now() - start).toBeLessThan(2000);
    await holder.query('rollback');
    await holder.end();
    expect(await store.receive(heard('e1'), later(1))).toBe('new');
  });

  test('two that migrate at once take each step once', async () => {
    const url = await server.freshDatabase();
    const taken = await Promise.all([migrateStore(url, new SetClock()), migrateStore(url, new SetClock())]);
    expect(taken.flat().slice(0, 2)).toEqual(['0001-first-tables', '0002-checkpoints']);
    expect(new Set(taken.flat()).size).toBe(taken.flat().length);
  });
});
