import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Conversation } from '../../../src/chat/activity.ts';
import type { Card } from '../../../src/chat/card.ts';
import { holdLocked } from '../../support/lock.ts';
import { startTeams, type TestTeams } from '../../support/teams.ts';
import { textOf } from '../../support/teams-card.ts';
import type { PostedMessage } from '../../support/teams-connector.ts';
import { userOf } from '../../support/teams-users.ts';

let teams: TestTeams;
beforeEach(async () => {
  teams = await startTeams();
});
afterEach(async () => {
  expect(teams.faults).toEqual([]);
  expect(teams.connector.breaches).toEqual([]);
  await teams.close();
});

const question = 'which ports from Edge to Director?';
const says = (text: string) => (message: PostedMessage) => textOf(message.content).includes(text);
const direct = (name: string): Conversation => ({ platform: 'teams', id: `aad-${name}`, kind: 'direct', thread: null });
const card = (text: string): Card => ({
  locale: 'en',
  title: null,
  elements: [{ kind: 'text', spans: [text] }],
  actions: [],
  summary: text,
});

/** Puts messages into the outbox, as the program does. */
async function send(conversation: Conversation, ...texts: readonly string[]): Promise<void> {
  const outbox = texts.map((text) => ({
    id: text,
    conversation,
    content: { kind: 'card' as const, request: null, card: card(text), only: null },
  }));
  await teams.store.commit({ audit: [], outbox });
}

const textsIn = (conversation: string): readonly string[] => teams.connector.messages(conversation).map(({ content }) => textOf(content));

describe('while another process holds the database', () => {
  test('every press is answered within five seconds, and can be made again', async () => {
    const engineer = teams.who('engineer');
    const [answer] = await engineer.says(question);
    if (answer === undefined) throw new Error('no answer');
    const lock = await holdLocked(teams.databaseUrl);
    const presses = [answer, answer].map((on) => engineer.presses(on, 'Request these ports'));
    for (const { ms, card: shown, line } of await Promise.all(presses)) {
      expect(ms).toBeLessThan(5_000);
      expect(shown).toBeNull();
      expect(line).toMatch(/database is busy|press it again/);
    }
    await lock.release();
    expect((await engineer.presses(answer, 'Request these ports')).line).toBe('Answered below.');
    await teams.posted(engineer.personal, says('1 of 6'));
    expect(textsIn(engineer.personal).filter((text) => text.includes('1 of 6'))).toHaveLength(1);
  });

  test('a message is not taken in, so that Teams says so or tries again', async () => {
    const engineer = teams.who('engineer');
    const message = engineer.message(question);
    const lock = await holdLocked(teams.databaseUrl);
    const start = performance.now();
    const response = await teams.deliver(message);
    expect([response.status, await response.text()]).toEqual([503, '']);
    expect(performance.now() - start).toBeLessThan(4_000);
    await lock.release();
    expect((await teams.deliver(message)).status).toBe(200);
    await teams.posted(engineer.personal, says('TCP 5061'));
  });
});

describe('a message', () => {
  test('that comes three times, at once, is answered once', async () => {
    const engineer = teams.who('engineer');
    const message = engineer.message(question);
    const statuses = await Promise.all([message, message, message].map(async (copy) => (await teams.deliver(copy)).status));
    expect(statuses).toEqual([200, 200, 200]);
    await teams.posted(engineer.personal, says('TCP 5061'));
    await teams.settle();
    expect(teams.connector.messages(engineer.personal)).toHaveLength(1);
  });

  test('is answered over the service it came from, and only an authenticated one says where that is', async () => {
    const engineer = teams.who('engineer');
    await engineer.says(question);
    const elsewhere = { ...engineer.message(question), serviceUrl: 'http://127.0.0.1:9/' };
    expect((await teams.deliver(elsewhere)).status).toBe(401);
    await send(direct('engineer'), 'hello');
    await teams.posted(engineer.personal, says('hello'));
  });
});

describe('what Teams answers to a post', () => {
  test.each([412, 429, 500, 502, 504])('%i: tried again, in order, nothing lost or doubled', async (status) => {
    await teams.who('engineer').says(question);
    teams.connector.failNext({ status }, { status });
    await send(direct('engineer'), 'first', 'second');
    await teams.posted(teams.who('engineer').personal, says('second'));
    expect(textsIn(teams.who('engineer').personal).slice(1)).toEqual(['first', 'second']);
  });

  test('429 is obeyed for as long as it asks', async () => {
    const engineer = teams.who('engineer');
    await engineer.says(question);
    teams.connector.failNext({ status: 429, retryAfter: '60' });
    await send(direct('engineer'), 'later');
    const start = teams.clock.now().getTime();
    await teams.posted(engineer.personal, says('later'));
    expect(teams.clock.now().getTime() - start).toBeGreaterThanOrEqual(60_000);
  });

  test.each([
    [403, 'MessageWritesBlocked'],
    [404, 'ConversationNotFound'],
    [413, 'MessageSizeTooBig'],
  ])('%i %s: given up at once, and the next message is tried', async (status, code) => {
    await teams.who('engineer').says(question);
    teams.connector.failNext({ status, code });
    await send(direct('engineer'), 'first', 'second');
    await teams.posted(teams.who('engineer').personal, says('second'));
    expect(textsIn(teams.who('engineer').personal)).not.toContain('first');
  });

  test('401: the operator is told until it works again, and nothing is lost', async () => {
    await teams.who('engineer').says(question);
    expect(teams.platform.trouble?.()).toBeNull();
    teams.connector.failNext({ status: 401, code: 'Unauthorized' });
    await send(direct('engineer'), 'hello');
    await teams.program.deliver();
    expect(teams.platform.trouble?.()).toBe('calls to Teams fail: Teams answered 401 Unauthorized');
    await teams.posted(teams.who('engineer').personal, says('hello'));
    expect(teams.platform.trouble?.()).toBeNull();
  });

  test('many messages to one conversation stay under its limits and in order', async () => {
    const engineer = teams.who('engineer');
    await engineer.says(question);
    const texts = Array.from({ length: 20 }, (_, number) => `message ${number}`);
    await send(direct('engineer'), ...texts);
    await teams.posted(engineer.personal, says('message 19'));
    expect(textsIn(engineer.personal).slice(1)).toEqual(texts);
  });
});

describe('somebody who has not written yet', () => {
  test('is written to in a conversation of their own, once anybody has said where Teams is', async () => {
    await send(direct('approver'), 'hello');
    await teams.settle();
    expect(teams.connector.messages(teams.who('approver').personal)).toEqual([]);
    await teams.who('engineer').says(question);
    teams.clock.set('2026-11-23T10:00:00.000Z');
    await teams.posted(teams.who('approver').personal, says('hello'));
  });

  test('and does not have the app: given up, visibly', async () => {
    await teams.who('engineer').says(question);
    await send(direct('uninstalled'), 'hello');
    await teams.settle();
    expect(teams.connector.messages(teams.connector.personal(userOf('uninstalled')))).toEqual([]);
    const entries = await teams.store.readAudit((trail) => trail.entries(0, 1000));
    expect(entries.map(({ bytes }) => Buffer.from(bytes).toString()).join()).toContain('delivery.give-up');
  });
});
