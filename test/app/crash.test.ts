import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createLive } from '../../src/adapters/web/live.ts';
import { createWebPlatform } from '../../src/adapters/web/platform.ts';
import { startProgram } from '../support/program.ts';

const child = fileURLToPath(new URL('../support/crash-child.ts', import.meta.url));

it.each(['before', 'after'])(
  'a process killed between commit and delivery, %s the platform took the message: it goes out once',
  async (moment) => {
    const folder = mkdtempSync(join(tmpdir(), 'portclerk-crash-'));
    const databaseUrl = `sqlite:${join(folder, 'test.db')}`;
    try {
      const { signal, stderr } = spawnSync(process.execPath, ['--import', 'tsx', child, databaseUrl, moment], { encoding: 'utf8' });
      expect(signal, stderr).toBe('SIGKILL');
      const restarted = await startProgram({ databaseUrl });
      const request = (await restarted.store.requests())[0];
      expect(request).toMatchObject({ id: 'FCR-1', state: 'in-approval' });
      restarted.program.attach(createWebPlatform(restarted.store, createLive('parent'), restarted.clock));
      // What the dead process had taken on is nobody else's for a while.
      restarted.clock.set('2026-11-23T09:01:00.000Z');
      await restarted.program.deliver();
      for (const conversation of ['approvals', 'direct:engineer', 'direct:approver']) {
        const cards = (await restarted.store.list(conversation, 100)).filter(({ content }) => content.kind === 'card');
        expect(cards, conversation).toHaveLength(1);
      }
      await restarted.close();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
