import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { migrateStore, openStore } from '../../../src/adapters/store/open-store.ts';
import { verifyTrail } from '../../../src/audit/verify.ts';
import { startPostgres } from '../../support/postgres.ts';
import { temporaryFolder } from '../../support/store.ts';
import { StoreProcess } from '../../support/store-processes.ts';
import { claimed, SetClock, sampleRequest, transition } from '../../support/store-samples.ts';

const script = fileURLToPath(new URL('../../support/store-process.ts', import.meta.url));
const clock = new SetClock();
/** Starting a process costs seconds on a busy machine. */
vi.setConfig({ testTimeout: 90_000 });
const farFuture = 60 * 24 * 365 * 100;

let folder: ReturnType<typeof temporaryFolder>;
let url: string;
const running: StoreProcess[] = [];
function start(args: readonly string[], tracer: readonly string[] = []): StoreProcess {
  const process = new StoreProcess(script, args, tracer);
  running.push(process);
  return process;
}
beforeEach(async () => {
  folder = temporaryFolder();
  url = `sqlite:${join(folder.path, 'portclerk.db')}`;
  await migrateStore(url, clock);
});
afterEach(async () => {
  for (const process of running.splice(0)) await process.kill();
  folder.remove();
});

describe('a process killed right after its commit returned', () => {
  test('has left everything: the request, its entry, its deliveries still to be made, its receipt', async () => {
    const victim = start([url, '1', '3']);
    await victim.until('ready');
    victim.go();
    await victim.until('committed 3');
    await victim.kill();
    const store = await openStore(url, clock);
    expect(await store.request(sampleRequest(1).id)).toEqual(sampleRequest(1, 3));
    expect((await claimed(store, 'web', farFuture)).map(({ id }) => id)).toEqual(['FCR-1-1-a', 'FCR-1-1-b']);
    expect(await store.commit(transition(sampleRequest(1, 3)))).toMatchObject({ kind: 'repeated' });
    expect(await store.readAudit((trail) => verifyTrail(trail))).toMatchObject({ verdict: 'intact', entries: 3 });
    await store.close();
  });

  test('at any moment, leaves a whole log with everything that was said to be committed', async () => {
    const victim = start([url, '1', '100000']);
    await victim.until('ready');
    victim.go();
    await victim.until('committed 40');
    await victim.kill();
    const store = await openStore(url, clock);
    const verdict = await store.readAudit((trail) => verifyTrail(trail));
    expect(verdict).toMatchObject({ verdict: 'intact' });
    expect(verdict.entries).toBeGreaterThanOrEqual(40);
    await store.close();
  });
});

describe('a transition', () => {
  const strace = spawnSync('strace', ['-V']).error === undefined;
  test.skipIf(!strace)(
    `is synced before it is said to be committed${strace ? '' : ': needs strace (apt-get install strace)'}`,
    async () => {
      const trace = join(folder.path, 'trace');
      const traced = start([url, '1', '5'], ['strace', '-f', '-y', '-o', trace, '-e', 'trace=fsync,fdatasync,write']);
      await traced.until('ready');
      traced.go();
      await traced.until('end');
      await traced.kill();
      const calls = readFileSync(trace, 'utf8').split('\n');
      for (let version = 1; version <= 5; version += 1) {
        const begin = calls.findIndex((call) => call.includes(`begin ${version}`));
        const end = calls.findIndex((call) => call.includes(`committed ${version}`));
        expect(begin).toBeGreaterThan(-1);
        const syncs = calls.slice(begin, end).filter((call) => /\bf(data)?sync\(\d+<[^>]*portclerk\.db-wal>/.test(call));
        // The first transition may also sync the log file's new header; none may do without.
        expect(syncs.length).toBeGreaterThanOrEqual(1);
        expect(syncs.length).toBeLessThanOrEqual(2);
      }
    },
  );
});

describe('two processes that take the same request through the same versions', () => {
  async function race(address: string): Promise<void> {
    await migrateStore(address, clock);
    const racers = [start([address, '1', '60']), start([address, '1', '60'])];
    for (const racer of racers) await racer.until('ready');
    for (const racer of racers) racer.go();
    const said = (await Promise.all(racers.map((racer) => racer.until('end')))).flat();
    expect(said.filter((line) => line.startsWith('committed'))).toHaveLength(60);
    expect(new Set(said.filter((line) => line.startsWith('committed'))).size).toBe(60);
    expect(said.filter((line) => /^(conflict|repeated)/.test(line))).toHaveLength(60);
    const store = await openStore(address, clock);
    expect(await store.readAudit((trail) => verifyTrail(trail))).toMatchObject({ verdict: 'intact', entries: 60 });
    await store.close();
  }

  test('win each version once, on SQLite', () => race(url));

  test('win each version once, on PostgreSQL', async () => {
    const server = await startPostgres();
    try {
      await race(await server.freshDatabase());
    } finally {
      for (const process of running.splice(0)) await process.kill();
      await server.stop();
    }
  });
});
