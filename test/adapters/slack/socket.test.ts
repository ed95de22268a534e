import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bot } from '../../support/slack-emulator.ts';
import { appToken } from '../../support/slack-front.ts';
import { readable } from '../../support/slack-seen.ts';
import { type FakeSocket, startSocket } from '../../support/slack-socket.ts';
import { type SlackWorld, startWorkspace, startWorld, type Workspace } from '../../support/slack-world.ts';

const question = 'which ports from Edge to Director?';
const settings = { transport: { kind: 'socket', appToken } } as const;

describe('Socket Mode', () => {
  let workspace: Workspace;
  let socket: FakeSocket;
  let world: SlackWorld;
  const answers = async (ts: string): Promise<number> => {
    const thread = await world.seat('engineer').messages(world.emulator.channel('general'), ts);
    return thread.filter(({ user }) => user === bot.user).length;
  };
  const envelope = (event: object, id = 'Ev1'): object => ({ type: 'event_callback', team_id: bot.team, event_id: id, event });
  const mention = async (): Promise<{ readonly event: Record<string, unknown>; readonly ts: string }> => {
    const event = await world.seat('engineer').post(world.emulator.channel('general'), `<@${bot.user}> ${question}`);
    return { event: { ...event, type: 'app_mention' }, ts: event.ts };
  };

  beforeEach(async () => {
    workspace = await startWorkspace();
    socket = await startSocket();
    workspace.front.socketUrl = socket.url;
    world = await startWorld({ workspace, settings });
    await socket.connected(1);
  });
  afterEach(async () => {
    await world.close();
    await socket.close();
    await workspace.close();
  });

  test('an event is acknowledged and answered, and the same one again has no other effect', async () => {
    expect(world.slack.router).toBeNull();
    const { event, ts } = await mention();
    const acks = await Promise.all([1, 2, 3].map(() => socket.send('events_api', envelope(event))));
    expect(acks).toEqual([{}, {}, {}]);
    await world.settled();
    expect(await answers(ts)).toBe(1);
  });

  test('a command is answered with its acknowledgement, and what nobody knows is acknowledged, too', async () => {
    const command = {
      command: '/ports',
      text: 'edge to director',
      user_id: world.seat('engineer').id,
      team_id: bot.team,
      channel_id: world.emulator.channel('general'),
      trigger_id: await world.front.newTrigger(world.seat('engineer').id),
    };
    const answer = await socket.send('slash_commands', command);
    expect(readable(answer)).toContain('DIR-6');
    expect(await socket.send('interactive', { type: 'something_new' })).toEqual({});
  });

  test.each(['asked', 'cut'] as const)(
    'a connection that ends (%s) is opened again, and nothing that comes over the new one is lost',
    async (how) => {
      socket.drop(how);
      await expect.poll(() => socket.connections()).toBe(0);
      await socket.connected(1);
      const { event, ts } = await mention();
      expect(await socket.send('events_api', envelope(event))).toEqual({});
      await world.settled();
      expect(await answers(ts)).toBe(1);
      expect(world.slack.platform.trouble?.()).toBeNull();
    },
  );

  test('while no connection can be had it is tried again and again, the operator is told, and the process lives', async () => {
    const mend = world.front.fail('apps.connections.open', { kind: 'status', status: 500 });
    socket.drop('cut');
    await expect.poll(() => world.slack.platform.trouble?.() ?? '', { timeout: 8_000 }).toMatch(/socket/);
    await expect
      .poll(() => world.front.calls.filter(({ method }) => method === 'apps.connections.open').length, { timeout: 8_000 })
      .toBeGreaterThan(2);
    mend();
    await socket.connected(1);
    await expect.poll(() => world.slack.platform.trouble?.() ?? null).toBeNull();
  }, 30_000);

  test('a wrong token is said to be one, with the next step', async () => {
    const mend = world.front.fail('apps.connections.open', { kind: 'error', error: 'invalid_auth' });
    socket.drop('cut');
    const trouble = (): string => world.slack.platform.trouble?.() ?? '';
    await expect.poll(trouble, { timeout: 8_000 }).toMatch(/refuses SLACK_APP_TOKEN: invalid_auth: make .*connections:write/);
    mend();
    await socket.connected(1);
    await expect.poll(() => world.slack.platform.trouble?.() ?? null).toBeNull();
  }, 30_000);

  test('two processes share the work, and a copy to each has one effect', async () => {
    const other = await startWorld({ workspace, settings, databaseUrl: world.started.databaseUrl });
    await socket.connected(2);
    const { event, ts } = await mention();
    const acks = await Promise.all([0, 1].map((over) => socket.send('events_api', envelope(event), { over })));
    expect(acks).toEqual([{}, {}]);
    await Promise.all([world.settled(), other.settled()]);
    expect(await answers(ts)).toBe(1);
    await other.close();
  });
});

describe('Socket Mode, when an event cannot be stored', () => {
  test('it is not acknowledged, so that Slack sends it again', async () => {
    const workspace = await startWorkspace();
    const socket = await startSocket();
    workspace.front.socketUrl = socket.url;
    const world = await startWorld({ workspace, settings, parts: { receive: () => Promise.reject(new Error('busy')) } });
    await socket.connected(1);
    const event = {
      type: 'app_mention',
      user: world.seat('engineer').id,
      channel: 'C1',
      text: `<@${bot.user}> hello`,
      ts: '1700000000.000100',
    };
    const payload = { type: 'event_callback', team_id: bot.team, event_id: 'Ev1', event };
    expect(await socket.send('events_api', payload, { waitMs: 1_000 })).toBeNull();
    expect(world.refused).toEqual(['not-stored']);
    await world.close();
    await socket.close();
    await workspace.close();
  });
});
