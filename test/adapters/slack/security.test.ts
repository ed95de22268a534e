import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { LogLine } from '../../../src/adapters/slack/log.ts';
import type { Activity } from '../../../src/chat/activity.ts';
import { bot } from '../../support/slack-emulator.ts';
import { sign, signingSecret } from '../../support/slack-sender.ts';
import { type SlackWorld, startWorld } from '../../support/slack-world.ts';

const json = 'application/json';
const form = 'application/x-www-form-urlencoded';
const typed = 'the words of somebody';

describe('requests to /slack/events', () => {
  let world: SlackWorld;
  const taken: Activity[] = [];
  const log: LogLine[] = [];
  const refused: string[] = [];
  const now = (): number => Math.floor(Date.now() / 1000);
  const mention = (ts = '1700000000.000100'): string =>
    JSON.stringify({
      type: 'event_callback',
      team_id: bot.team,
      event_id: 'Ev1',
      event: { type: 'app_mention', channel: 'C1', user: 'U1', text: `<@${bot.user}> ${typed}`, ts, team: bot.team },
    });
  const at = (seconds: number, body: string): Record<string, string> => ({
    'x-slack-request-timestamp': String(seconds),
    'x-slack-signature': sign(body, String(seconds)),
  });

  beforeAll(async () => {
    world = await startWorld({
      parts: {
        receive: async (activity) => {
          taken.push(activity);
          return 'new';
        },
        log: (line) => void log.push(line),
        counts: { refused: (reason) => void refused.push(reason), retried: () => void refused.push('retried') },
      },
    });
  });
  afterAll(() => world.close());
  beforeEach(() => {
    taken.length = 0;
    log.length = 0;
    refused.length = 0;
  });

  test('a signed one is taken in', async () => {
    expect((await world.sender.raw(mention(), json)).status).toBe(200);
    expect(taken).toHaveLength(1);
    expect(refused).toEqual([]);
  });

  const body = mention();
  test.each([
    ['no signature', { 'x-slack-signature': null }, 'signature'],
    ['no timestamp', { 'x-slack-request-timestamp': null }, 'signature'],
    ['neither', { 'x-slack-signature': null, 'x-slack-request-timestamp': null }, 'signature'],
    ['an empty signature', { 'x-slack-signature': '' }, 'signature'],
    ['a timestamp that is none', { 'x-slack-request-timestamp': 'soon' }, 'signature'],
    ['a signature of another secret', { 'x-slack-signature': sign(body, String(now()), 'another') }, 'signature'],
    ['a signature of another body', { 'x-slack-signature': sign('{}', String(now())) }, 'signature'],
    ['a signature six minutes old', at(now() - 360, body), 'signature'],
    ['a signature six minutes ahead', at(now() + 360, body), 'future'],
    ['a timestamp without end', { ...at(now(), body), 'x-slack-request-timestamp': 'Infinity' }, 'future'],
  ])('with %s is refused, and nothing of it is taken in or told', async (_what, headers, reason) => {
    const sent = await world.sender.raw(body, json, headers);
    expect(sent).toMatchObject({ status: 401, body: '' });
    expect(taken).toEqual([]);
    expect(refused).toEqual([reason]);
    const said = JSON.stringify(log);
    expect(log.length).toBeGreaterThan(0);
    if (reason === 'signature') expect(said).toContain('SLACK_SIGNING_SECRET');
    for (const secret of [typed, signingSecret, bot.token, sign(body, String(now()))]) expect(said).not.toContain(secret);
  });

  test('a little ahead, as clocks are, is taken in', async () => {
    expect((await world.sender.raw(body, json, at(now() + 60, body))).status).toBe(200);
  });

  test('an oversized body is refused unread', async () => {
    const sent = await world.sender.raw(JSON.stringify({ type: 'event_callback', padding: 'x'.repeat(1_100_000) }), json);
    expect(sent.status).toBe(413);
    expect(refused).toEqual(['too-large']);
  });

  test('what is no JSON is refused', async () => {
    expect((await world.sender.raw('{"type":', json)).status).toBe(400);
    expect((await world.sender.raw('payload=%7B', form)).status).toBe(400);
    expect(refused).toEqual(['malformed', 'malformed']);
  });

  test('ssl_check is answered without a signature, and nothing that comes with it is taken in', async () => {
    const smuggled = new URLSearchParams({ ssl_check: '1', payload: mention() }).toString();
    const none = { 'x-slack-signature': null, 'x-slack-request-timestamp': null };
    expect((await world.sender.raw(smuggled, form, none)).status).toBe(200);
    expect((await world.sender.raw('ssl_check=1&token=x', form, none)).status).toBe(200);
    expect(taken).toEqual([]);
    expect((await world.sender.raw('ssl_check=0&token=x', form, none)).status).toBe(401);
  });

  test('the challenge is answered, and only to a signed request', async () => {
    const challenge = JSON.stringify({ type: 'url_verification', challenge: 'abc', token: 't' });
    expect(JSON.parse((await world.sender.raw(challenge, json)).body)).toEqual({ challenge: 'abc' });
    expect((await world.sender.raw(challenge, json, { 'x-slack-signature': 'v0=00' })).status).toBe(401);
  });

  test('events and payloads that nobody knows are answered at once, so that Slack does not send them again', async () => {
    const known = await world.sender.event({ type: 'reaction_added', user: 'U1', item: {}, reaction: 'eyes' });
    const unknown = await world.sender.raw(JSON.stringify({ type: 'app_rate_limited', minute_rate_limited: 1 }), json);
    const nothing = await world.sender.interaction({ type: 'workflow_step_edit' });
    for (const { status, ms } of [known, unknown, nothing]) {
      expect(status).toBe(200);
      expect(ms).toBeLessThan(1000);
    }
    expect(refused).toEqual(['unknown', 'unknown']);
  });

  test('one that Slack sends again is counted', async () => {
    await world.sender.raw(mention(), json, { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' });
    expect(refused).toEqual(['retried']);
    expect(taken).toHaveLength(1);
  });
});

describe('an event that cannot be stored', () => {
  test.each([
    ['the database refuses', () => Promise.reject(new Error('busy'))],
    ['the database does not answer', () => new Promise<never>(() => undefined)],
  ])('is answered with 503 within three seconds when %s, so that Slack sends it again', async (_what, receive) => {
    const world = await startWorld({ parts: { receive } });
    const { sent } = await world.seat('engineer').mention('which ports from Edge to Director?');
    for (const { status, ms } of sent) {
      expect(status).toBe(503);
      expect(ms).toBeLessThan(3000);
    }
    expect(world.refused).toEqual(['not-stored', 'not-stored']);
    await world.close();
  });
});
