import { request as httpRequest } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/locale.ts';
import { still } from '../../support/program.ts';
import { startTeams, type TestTeams } from '../../support/teams.ts';
import { buttonsOf, textOf } from '../../support/teams-card.ts';
import { teamsKnowledge } from '../../support/teams-users.ts';

/** Ids as Microsoft's playground makes them up. */
const alex = { id: 'user-id-0', name: 'Alex Wilber', aadObjectId: '00000000-0000-0000-0000-0000000000020' };

let teams: TestTeams;
beforeEach(async () => {
  const knowledge = teamsKnowledge();
  const people = knowledge.people.map((person) =>
    person.id === 'engineer' ? { ...person, identities: { teams: alex.aadObjectId } } : person,
  );
  teams = await startTeams({ knowledge: still({ ...knowledge, people }), parts: { registration: null, cloud: {} }, unsigned: true });
  teams.connector.addChannel('personal-chat-id');
});
afterEach(async () => {
  expect(teams.faults).toEqual([]);
  expect(teams.connector.breaches).toEqual([]);
  await teams.close();
});

let activities = 0;
function message(text: string, changes: JsonObject = {}): JsonObject {
  activities += 1;
  return {
    type: 'message',
    id: `made-up-${activities}`,
    channelId: 'msteams',
    serviceUrl: teams.connector.url,
    from: alex,
    recipient: { id: '00000000-0000-0000-0000-00000000000011', name: 'Test Bot' },
    conversation: { id: 'personal-chat-id', conversationType: 'personal', tenantId: '00000000-0000-0000-0000-0000000000001' },
    channelData: { tenant: { id: '00000000-0000-0000-0000-0000000000001' } },
    text,
    ...changes,
  };
}

test('a question is answered without any token, and what is pressed is done', async () => {
  expect((await teams.deliver(message('边缘到控制器要开哪些端口?'), { token: null })).status).toBe(200);
  const answer = await teams.posted('personal-chat-id', ({ content }) => textOf(content).includes('TCP 5061'));
  const [button] = buttonsOf(answer.content);
  const { type = null, verb = null, data = null } = button?.action ?? {};
  const press = message('', {
    type: 'invoke',
    name: 'adaptiveCard/action',
    replyToId: answer.id,
    value: { action: { type, verb, data }, trigger: 'manual' },
  });
  expect(await (await teams.deliver(press, { token: null })).json()).toMatchObject({ statusCode: 200 });
  await teams.posted('personal-chat-id', ({ content }) => textOf(content).includes('1 of 6'));
});

test('somebody without an account of the directory goes by the id they have', async () => {
  await teams.deliver(message('new request', { from: { id: 'user-id-7', name: 'Nobody' } }), { token: null });
  const told = await teams.posted('personal-chat-id', () => true);
  expect(textOf(told.content)).toContain('user-id-7');
});

describe('what does not come from this machine', () => {
  const refused = async (status: number, reason: string) => {
    expect(status).toBe(403);
    expect(teams.refusals.map((refusal) => refusal.reason)).toEqual([reason]);
    await teams.settle();
    expect(teams.connector.messages('personal-chat-id')).toEqual([]);
  };

  test.each([
    'https://smba.trafficmanager.net/teams/',
    'http://192.0.2.1/',
    'http://localhost.example.com/',
    'http://127.0.0.1.example.com/',
  ])('a service at %s is refused', async (serviceUrl) => {
    await refused((await teams.deliver(message('hello', { serviceUrl }), { token: null })).status, 'service');
  });

  test('another name for this machine is refused', async () => {
    const { port } = new URL(teams.url);
    const body = JSON.stringify(message('hello'));
    const headers = { host: 'rebound.example.com', 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const status = await new Promise<number>((resolve, reject) => {
      const request = httpRequest({ host: '127.0.0.1', port, method: 'POST', path: '/api/messages', headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      request.on('error', reject);
      request.end(body);
    });
    await refused(status, 'origin');
  });
});

test('what was learnt without authentication is never used with it', async () => {
  await teams.deliver(message('hello'), { token: null });
  await teams.posted('personal-chat-id', () => true);
  const registered = await startTeams({ databaseUrl: teams.databaseUrl });
  const conversation = { platform: 'teams', id: alex.aadObjectId, kind: 'direct', thread: null } as const;
  const card = { locale: 'en', title: null, elements: [{ kind: 'text', spans: ['a secret'] }], actions: [], summary: 'a secret' } as const;
  await registered.store.commit({
    audit: [],
    outbox: [{ id: 'x', conversation, content: { kind: 'card', request: null, card, only: null } }],
  });
  await registered.settle();
  expect(teams.connector.calls.unauthorized).toBe(0);
  expect(teams.connector.messages('personal-chat-id').filter(({ content }) => textOf(content).includes('a secret'))).toEqual([]);
  await registered.close();
});
