import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readConfig } from '../src/config.ts';
import { layFoundation, type Serving, serve, systemClock } from '../src/main.ts';
import { textOf } from './support/teams-card.ts';
import { startConnector } from './support/teams-connector.ts';
import { checkTeamsCard } from './support/teams-limits.ts';
import { appId, tenant, userOf, users } from './support/teams-users.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portclerk-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function serving(env: Record<string, string>): Promise<Serving> {
  const own = { PORT: '0', LOG_LEVEL: 'silent', DATABASE_URL: `sqlite:${join(folder, 'test.db')}`, AUDIT_KEY_FILE: join(folder, 'key') };
  const read = readConfig({ ...own, ...env });
  if (!read.ok) throw new Error(read.problems.map(({ what }) => what).join('\n'));
  const foundation = await layFoundation(read.config, systemClock);
  if ('problems' in foundation) throw new Error('not sound files');
  return serve(read.config, foundation);
}

const activity = (service: string) => ({
  type: 'message',
  id: 'm1',
  channelId: 'msteams',
  serviceUrl: service,
  from: { id: '29:stranger', name: 'stranger', aadObjectId: 'aad-stranger' },
  recipient: { id: `28:${appId}` },
  conversation: { id: 'a:stranger', conversationType: 'personal', tenantId: tenant },
  channelData: { tenant: { id: tenant } },
  text: 'which ports from Edge to Director?',
});

const deliver = (url: string, body: object) =>
  fetch(`${url}api/messages`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

test('the server answers the playground on this machine, and counts what it took in', async () => {
  const connector = await startConnector({ users, now: Date.now, check: checkTeamsCard, unsigned: true });
  const server = await serving({ TEAMS_LOCAL: '1' });
  expect((await deliver(server.url, activity(connector.url))).status).toBe(200);
  await vi.waitFor(
    () =>
      expect(
        connector
          .messages(connector.personal(userOf('stranger')))
          .map(({ content }) => textOf(content))
          .join(),
      ).toContain('TCP 5061'),
    5_000,
  );
  expect(await (await fetch(`${server.url}metrics`)).text()).toContain('portclerk_turns_total{platform="teams",kind="message"} 1');
  expect((await fetch(`${server.url}readyz`)).status).toBe(200);
  expect((await fetch(server.url)).status).toBe(404);
  await server.close();
  await connector.close();
});

test('the server of a registered bot lets nobody in without a token, and counts it', async () => {
  const env = { MicrosoftAppType: 'SingleTenant', MicrosoftAppId: appId, MicrosoftAppTenantId: tenant, MicrosoftAppPassword: 'secret' };
  const server = await serving(env);
  const response = await deliver(server.url, activity('http://127.0.0.1:9/'));
  expect([response.status, await response.text()]).toEqual([401, '']);
  expect(await (await fetch(`${server.url}metrics`)).text()).toContain(
    'portclerk_refused_requests_total{platform="teams",reason="no-token"} 1',
  );
  await server.close();
});
