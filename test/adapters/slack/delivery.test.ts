import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TestClock, testClock } from '../../support/program.ts';
import { bot } from '../../support/slack-emulator.ts';
import type { Message } from '../../support/slack-seat.ts';
import { readable } from '../../support/slack-seen.ts';
import { requestFromAnswer } from '../../support/slack-story.ts';
import { type SlackWorld, startWorld } from '../../support/slack-world.ts';

const question = 'which ports from Edge to Director?';
const minute = 60_000;

describe('while Slack does not take what is sent', () => {
  let world: SlackWorld;
  let clock: TestClock;
  const posts = (): number => world.front.calls.filter(({ method }) => method === 'chat.postMessage').length;
  const later = (ms: number): void => clock.set(new Date(clock.now().getTime() + ms).toISOString());
  const answered = async (ts: string): Promise<readonly Message[]> => {
    const thread = await world.seat('engineer').messages(world.emulator.channel('general'), ts);
    return thread.filter(({ user }) => user === bot.user);
  };

  beforeEach(async () => {
    clock = testClock();
    world = await startWorld({ clock });
  });
  afterEach(() => world.close());

  test('a rate limit is waited for as long as Slack says, and no call is made before', async () => {
    world.front.fail('chat.postMessage', { kind: 'status', status: 429, headers: { 'retry-after': '30' } }, 1);
    const { ts } = await world.seat('engineer').mention(question);
    await world.settled();
    expect([posts(), (await answered(ts)).length]).toEqual([1, 0]);
    later(29_000);
    await world.settled();
    expect(posts()).toBe(1);
    later(2_000);
    await world.settled();
    expect([posts(), (await answered(ts)).length]).toEqual([2, 1]);
  });

  test.each([
    ['answers 500', { kind: 'status', status: 500 } as const],
    ['says it has an internal error', { kind: 'error', error: 'internal_error' } as const],
    ['cuts the connection', { kind: 'lost' } as const],
  ])('for minutes, and %s: nothing is lost, the order is kept, and it is not asked without a pause', async (_what, fault) => {
    const engineer = world.seat('engineer');
    const mend = world.front.fail('chat.postMessage', fault);
    await engineer.tell('DIR-1');
    await engineer.tell('DIR-2');
    await engineer.tell('DIR-3');
    await world.settled();
    for (let minutes = 0; minutes < 10; minutes += 1) {
      later(minute);
      await world.settled();
    }
    expect(posts()).toBeLessThan(20);
    mend();
    for (let minutes = 0; minutes < 10; minutes += 1) {
      later(5 * minute);
      await world.settled();
    }
    const said = (await engineer.told()).map(({ blocks }) => /DIR-[123]/.exec(readable(blocks))?.[0]);
    expect(said).toEqual(['DIR-3', 'DIR-2', 'DIR-1']);
  });

  test('an answer of Slack’s that gets lost leads to no second message', async () => {
    world.front.fail('chat.postMessage', { kind: 'lost' }, 1);
    const { ts } = await world.seat('engineer').mention(question);
    await world.settled();
    later(minute);
    await world.settled();
    expect((await answered(ts)).length).toBe(1);
    await world.seat('engineer').say('what about front end?', { thread: ts });
    await world.settled();
    expect((await answered(ts)).length).toBe(2);
  });

  test('nor does an answer that never comes', async () => {
    world.front.fail('chat.postMessage', { kind: 'unanswered' }, 1);
    const { ts } = await world.seat('engineer').mention(question);
    await world.settled();
    later(minute);
    await world.settled();
    expect((await answered(ts)).length).toBe(1);
  }, 40_000);

  test('a message that only looks like its own is not taken for it', async () => {
    const mend = world.front.fail('chat.postMessage', { kind: 'status', status: 500 });
    const { ts } = await world.seat('engineer').mention(question);
    await world.settled();
    const tried = world.front.calls.findLast(({ method }) => method === 'chat.postMessage');
    const forged = { channel: world.emulator.channel('general'), thread_ts: ts, text: 'forged', metadata: tried?.args['metadata'] };
    await world.emulator.call('chat.postMessage', forged, world.emulator.tokenOf('visitor'));
    mend();
    later(minute);
    await world.settled();
    expect((await answered(ts)).length).toBe(1);
  });

  test('a request says where it could not be posted, once that is given up', async () => {
    await world.emulator.call('conversations.archive', { channel: world.emulator.channel('approvals') });
    await requestFromAnswer(world, world.seat('engineer'));
    await world.seat('approver').press('Approve');
    await world.settled();
    const own = (await world.seat('engineer').told()).map(({ blocks }) => readable(blocks)).join('\n');
    expect(own).toMatch(/could not be posted/i);
  });

  test('a Slack that knows no tables gets them as text', async () => {
    world.front.fail('chat.postMessage', { kind: 'error', error: 'invalid_blocks' }, 1);
    const { ts } = await world.seat('engineer').mention(question);
    await world.settled();
    const [answer] = await answered(ts);
    expect(JSON.stringify(answer?.blocks)).not.toContain('"table"');
    expect(readable(answer?.blocks)).toContain('DIR-6');
    expect(world.log.map(({ what }) => what)).toEqual([expect.stringContaining('tables are written as text')]);
  });

  test('a token that is no longer good is said to the operator, and everything goes out once it is', async () => {
    expect(world.slack.platform.trouble?.()).toBeNull();
    const mend = world.front.fail(null, { kind: 'error', error: 'token_revoked' });
    const { ts } = await world.seat('engineer').mention(question);
    await world.settled();
    expect(world.slack.platform.trouble?.()).toMatch(/token_revoked/);
    mend();
    later(minute);
    await world.settled();
    expect((await answered(ts)).length).toBe(1);
    expect(JSON.stringify(world.log)).not.toContain(bot.token);
  });
});

describe('several processes of one workspace', () => {
  test('the same events and clicks at each of them have one effect, and every message stands once', async () => {
    const one = await startWorld();
    const workspace = {
      emulator: one.emulator,
      front: one.front,
      knowledge: one.started.knowledge.current(),
      close: async () => undefined,
    };
    const other = await startWorld({ workspace, databaseUrl: one.started.databaseUrl });
    const engineer = one.seat('engineer');
    const event = await engineer.post(one.emulator.channel('general'), `<@${bot.user}> ${question}`);
    const copies = [one, other, one, other].map(({ sender }) => sender.event({ ...event, type: 'app_mention' }));
    expect((await Promise.all(copies)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    await Promise.all([one.settled(), other.settled()]);
    const thread = await engineer.messages(one.emulator.channel('general'), event.ts);
    expect(thread.filter(({ user }) => user === bot.user)).toHaveLength(1);

    await engineer.press('Request these ports');
    await one.settled();
    const seats = [one.seat('approver'), other.seat('approver')];
    await requestFromAnswer(one, engineer);
    await Promise.all([one.settled(), other.settled()]);
    const inApprovals = async () =>
      (await seats[0]?.messages(one.emulator.channel('approvals')))?.filter(({ user, blocks }) => user === bot.user && blocks.length > 0) ??
      [];
    expect(await inApprovals()).toHaveLength(1);
    const button = await one.seat('approver').find('Approve');
    await Promise.all(seats.map((seat) => seat.click(button)));
    await Promise.all([one.settled(), other.settled()]);
    const [request] = await one.started.store.requests();
    expect(request?.approvals).toHaveLength(1);
    expect(await inApprovals()).toHaveLength(1);
    for (const process of [one, other]) expect(process.started.faults).toEqual([]);
    await other.close();
    await one.close();
  });
});
