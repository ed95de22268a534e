import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Config, readConfig } from '../../../src/config.ts';
import { layFoundation, type Serving, serve } from '../../../src/main.ts';
import { bot } from '../../support/slack-emulator.ts';
import { SlackSeat } from '../../support/slack-seat.ts';
import { readable } from '../../support/slack-seen.ts';
import { createSender, signingSecret } from '../../support/slack-sender.ts';
import { startWorkspace, type Workspace } from '../../support/slack-world.ts';
import { temporaryFolder } from '../../support/store.ts';

const folder = temporaryFolder();

function configFor(workspace: Workspace, token: string): Config {
  const read = readConfig({
    PORT: '0',
    LOG_LEVEL: 'silent',
    DATABASE_URL: `sqlite:${join(folder.path, `${token}.db`)}`,
    AUDIT_KEY_FILE: join(folder.path, 'audit.key'),
    SLACK_BOT_TOKEN: token,
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_API_URL: workspace.front.api,
    SLACK_APPROVALS_CHANNEL: workspace.emulator.channel('approvals'),
  });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.config;
}

async function serving(config: Config): Promise<Serving> {
  const clock = { now: () => new Date() };
  const foundation = await layFoundation(config, clock);
  if ('problems' in foundation) throw new Error('not sound files');
  return serve(config, foundation, clock);
}

describe('the server, with Slack configured', () => {
  let workspace: Workspace;
  let server: Serving;
  beforeAll(async () => {
    workspace = await startWorkspace();
    server = await serving(configFor(workspace, bot.token));
  });
  afterAll(async () => {
    await server.close();
    await workspace.close();
    folder.remove();
  });

  test('answers a signed question, counts what it refuses, is ready, and shows nobody a page', async () => {
    const { emulator, front } = workspace;
    const sender = createSender(() => `${server.url}slack/events`);
    const visitor = new SlackSeat('visitor', { emulator, front, sender });
    const { ts, sent } = await visitor.mention('which ports from Edge to Director?');
    expect(sent.map(({ status }) => status)).toEqual([200, 200]);
    const answers = async (): Promise<string> => {
      const thread = await visitor.messages(emulator.channel('general'), ts);
      return readable(thread.filter(({ user }) => user === bot.user).map(({ blocks }) => blocks));
    };
    await expect.poll(answers, { timeout: 10_000 }).toContain('DIR-6');
    await sender.raw('{}', 'application/json', { 'x-slack-signature': 'v0=wrong' });
    const metrics = await (await fetch(`${server.url}metrics`)).text();
    expect(metrics).toContain('portclerk_refused_requests_total{platform="slack",reason="signature"} 1');
    expect(metrics).toContain('portclerk_turns_total{platform="slack",kind="message"} 1');
    expect((await fetch(`${server.url}readyz`)).status).toBe(200);
    expect((await fetch(server.url)).status).toBe(404);
    expect((await fetch(`${server.url}api/view?as=engineer`)).status).toBe(404);
  });

  test('counts what could not be posted, and what was given up', async () => {
    const { emulator, front } = workspace;
    const visitor = new SlackSeat('visitor', { emulator, front, sender: createSender(() => `${server.url}slack/events`) });
    const figure = async (name: string): Promise<number> =>
      Number(
        (await (await fetch(`${server.url}metrics`)).text())
          .split('\n')
          .find((line) => line.startsWith(`${name} `))
          ?.split(' ')[1],
      );
    const counted = (ended: boolean): Promise<number> => figure(`portclerk_delivery_failures_total{platform="slack",ended="${ended}"}`);
    const waiting = (): Promise<number> => figure('portclerk_waiting{where="outbox"}');
    front.fail('chat.postMessage', { kind: 'error', error: 'is_archived' }, 1);
    await visitor.mention('which ports from Edge to Director?');
    await expect.poll(() => counted(true), { timeout: 10_000 }).toBe(1);
    await expect.poll(waiting).toBe(0);
    const mend = front.fail('chat.postMessage', { kind: 'status', status: 500 });
    await visitor.mention('which ports from Edge to Director?');
    await expect.poll(() => counted(false), { timeout: 10_000 }).toBeGreaterThan(0);
    expect(await waiting()).toBe(1);
    mend();
    await expect.poll(waiting, { timeout: 10_000 }).toBe(0);
  });

  test('a wrong token keeps it running, and not ready until it is mended', async () => {
    const other = await serving(configFor(workspace, 'xoxb-wrong'));
    const ready = await fetch(`${other.url}readyz`);
    expect(ready.status).toBe(503);
    expect(JSON.stringify(await ready.json())).toMatch(/does not know SLACK_BOT_TOKEN/);
    expect((await fetch(`${other.url}healthz`)).status).toBe(200);
    await other.close();
  });
});
