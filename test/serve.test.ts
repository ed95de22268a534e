import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTerminalPlatform } from '../src/adapters/terminal/platform.ts';
import { createScreen } from '../src/adapters/terminal/screen.ts';
import { type Config, readConfig } from '../src/config.ts';
import { layFoundation, serve } from '../src/main.ts';
import { startProgram, testClock } from './support/program.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portclerk-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function configFor(database: string): Config {
  const read = readConfig({
    PORT: '0',
    LOG_LEVEL: 'silent',
    DATABASE_URL: `sqlite:${database}`,
    AUDIT_KEY_FILE: join(folder, 'audit.key'),
  });
  if (!read.ok) throw new Error('not a sound environment');
  return read.config;
}

/** Everything a request needs, in typed words alone. */
const words = ['new request', 'other addresses', '192.0.2.10 -> 198.51.100.21 : 5999/tcp', 'a monitor has to see it', 'Monitoring'];
const more = ['UC platform team', 'one port more', 'any window', 'permanent', 'remove it', 'submit'];

describe('the server', () => {
  it('leaves what is for people at terminals where a terminal finds it', async () => {
    const database = join(folder, 'test.db');
    const clock = testClock();
    const foundation = await layFoundation(configFor(database), clock);
    if ('problems' in foundation) throw new Error('not sound files');
    const serving = await serve(configFor(database), foundation, clock);
    for (const [index, text] of [...words, ...more].entries()) {
      const turn = { as: 'engineer', id: `said-here-${index}`, conversation: 'direct:engineer', thread: null, kind: 'message', text };
      const headers = { 'content-type': 'application/json', origin: new URL(serving.url).origin };
      const answer = await fetch(`${serving.url}api/turns`, { method: 'POST', headers, body: JSON.stringify(turn) });
      expect(await answer.json()).toEqual({});
    }
    await serving.close();

    let printed = '';
    const write = (text: string) => {
      printed += text;
    };
    const running = await startProgram({ clock, databaseUrl: `sqlite:${database}` });
    running.program.attach(
      createTerminalPlatform(
        'approver',
        createScreen(write, () => 200),
        () => '',
      ),
    );
    await running.program.deliver();
    await running.close();
    expect(printed).toContain('FCR-1 · Open 192.0.2.10 → 198.51.100.21');
    expect(printed).toContain('Approve');
  });

  it('says in one line that a database cannot be used, and what to do', async () => {
    const database = join(folder, 'not-one.db');
    writeFileSync(database, 'something else, and long enough to be looked at as a database');
    await expect(layFoundation(configFor(database), testClock())).rejects.toMatchObject({
      code: 'config-invalid',
      message: expect.stringMatching(/^the database .*not-one\.db cannot be used \(file is not a database\): .*DATABASE_URL/),
    });
  });
});
