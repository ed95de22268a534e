import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testClock } from '../../support/program.ts';
import { bot, workspacePeople } from '../../support/slack-emulator.ts';
import { SlackSeat } from '../../support/slack-seat.ts';
import { createSender } from '../../support/slack-sender.ts';
import { startWorkspace, startWorld, type Workspace } from '../../support/slack-world.ts';
import { temporaryFolder } from '../../support/store.ts';

const script = fileURLToPath(new URL('../../support/slack-child.ts', import.meta.url));
const before = '2026-11-23T09:00:00.000Z';
/** Every lease of the dead process is over by then. */
const after = '2026-11-23T09:05:00.000Z';
const askers = ['engineer', 'approver', 'security', 'visitor'] as const;

describe('a process that is killed', () => {
  let workspace: Workspace;
  const folder = temporaryFolder();
  beforeAll(async () => {
    workspace = await startWorkspace();
  });
  afterAll(async () => {
    await workspace.close();
    folder.remove();
  });

  /** Questions of several people at once, each event three times, to a process that is killed then; the times of their messages. */
  async function askAndKill(databaseUrl: string, whenAcknowledged: () => Promise<void>): Promise<readonly string[]> {
    const { emulator, front } = workspace;
    const users = Object.fromEntries(workspacePeople.map((name) => [name, emulator.user(name)]));
    const told = JSON.stringify({ databaseUrl, api: front.api, approvals: emulator.channel('approvals'), now: before, users });
    const child = spawn(process.execPath, ['--import', 'tsx', script, told], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'exit');
    const [url]: readonly unknown[] = await once(createInterface(child.stdout), 'line');
    const sender = createSender(() => String(url));
    const events = await Promise.all(
      askers.map((name) =>
        new SlackSeat(name, { emulator, front, sender }).post(
          emulator.channel('general'),
          `<@${bot.user}> which ports from Edge to Director?`,
        ),
      ),
    );
    const sent = await Promise.all(
      events.flatMap((event) => ['app_mention', 'message', 'app_mention'].map((type) => sender.event({ ...event, type }))),
    );
    expect(sent.map(({ status }) => status)).toEqual(sent.map(() => 200));
    await whenAcknowledged();
    child.kill('SIGKILL');
    await ended;
    return events.map(({ ts }) => ts);
  }

  /** What stands in each thread once another process has taken over. */
  async function answersAfter(databaseUrl: string, threads: readonly string[]): Promise<readonly number[]> {
    const world = await startWorld({ workspace, databaseUrl, clock: testClock(after) });
    await world.settled();
    const counts = await Promise.all(
      threads.map(
        async (ts) =>
          (await world.seat('auditor').messages(world.emulator.channel('general'), ts)).filter(({ user }) => user === bot.user).length,
      ),
    );
    expect(world.started.faults).toEqual([]);
    await world.close();
    return counts;
  }

  test('straight after the acknowledgement: every question is answered once by the next process, whatever Slack had of it', async () => {
    const databaseUrl = `sqlite:${join(folder.path, 'one.db')}`;
    const mend = workspace.front.fail('chat.postMessage', { kind: 'hang' });
    const threads = await askAndKill(databaseUrl, async () => undefined);
    mend();
    expect(await answersAfter(databaseUrl, threads)).toEqual(threads.map(() => 1));
  }, 60_000);

  test('after Slack has the answer and before that is written down: the next process finds it and posts no other', async () => {
    const databaseUrl = `sqlite:${join(folder.path, 'two.db')}`;
    const { front } = workspace;
    const posted = (): number => front.calls.filter(({ method }) => method === 'chat.postMessage').length;
    const earlier = posted();
    const mend = front.fail('chat.postMessage', { kind: 'unanswered' });
    const threads = await askAndKill(databaseUrl, async () => {
      await expect.poll(() => posted() - earlier, { timeout: 10_000 }).toBeGreaterThan(0);
    });
    mend();
    expect(await answersAfter(databaseUrl, threads)).toEqual(threads.map(() => 1));
  }, 60_000);

  test('at any moment in between', async () => {
    const databaseUrl = `sqlite:${join(folder.path, 'three.db')}`;
    const threads = await askAndKill(databaseUrl, () => new Promise((resolve) => setTimeout(resolve, Math.random() * 60)));
    expect(await answersAfter(databaseUrl, threads)).toEqual(threads.map(() => 1));
  }, 60_000);
});
