import { createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { JsonObject } from '../../../src/locale.ts';
import { still } from '../../support/program.ts';
import { startTeams, type TestTeams } from '../../support/teams.ts';
import { textOf } from '../../support/teams-card.ts';
import { testCloud } from '../../support/teams-cloud.ts';
import { newKey, startIssuer } from '../../support/teams-issuer.ts';
import { appId, teamsKnowledge, tenant } from '../../support/teams-users.ts';

let teams: TestTeams;
const question = 'which ports from Edge to Director?';

let before = 0;

beforeAll(async () => {
  // The validator prints what it refuses.
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const knowledge = teamsKnowledge();
  const people = knowledge.people.map((person) =>
    person.id === 'security' ? { ...person, identities: { teams: 'aad-visitor' } } : person,
  );
  teams = await startTeams({ knowledge: still({ ...knowledge, people }) });
});
afterAll(async () => {
  vi.restoreAllMocks();
  await teams.close();
});
beforeEach(() => {
  before = teams.refusals.length;
});
afterEach(() => expect(teams.faults).toEqual([]));

const asked = (changes: JsonObject = {}): JsonObject => ({ ...teams.who('admin').message(question), ...changes });

/** Turned away without a word, counted by its reason, and without any effect. */
async function refused(response: Response, status: number, reason: string): Promise<void> {
  expect(response.status).toBe(status);
  expect(await response.text()).toBe('');
  expect(teams.refusals.slice(before).map((refusal) => refusal.reason)).toEqual([reason]);
  await teams.settle();
  expect(teams.connector.messages(teams.who('admin').personal)).toEqual([]);
}

test('a good token of the channel is let in', async () => {
  expect((await teams.deliver(teams.who('engineer').message(question))).status).toBe(200);
  await teams.posted(teams.who('engineer').personal, ({ content }) => textOf(content).includes('TCP 5061'));
  expect(teams.refusals).toHaveLength(before);
});

describe('a token is refused', () => {
  const good = () => ({ aud: appId, serviceurl: teams.connector.url });
  const now = () => Math.floor(Date.now() / 1000);
  const tokens: readonly (readonly [string, () => string])[] = [
    ['of another issuer', () => teams.issuer.token({ ...good(), iss: 'https://elsewhere.test' })],
    ['for another bot', () => teams.issuer.token({ ...good(), aud: '99999999-2222-3333-4444-555555555555' })],
    ['for nobody', () => teams.issuer.token({ serviceurl: teams.connector.url })],
    ['signed with another key', () => teams.issuer.token(good(), { key: newKey().privateKey })],
    ['signed with a key that is not published', () => teams.issuer.token(good(), { header: { kid: 'another' } })],
    ['that has expired', () => teams.issuer.token({ ...good(), exp: now() - 3600 })],
    ['that is not valid yet', () => teams.issuer.token({ ...good(), nbf: now() + 3600 })],
    ['for another service', () => teams.issuer.token({ ...good(), serviceurl: 'https://elsewhere.test/' })],
    ['that names no service', () => teams.issuer.token({ aud: appId })],
    [
      'without a signature',
      () =>
        `${teams.issuer
          .token(good(), { header: { alg: 'none' } })
          .split('.')
          .slice(0, 2)
          .join('.')}.`,
    ],
    ['signed with what everybody knows', () => symmetric(teams.issuer.token(good(), { header: { alg: 'HS256' } }))],
    [
      'that was given to a bot, not by the channel',
      () =>
        teams.issuer.token({ ...good(), iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/', appid: appId, ver: '1.0' }),
    ],
    ['that is none', () => 'not-a-token'],
  ];
  test.each(tokens)('%s', async (_, token) => {
    await refused(await teams.deliver(asked(), { token: token() }), 401, 'token');
  });

  test('that is missing', async () => {
    await refused(await teams.deliver(asked(), { token: null }), 401, 'no-token');
  });

  function symmetric(token: string): string {
    const [head, body] = token.split('.');
    return `${head}.${body}.${createHmac('sha256', 'test-key').update(`${head}.${body}`).digest('base64url')}`;
  }
});

describe('an activity with a good token is refused', () => {
  const conversation = { id: 'a:engineer', conversationType: 'personal' };
  test.each([
    ['of another tenant', { channelData: { tenant: { id: '99999999-0000-0000-0000-000000000000' } } }, 'tenant', 403],
    ['from a conversation of another tenant', { conversation: { ...conversation, tenantId: 'elsewhere' } }, 'tenant', 403],
    ['that names no tenant', { channelData: {}, conversation }, 'tenant', 403],
    ['of another channel', { channelId: 'webchat' }, 'channel', 403],
    ['of a channel with keys of its own', { channelId: 'AseChannel' }, 'channel', 403],
    ['of an emulator', { channelId: 'emulator' }, 'channel', 403],
    ['that names no service', { serviceUrl: '' }, 'shape', 400],
    ['from nobody', { from: null }, 'shape', 400],
    ['of no type', { type: 7 }, 'shape', 400],
  ] as const)('%s', async (_, changes, reason, status) => {
    await refused(await teams.deliver(asked(changes)), status, reason);
  });

  test('tenants are compared whatever their letters', async () => {
    const activity = teams.who('engineer').message(question);
    expect((await teams.deliver({ ...activity, channelData: { tenant: { id: tenant.toUpperCase() } } })).status).toBe(200);
  });

  test('a tenant set in capital letters is the same one, and its members are no strangers', async () => {
    const registration = { appType: 'SingleTenant', appId, appPassword: 'secret', tenantId: tenant.toUpperCase() } as const;
    const capital = await startTeams({ parts: { registration } });
    const [said] = await capital.who('stranger').says(question);
    expect(textOf(said?.content ?? {})).toContain('TCP 5061');
    await capital.close();
  });
});

describe('a body is refused', () => {
  const send = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string>) => {
    const authorization = `Bearer ${teams.issuer.token({ aud: appId, serviceurl: teams.connector.url })}`;
    return fetch(`${teams.url}api/messages`, { method: 'POST', body, headers: { authorization, ...headers } });
  };
  const json = { 'content-type': 'application/json' };

  test('larger than any activity', async () => {
    await refused(await send(JSON.stringify(asked({ text: 'x'.repeat(300_000) })), json), 413, 'body');
  });
  test('that is no JSON by its type', async () => {
    await refused(await send(JSON.stringify(asked()), { 'content-type': 'text/plain' }), 415, 'body');
  });
  test('that is packed', async () => {
    await refused(await send(new Uint8Array(gzipSync(JSON.stringify(asked()))), { ...json, 'content-encoding': 'gzip' }), 415, 'body');
  });
  test.each([
    ['broken', '{"type":'],
    ['a list', '[]'],
    ['a text', '"message"'],
    ['nested without end', `{"type":"message","value":${'['.repeat(50_000)}${']'.repeat(50_000)}}`],
  ])('%s', async (_, body) => {
    await refused(await send(body, json), 400, 'body');
  });
});

test('while the keys cannot be had nobody is let in, and Teams is asked to try again', async () => {
  const { issuer, token, close } = await startIssuer();
  await close();
  const cloud = testCloud({ issuer, token, close, metadataUrl: 'http://127.0.0.1:9/openid' }, 'x');
  const cut = await startTeams({ parts: { cloud } });
  const response = await cut.deliver(cut.who('engineer').message(question));
  expect([response.status, await response.text()]).toEqual([503, '']);
  expect(cut.refusals.map(({ reason }) => reason)).toEqual(['keys']);
  await cut.close();
});

describe('who somebody is in the tenant', () => {
  const told = async (name: string): Promise<string> => {
    const [said] = await teams.who(name).says(question);
    return textOf(said?.content ?? {});
  };

  test('a member may ask, whoever they are', async () => {
    expect(await told('stranger')).toContain('TCP 5061');
  });

  test('a guest and somebody of another tenant may not', async () => {
    expect(await told('guest')).not.toContain('TCP 5061');
    expect(await told('visitor')).not.toContain('TCP 5061');
  });

  test('who cannot be looked up is no more than a guest, and what they were before if that is known', async () => {
    expect(await told('stranger')).toContain('TCP 5061');
    teams.connector.hideRoster(true);
    teams.clock.set('2026-11-24T09:00:00.000Z');
    expect(await told('stranger')).toContain('TCP 5061');
    expect(await told('newcomer')).not.toContain('TCP 5061');
    teams.connector.hideRoster(false);
  });

  test('they are looked up once in a while, not for every message', async () => {
    const { lookups } = teams.connector.calls;
    await told('auditor');
    await told('auditor');
    expect(teams.connector.calls.lookups).toBe(lookups + 1);
  });

  test('somebody of another tenant is nobody, even with the account of a person', async () => {
    const [said] = await teams.who('visitor').says('new request');
    expect(textOf(said?.content ?? {})).not.toContain('1 of');
    expect(textOf(said?.content ?? {})).not.toContain('Sanna');
  });
});
