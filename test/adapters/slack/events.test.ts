import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bot } from '../../support/slack-emulator.ts';
import { readable } from '../../support/slack-seen.ts';
import { requestFromAnswer } from '../../support/slack-story.ts';
import { type SlackWorld, startWorld } from '../../support/slack-world.ts';

const question = 'which ports from Edge to Director?';

describe('what the bot hears', () => {
  let world: SlackWorld;
  const general = (): string => world.emulator.channel('general');
  const answersIn = async (ts: string): Promise<readonly string[]> => {
    const thread = await world.seat('auditor').messages(general(), ts);
    return thread.filter(({ user }) => user === bot.user).map(({ blocks }) => readable(blocks));
  };
  const kept = (): number => {
    const database = new Sqlite(world.started.databaseUrl.replace('sqlite:', ''), { readonly: true });
    const row: unknown = database.prepare('select count(*) as count from inbox').get();
    database.close();
    return typeof row === 'object' && row !== null && 'count' in row ? Number(row.count) : -1;
  };

  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.close());

  test('a direct message is answered where it was said', async () => {
    await world.seat('engineer').tell(question);
    await world.settled();
    expect((await world.seat('engineer').told()).map(({ blocks }) => readable(blocks))).toEqual([expect.stringContaining('DIR-6')]);
  });

  test('three times at once, as both kinds of event, and late again: answered once', async () => {
    const engineer = world.seat('engineer');
    const event = await engineer.post(general(), `<@${bot.user}> ${question}`);
    const kinds = [
      { ...event, type: 'app_mention' },
      { ...event, type: 'message', channel_type: 'channel' },
    ];
    const copies = [...kinds, ...kinds, ...kinds];
    const sent = await Promise.all(copies.map((copy, index) => world.sender.event(copy, index > 1 ? { 'x-slack-retry-num': '1' } : {})));
    expect(sent.map(({ status }) => status)).toEqual(copies.map(() => 200));
    await world.settled();
    expect(await answersIn(event.ts)).toHaveLength(1);
    await Promise.all(kinds.map((copy) => world.sender.event(copy)));
    await world.settled();
    expect(await answersIn(event.ts)).toHaveLength(1);
  });

  test('what comes in another order is answered in the order it came, each once', async () => {
    const engineer = world.seat('engineer');
    const first = await engineer.post(await engineer.direct(), 'DIR-1');
    const second = await engineer.post(await engineer.direct(), 'DIR-2');
    for (const event of [second, first, second, first]) await world.sender.event({ ...event, type: 'message', channel_type: 'im' });
    await world.settled();
    const [newest, older] = await engineer.told();
    expect(readable(newest?.blocks)).toContain('DIR-1');
    expect(readable(older?.blocks)).toContain('DIR-2');
    expect((await engineer.told()).length).toBe(3);
  });

  test('bots, edits, joins, deletions and its own words are not heard', async () => {
    const engineer = world.seat('engineer');
    const before = kept();
    const event = { ...(await engineer.post(general(), `<@${bot.user}> ${question}`)), channel_type: 'channel' };
    const copies = [
      { ...event, type: 'message', bot_id: 'B1', subtype: 'bot_message' },
      { ...event, type: 'message', bot_id: 'B1' },
      { ...event, type: 'message', user: bot.user },
      { ...event, type: 'message', subtype: 'channel_join' },
      {
        type: 'message',
        subtype: 'message_changed',
        channel: general(),
        ts: event.ts,
        message: { ...event, text: question },
        hidden: true,
      },
      { type: 'message', subtype: 'message_deleted', channel: general(), ts: event.ts, deleted_ts: event.ts, hidden: true },
      { ...event, type: 'app_mention', edited: { user: engineer.id, ts: event.ts } },
    ];
    for (const copy of copies) expect((await world.sender.event(copy)).status).toBe(200);
    await world.settled();
    expect(kept()).toBe(before);
    expect(await answersIn(event.ts)).toEqual([]);
  });

  test('words to nobody in particular are neither answered nor kept', async () => {
    const before = kept();
    const { ts } = await world.seat('engineer').say(question);
    const { ts: root } = await world.seat('engineer').say('lunch?');
    await world.seat('approver').say(question, { thread: root });
    await world.settled();
    expect(kept()).toBe(before);
    expect([...(await answersIn(ts)), ...(await answersIn(root))]).toEqual([]);
  });

  test('in a thread that it has spoken in, a question is answered without a mention', async () => {
    const { ts } = await world.seat('engineer').mention(question);
    await world.settled();
    await world.seat('approver').say('what about front end?', { thread: ts });
    await world.settled();
    expect(await answersIn(ts)).toHaveLength(2);
  });

  test('a request named in passing is offered, and a discussion in its thread is kept with it', async () => {
    await requestFromAnswer(world, world.seat('engineer'));
    const { ts } = await world.seat('approver').say('has anybody looked at FCR-1?');
    await world.settled();
    expect(kept()).toBeGreaterThan(0);
    const offered = [...(await answersIn(ts)), ...world.front.whispers.map(({ blocks }) => readable(blocks))];
    expect(offered.join('\n')).toContain('FCR-1');
    const approvals = world.emulator.channel('approvals');
    const [card] = (await world.seat('approver').messages(approvals)).filter(({ user }) => user === bot.user);
    await world.seat('approver').say('looks fine to me', { channel: approvals, thread: card?.ts ?? '' });
    await world.settled();
    const before = kept();
    await world.seat('approver').say('nothing to do with it', { channel: approvals });
    await world.settled();
    expect(kept()).toBe(before);
  });

  test('nothing that was sent goes beyond Slack’s limits, and nothing went wrong', () => {
    expect(world.front.problems).toEqual([]);
    expect(world.started.faults).toEqual([]);
    expect(world.log).toEqual([]);
  });
});

describe('who is heard', () => {
  let world: SlackWorld;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.close());
  const ask = async (person: 'visitor' | 'stranger' | 'engineer', team: string = bot.team): Promise<string> => {
    const seat = world.seat(person);
    const event = await seat.post(world.emulator.channel('general'), `<@${bot.user}> ${question}`);
    await world.sender.event({ ...event, type: 'app_mention', team, user_team: team, source_team: team });
    await world.settled();
    const thread = (await seat.messages(world.emulator.channel('general'), event.ts)).filter(({ user }) => user === bot.user);
    const whispered = world.front.whispers.filter(({ user, thread: root }) => user === seat.id && root === event.ts);
    return [...thread, ...whispered].map(({ blocks }) => readable(blocks)).join('\n');
  };

  test('a member who is in no file may ask', async () => {
    expect(await ask('visitor')).toContain('DIR-6');
  });

  test.each([
    ['a guest', { is_restricted: true }],
    ['a guest of one channel', { is_restricted: true, is_ultra_restricted: true }],
    ['somebody of a connected workspace', { team_id: 'T0OTHER' }],
    ['a stranger', { is_stranger: true }],
  ])('%s is answered only where the operator allows it', async (_who, profile) => {
    const own = await startWorld();
    own.front.profiles.set(own.emulator.user('visitor'), profile);
    const seat = own.seat('visitor');
    const { ts } = await seat.mention(question);
    await own.settled();
    const said = (await seat.messages(own.emulator.channel('general'), ts)).filter(({ user }) => user === bot.user);
    expect([...said, ...own.front.whispers].map(({ blocks }) => readable(blocks)).join('\n')).not.toContain('DIR-6');
    await own.close();
  });

  test('while Slack does not say who somebody is, the event’s own word for their workspace counts', async () => {
    const mend = world.front.fail('users.info', { kind: 'status', status: 500 });
    expect(await ask('stranger', 'T0OTHER')).not.toContain('DIR-6');
    expect(await ask('engineer')).toContain('DIR-6');
    mend();
  });

  test('nor does an answer that never comes keep an event from being stored in time', async () => {
    const own = await startWorld();
    own.front.fail('users.info', { kind: 'hang' });
    const { sent } = await own.seat('engineer').mention(question);
    expect(sent.map(({ status }) => status)).toEqual([200, 200]);
    expect(Math.max(...sent.map(({ ms }) => ms))).toBeLessThan(3000);
    await own.close();
  });
});
