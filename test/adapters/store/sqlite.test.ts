import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { migrateStore, openStore } from '../../../src/adapters/store/open-store.ts';
import { connect } from '../../../src/adapters/store/sqlite.ts';
import { verifyTrail } from '../../../src/audit/verify.ts';
import { temporaryFolder } from '../../support/store.ts';
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

const backend = {
  async fresh() {
    const folder = temporaryFolder();
    const path = join(folder.path, 'not', 'yet', 'there', 'portclerk.db');
    await migrateStore(`sqlite:${path}`, new SetClock());
    return {
      url: `sqlite:${path}`,
      async execute(sql: string) {
        const connection = connect(path);
        try {
          connection.exec(sql);
        } finally {
          connection.close();
        }
      },
      async remove() {
        folder.remove();
      },
    };
  },
};

describe('on SQLite', () => {
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
  const folder = temporaryFolder();
  afterAll(folder.remove);
  let former = 0;
  upgradeContract(async () => `sqlite:${join(folder.path, `former-${++former}.db`)}`);

  test.each([
    ['audit_entry', 'replace into audit_entry select idx, leaf, leaf from audit_entry where idx = 1'],
    ['audit_node', 'replace into audit_node select level, i, zeroblob(32) from audit_node'],
    ['audit_personal', `replace into audit_personal select idx, name, salt, '"forged"' from audit_personal`],
  ])('REPLACE is stopped on %s', async (table, statement) => {
    for (let version = 1; version <= 3; version += 1) await now().store.commit(transition(sampleRequest(1, version)));
    await expect(now().execute(statement)).rejects.toThrow(table);
  });

  test('a lock held by somebody else is waited for without standing still, then named', async () => {
    const { store, url } = now();
    const holder = connect(url.slice('sqlite:'.length));
    holder.exec('begin immediate');
    let turns = 0;
    const ticking = setInterval(() => {
      turns += 1;
    }, 5);
    await expect(store.commit(transition(sampleRequest(1)))).rejects.toMatchObject({ code: 'store-busy' });
    clearInterval(ticking);
    expect(turns).toBeGreaterThan(10);
    holder.exec('rollback');
    holder.close();
    expect(await store.commit(transition(sampleRequest(1)))).toEqual({ kind: 'committed' });
  });

  test('events are refused before their senders give up waiting, however many come while somebody else holds the lock', async () => {
    const { store, url } = now();
    const holder = connect(url.slice('sqlite:'.length));
    holder.exec('begin immediate');
    const waits = await Promise.all(
      Array.from({ length: 30 }, async (_, k) => {
        const start = performance.now();
        await expect(store.receive(heard(`e${k}`), later(1))).rejects.toMatchObject({ code: 'store-busy' });
        return performance.now() - start;
      }),
    );
    holder.exec('rollback');
    holder.close();
    expect(Math.max(...waits)).toBeLessThan(2000);
    expect(await store.receive(heard('e0'), later(1))).toBe('new');
  });

  test('what was to be written together with something that the database undid is not said to be written', async () => {
    const { store, execute } = now();
    await execute(`create trigger full before insert on outbox when new.id like 'FCR-2-%'
      begin select raise(rollback, 'database or disk is full'); end`);
    const commits = [1, 2, 3].map((number) => store.commit(transition(sampleRequest(number))));
    for (const commit of commits) await expect(commit).rejects.toThrow('database or disk is full');
    await execute('drop trigger full');
    expect(await store.requests()).toEqual([]);
    expect(await store.commit(transition(sampleRequest(3)))).toEqual({ kind: 'committed' });
    expect(await store.readAudit(verifyTrail)).toMatchObject({ verdict: 'intact', entries: 1, findings: [] });
  });

  test('a transaction that the database itself undid says why', async () => {
    const { store, execute } = now();
    // A full disk ends a transaction in the same way.
    await execute(`create trigger full before insert on receipt begin select raise(rollback, 'database or disk is full'); end`);
    await expect(store.commit(transition(sampleRequest(1)))).rejects.toThrow('database or disk is full');
    await execute('drop trigger full');
    expect(await store.commit(transition(sampleRequest(1)))).toEqual({ kind: 'committed' });
  });

  test('a view of the audit trail stays as it was while others write, and keeps nobody from writing', async () => {
    const { store, another } = now();
    const other = await another();
    await store.commit(transition(sampleRequest(1, 1)));
    const sizes = await store.readAudit(async (trail) => {
      const before = await trail.lastIndex();
      await other.commit(transition(sampleRequest(1, 2)));
      return [before, await trail.lastIndex()];
    });
    expect(sizes).toEqual([0, 0]);
  });

  test('an address of another kind is refused with what it must be', async () => {
    await expect(openStore('mysql://x', new SetClock())).rejects.toMatchObject({
      code: 'config-invalid',
      message: expect.stringContaining('DATABASE_URL'),
    });
  });

  test('migrating again takes no step, and two at once take each step once', async () => {
    const folder = temporaryFolder();
    const url = `sqlite:${join(folder.path, 'x.db')}`;
    const taken = await Promise.all([migrateStore(url, new SetClock()), migrateStore(url, new SetClock())]);
    expect(taken.flat().slice(0, 2)).toEqual(['0001-first-tables', '0002-checkpoints']);
    expect(new Set(taken.flat()).size).toBe(taken.flat().length);
    expect(await migrateStore(url, new SetClock())).toEqual([]);
    folder.remove();
  });
});
