import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Config, readConfig } from '../src/config.ts';
import { loadEnvironment } from '../src/environment.ts';

function configOf(env: Record<string, string>): Config {
  const result = readConfig(env);
  if (!result.ok) throw new Error(result.problems.map((problem) => problem.what).join('\n'));
  return result.config;
}

function complaints(env: Record<string, string>): readonly string[] {
  const result = readConfig(env);
  return result.ok ? [] : result.problems.map((problem) => problem.what);
}

describe('with nothing set', () => {
  test('it runs in local mode on loopback, with a database of its own', () => {
    expect(configOf({})).toEqual({
      port: 3000,
      host: '127.0.0.1',
      database: { kind: 'sqlite', file: 'var/local.db' },
      dirs: { data: 'data', dialogs: 'dialogs' },
      publicUrl: null,
      defaults: { locale: 'en', zone: 'UTC' },
      logLevel: 'info',
      auditKeyFile: 'var/audit.key',
      auditAnchorDir: null,
      auditQuestions: true,
      whoMayAsk: 'members',
      slack: null,
      teams: null,
      local: true,
    });
  });

  test('an empty value counts as not set', () => {
    expect(configOf({ PORT: '', SLACK_BOT_TOKEN: ' ' })).toEqual(configOf({}));
  });
});

test.each([
  ['PORT', '70000'],
  ['AUDIT_QUESTIONS', 'maybe'],
  ['PORT', 'http'],
  ['DATABASE_URL', 'mysql://db'],
  ['DATABASE_URL', 'var/portclerk.db'],
  ['PUBLIC_URL', 'portclerk.example.com'],
  ['DEFAULT_LOCALE', 'de'],
  ['TZ_DEFAULT', '+02:00'],
  ['LOG_LEVEL', 'loud'],
])('%s=%s is refused by name, with what it should be', (variable, value) => {
  expect(complaints({ [variable]: value })).toEqual([expect.stringMatching(new RegExp(`^${variable} cannot be used: set it to .+`))]);
});

test('a refused database address is not repeated, as it may hold a password', () => {
  expect(complaints({ DATABASE_URL: 'postgress://u:hunter2@db/x' }).join()).not.toContain('hunter2');
});

test('every problem is reported, not just the first', () => {
  expect(complaints({ PORT: 'x', LOG_LEVEL: 'x', SLACK_BOT_TOKEN: 'xoxb-1' })).toHaveLength(3);
});

test('local mode refuses an address others can reach', () => {
  expect(complaints({ HOST: '0.0.0.0' })).toEqual([expect.stringMatching(/^HOST has to be 127\.0\.0\.1 in local mode/)]);
  expect(configOf({ HOST: '::1' }).local).toBe(true);
});

describe('Slack', () => {
  const http = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'secret' };

  test('over HTTP, beside a database that is not the local one', () => {
    const config = configOf({ ...http, HOST: '0.0.0.0', SLACK_APPROVALS_CHANNEL: 'C0123456789' });
    expect(config.slack).toEqual({
      botToken: 'xoxb-1',
      transport: { kind: 'http', signingSecret: 'secret' },
      apiUrl: null,
      approvalsChannel: 'C0123456789',
    });
    expect(config.local).toBe(false);
    expect(config.database).toEqual({ kind: 'sqlite', file: 'var/portclerk.db' });
  });

  test('over Socket Mode', () => {
    expect(configOf({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }).slack?.transport).toEqual({
      kind: 'socket',
      appToken: 'xapp-1',
    });
  });

  test.each([
    ['SLACK_BOT_TOKEN', { SLACK_SIGNING_SECRET: 'secret' }],
    ['SLACK_BOT_TOKEN', { SLACK_APPROVALS_CHANNEL: 'C0123456789', SLACK_APP_TOKEN: 'xapp-1' }],
    ['SLACK_SIGNING_SECRET', { SLACK_BOT_TOKEN: 'xoxb-1' }],
    ['SLACK_BOT_TOKEN', { ...http, SLACK_BOT_TOKEN: 'xapp-1' }],
    ['SLACK_APP_TOKEN', { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xoxb-1' }],
    ['SLACK_APPROVALS_CHANNEL', { ...http, SLACK_APPROVALS_CHANNEL: '#approvals' }],
  ])('%s is named when it is missing or wrong', (variable, env) => {
    expect(complaints(env)).toEqual([expect.stringMatching(new RegExp(`^${variable} `))]);
  });
});

describe('Teams', () => {
  const ids = { MicrosoftAppId: '11111111-2222-3333-4444-555555555555', MicrosoftAppTenantId: '3f3d1cea-7a18-41af-872b-cfbbd5140984' };
  const registered = { ...ids, MicrosoftAppType: 'SingleTenant', MicrosoftAppPassword: 'secret' };

  test('with the credentials of a bot registered for one tenant', () => {
    expect(configOf(registered)).toMatchObject({
      local: false,
      database: { file: 'var/portclerk.db' },
      teams: {
        kind: 'registered',
        appType: 'SingleTenant',
        appId: ids.MicrosoftAppId,
        appPassword: 'secret',
        tenantId: ids.MicrosoftAppTenantId,
      },
    });
  });

  test('a managed identity needs no password', () => {
    expect(configOf({ ...ids, MicrosoftAppType: 'UserAssignedMSI' }).teams).toMatchObject({
      appType: 'UserAssignedMSI',
      appPassword: null,
    });
  });

  test('unauthenticated on loopback for the local playground, beside a database that is not the real one', () => {
    expect(configOf({ TEAMS_LOCAL: '1' })).toMatchObject({ local: false, teams: { kind: 'local' }, database: { file: 'var/local.db' } });
    expect(configOf({ TEAMS_LOCAL: '0' })).toMatchObject({ local: true, teams: null });
  });

  const without = (name: string): Record<string, string> => ({ ...registered, [name]: '' });
  test.each([
    ['MicrosoftAppType', without('MicrosoftAppType'), /is missing: set it to SingleTenant or UserAssignedMSI/],
    ['MicrosoftAppType', { ...registered, MicrosoftAppType: 'singletenant' }, /has to be SingleTenant or UserAssignedMSI/],
    ['MicrosoftAppType', { ...registered, MicrosoftAppType: 'MultiTenant' }, /can no longer be created: register a SingleTenant/],
    ['MicrosoftAppId', without('MicrosoftAppId'), /is missing: copy it/],
    ['MicrosoftAppId', { ...registered, MicrosoftAppId: 'portclerk' }, /has to be an id such as/],
    ['MicrosoftAppTenantId', without('MicrosoftAppTenantId'), /is missing: copy it/],
    ['MicrosoftAppTenantId', { ...registered, MicrosoftAppTenantId: 'contoso.com' }, /has to be an id such as/],
    ['MicrosoftAppPassword', without('MicrosoftAppPassword'), /is missing: make a client secret/],
    ['MicrosoftAppPassword', { ...registered, MicrosoftAppType: 'UserAssignedMSI' }, /has to be unset/],
    ['TEAMS_LOCAL', { TEAMS_LOCAL: '1', HOST: '0.0.0.0' }, /HOST has to be 127\.0\.0\.1/],
    ['TEAMS_LOCAL', { TEAMS_LOCAL: 'yes' }, /has to be 1, or unset/],
    ['TEAMS_LOCAL', { ...registered, TEAMS_LOCAL: '1' }, /cannot stand beside MicrosoftAppType/],
    ['TEAMS_LOCAL', { TEAMS_LOCAL: '1', SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }, /cannot stand beside Slack/],
  ])('%s is named when it is missing or wrong, with the next step', (variable, env, what) => {
    expect(complaints(env)).toEqual([expect.stringMatching(new RegExp(`^${variable} `))]);
    expect(complaints(env)[0]).toMatch(what);
  });

  test('one variable alone is half a registration: all that is missing is named', () => {
    expect(complaints({ MicrosoftAppPassword: 'secret' }).map((what) => what.split(' ')[0])).toEqual([
      'MicrosoftAppType',
      'MicrosoftAppId',
      'MicrosoftAppTenantId',
    ]);
  });
});

describe('a .env file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portclerk-env-'));

  test('is read where the environment says nothing, and never overrides it', () => {
    const file = join(folder, '.env');
    writeFileSync(file, '# ours\nPORT=4000\nHOST="::1"\n');
    expect(loadEnvironment(file, { PORT: '5000' })).toMatchObject({ PORT: '5000', HOST: '::1' });
  });

  test('need not be there', () => {
    expect(loadEnvironment(join(folder, 'none'), { PORT: '5000' })).toEqual({ PORT: '5000' });
  });

  test('that cannot be read is named', () => {
    expect(() => loadEnvironment(folder, {})).toThrow(folder);
  });
});
