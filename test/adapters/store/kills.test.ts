import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { signingKeys } from '../../../src/adapters/anchors/signing-keys.ts';
import { migrateStore, openStore } from '../../../src/adapters/store/open-store.ts';
import { createAuditSigner } from '../../../src/app/audit-signer.ts';
import { verifyTrail } from '../../../src/audit/verify.ts';
import { temporaryFolder } from '../../support/store.ts';
import { SetClock, sampleRequest } from '../../support/store-samples.ts';

const script = fileURLToPath(new URL('../../support/kill-process.ts', import.meta.url));
const clock = new SetClock();
/** Two lanes of processes, each over databases of its own: a kill ends all that are being written at that moment. */
const lanes = 2;
const killsEach = 10;
const databasesEach = 10;
const longestMs = 250;

type Said = { version: number; sealed: number };

/** Runs until a random moment after the first commit; what each database said to be committed. */
async function killed(keyFile: string, urls: readonly string[]): Promise<readonly Said[]> {
  const said = urls.map(() => ({ version: 0, sealed: 0 }));
  const child = spawn(process.execPath, ['--import', 'tsx', script, keyFile, ...urls], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface(child.stdout);
  lines.on('line', (line) => {
    const [place = '', what = '', size = ''] = line.split(' ');
    const one = said[Number(place)];
    if (one === undefined) return;
    if (what === 'sealed') one.sealed = Number(size);
    else one.version = Number(what);
  });
  const ended = once(lines, 'close');
  await once(lines, 'line');
  setTimeout(() => child.kill('SIGKILL'), Math.random() * longestMs);
  await ended;
  return said;
}

async function lane(folder: string, name: number): Promise<number> {
  const keyFile = join(folder, `${name}.key`);
  const urls = Array.from({ length: databasesEach }, (_, k) => `sqlite:${join(folder, `${name}-${k}.db`)}`);
  for (const url of urls) await migrateStore(url, clock);
  let kills = 0;
  for (let turn = 0; turn < killsEach; turn += 1) {
    const said = await killed(keyFile, urls);
    for (const [place, url] of urls.entries()) {
      const { version = 0, sealed = 0 } = said[place] ?? {};
      const store = await openStore(url, clock);
      const quiet = { onSealed: () => undefined, onTrouble: () => undefined };
      await createAuditSigner({ store, clock, keys: signingKeys(keyFile, 'log.example'), anchor: null, ...quiet }).start();
      expect(await store.readAudit((trail) => verifyTrail(trail))).toMatchObject({ verdict: 'intact', findings: [] });
      const stands = (await store.request(sampleRequest(1).id))?.version ?? 0;
      expect(stands).toBeGreaterThanOrEqual(version);
      // What was written and not yet said is one version at most.
      if (version > 0) expect(stands).toBeLessThanOrEqual(version + 1);
      if (sealed > 0) expect((await store.readAudit((trail) => trail.checkpoints())).map(({ size }) => size)).toContain(sealed);
      await store.close();
      kills += 1;
    }
  }
  return kills;
}

test('killed 200 times while it is written to, a log is whole at the next start, with all that was said to be committed', async () => {
  const folder = temporaryFolder();
  const kills = await Promise.all(Array.from({ length: lanes }, (_, name) => lane(folder.path, name)));
  expect(kills.reduce((sum, count) => sum + count)).toBe(200);
  folder.remove();
}, 240_000);
