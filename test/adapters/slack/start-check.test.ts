import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { neededScopes } from '../../../src/adapters/slack/start-check.ts';
import { startWorkspace, startWorld, type Workspace } from '../../support/slack-world.ts';

describe('looking at Slack at the start', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await startWorkspace();
  });
  afterAll(() => workspace.close());
  beforeEach(() => {
    workspace.front.scopes = neededScopes;
  });

  /** What the operator reads: what keeps it from being ready, and the lines of the log. */
  async function look(settings: { readonly botToken?: string; readonly approvalsChannel?: string | null } = {}) {
    const world = await startWorld({ workspace, settings });
    const seen = { trouble: world.slack.platform.trouble?.() ?? null, log: world.log.map(({ level, what }) => `${level}: ${what}`) };
    await world.close();
    return seen;
  }

  test('all is well', async () => {
    expect(await look()).toEqual({ trouble: null, log: [] });
  });

  test('without an approvals channel there is nothing to look up', async () => {
    expect((await look({ approvalsChannel: null })).trouble).toBeNull();
  });

  test('each missing scope is named, with the next step', async () => {
    workspace.front.scopes = neededScopes.filter((scope) => scope !== 'users:read' && scope !== 'im:write');
    const { trouble, log } = await look();
    expect(trouble).toMatch(/lacks the scopes im:write, users:read: add them .*install it again/);
    expect(log).toEqual([`error: ${trouble}`]);
  });

  test('where Slack does not say which scopes there are it is ready, with a warning', async () => {
    workspace.front.scopes = null;
    const { trouble, log } = await look();
    expect(trouble).toBeNull();
    expect(log).toEqual([expect.stringMatching(/^warn: .*scopes/)]);
  });

  test('a wrong token is said to be one, and is never printed', async () => {
    const { trouble, log } = await look({ botToken: 'xoxb-0-wrong' });
    expect(trouble).toMatch(/does not know SLACK_BOT_TOKEN: copy/);
    expect(JSON.stringify(log)).not.toMatch(/xoxb-0-(?:wrong|test)/);
  });

  test('a channel that is not there, that the app is not in, or that is archived', async () => {
    const { emulator } = workspace;
    expect((await look({ approvalsChannel: 'C0NOWHERE' })).trouble).toMatch(/C0NOWHERE is not there.*SLACK_APPROVALS_CHANNEL.*\/invite/);
    const channel = emulator.channel('approvals');
    await emulator.call('conversations.leave', { channel });
    expect((await look()).trouble).toMatch(/no member of the approvals channel #approvals .*\/invite/);
    await emulator.call('conversations.join', { channel });
    await emulator.call('conversations.archive', { channel });
    expect((await look()).trouble).toMatch(/#approvals .*is archived: unarchive it/);
    await emulator.call('conversations.unarchive', { channel });
    expect((await look()).trouble).toBeNull();
  });

  test('an outage at the start keeps nobody from starting', async () => {
    const mend = workspace.front.fail('auth.test', { kind: 'status', status: 503 });
    const { trouble } = await look();
    mend();
    expect(trouble).toMatch(/can't be reached.*503/);
  });

  test('without a network, or with another address, it is said what to look at', async () => {
    const world = await startWorld({ workspace, settings: { apiUrl: 'http://127.0.0.1:9/api/' } });
    const trouble = world.slack.platform.trouble?.();
    await world.close();
    expect(trouble).toMatch(/can't be reached: .*(?:ECONNREFUSED|bad port).*SLACK_API_URL/);
  });

  test('user groups are read as they are, and a failure says so', async () => {
    const world = await startWorld({ workspace });
    workspace.front.groups.set('S0NET', ['U1', 'U2']);
    expect(await world.slack.platform.membersOf?.('S0NET')).toEqual(['U1', 'U2']);
    await expect(world.slack.platform.membersOf?.('S0NONE')).rejects.toThrow();
    await world.close();
  });
});
