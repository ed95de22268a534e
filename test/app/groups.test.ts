import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Account, Elsewhere } from '../support/elsewhere.ts';
import { entriesOf, withAccounts, withUserGroup } from '../support/people.ts';
import { startProgram, still, type TestProgram } from '../support/program.ts';
import { Recorder, Seat } from '../support/recorder.ts';
import { person } from '../support/request.ts';
import { askAndFillIn } from '../support/walk.ts';

const files = withUserGroup(
  withAccounts({ approver: { slack: 'UADA' }, admin: { slack: 'UCHEN' }, engineer: { slack: 'UERIN', teams: 'aad-erin' } }),
  'S1',
);

let started: TestProgram;
let slack: Elsewhere;
let page: Recorder;
beforeEach(async () => {
  started = await startProgram({ knowledge: still(files) });
  slack = new Elsewhere('slack');
  slack.userGroups.set('S1', ['UADA', 'USTRANGER']);
  page = new Recorder();
  for (const platform of [slack, page]) started.program.attach(platform);
  await started.program.deliver();
});
afterEach(() => started.close());

async function waiting(): Promise<void> {
  const engineer = new Seat(started, page, 'engineer');
  await askAndFillIn(engineer);
  await engineer.press('Submit');
}

const decide = (account: string) => new Account(started, slack, account).say('approve FCR-1 fine by me');
const at = (time: string) => started.clock.set(`2026-11-23T${time}.000Z`);

describe('approvers that Slack keeps in a user group', () => {
  test('may decide while they are in it, and are written to', async () => {
    await waiting();
    expect(slack.text('UADA')).toContain('[Approve]');
    expect(await decide('UCHEN')).toContain('您不在审批人之列');
    expect(await decide('UADA')).toContain('FCR-1 is approved');
  });

  test('may no longer decide a minute after they left, and those who joined may', async () => {
    await waiting();
    slack.userGroups.set('S1', ['UCHEN']);
    at('09:00:59');
    const reads = slack.groupReads;
    expect(await new Account(started, slack, 'UCHEN').say('approve FCR-1')).toContain('您不在审批人之列');
    expect(slack.groupReads).toBe(reads);
    at('09:01:00');
    expect(await decide('UADA')).toContain('not among the approvers');
    expect(await decide('UCHEN')).toContain('FCR-1');
    expect((await started.store.requests())[0]?.approvals.map(({ by }) => by)).toEqual(['admin']);
  });

  test('who joined are asked about what waits already, and who left are no longer', async () => {
    await waiting();
    expect(slack.text('UADA')).toContain('[Approve]');
    slack.userGroups.set('S1', ['UCHEN']);
    at('09:05:00');
    await started.program.deliver();
    await started.program.deliver();
    expect(slack.text('UCHEN')).toContain('[批准]');
    expect(slack.text('UADA')).toContain('FCR-1');
    expect(slack.text('UADA')).not.toContain('[Approve]');
  });

  test('are read again in the background, and a change is kept once', async () => {
    slack.userGroups.set('S1', ['UCHEN', 'UADA']);
    for (const time of ['09:04:00', '09:05:00', '09:06:00', '09:11:00']) {
      at(time);
      await started.program.deliver();
    }
    const entries = await entriesOf(started, 'group.members');
    expect(entries.map(({ before, after, personal }) => ({ before, after, personal }))).toEqual([
      { before: null, after: { count: 2, slack_user_group: 'S1' }, personal: { joined: ['UADA', 'USTRANGER'], left: [] } },
      { before: { count: 2 }, after: { count: 2, slack_user_group: 'S1' }, personal: { joined: ['UCHEN'], left: ['USTRANGER'] } },
    ]);
  });

  test('read by two processes at once are kept once', async () => {
    const other = await startProgram({ knowledge: still(files), databaseUrl: started.databaseUrl, clock: started.clock });
    other.program.attach(slack);
    slack.userGroups.set('S1', []);
    at('09:05:00');
    await Promise.all([started.program.deliver(), other.program.deliver()]);
    await other.close();
    expect(await entriesOf(started, 'group.members')).toHaveLength(2);
    expect((await started.store.settings()).groups[0]?.accounts).toEqual([]);
  });

  test('are whom they were for a quarter of an hour when the group can’t be read, and nobody after that', async () => {
    await waiting();
    slack.userGroups.clear();
    at('09:15:00');
    expect(await decide('UCHEN')).toContain('您不在审批人之列');
    at('09:15:01');
    expect(await decide('UADA')).toContain('kept in a group that I can’t read now');
    expect((await started.store.requests())[0]?.state).toBe('in-approval');
    const refused = (await entriesOf(started, 'request.approve')).map(({ after }) => after?.['refusal']);
    expect(refused).toEqual(['not-approver', 'group-unread']);
    expect(started.faults.map(String)).toContain('Error: the group cannot be read');
    slack.userGroups.set('S1', ['UADA']);
    expect(await decide('UADA')).toContain('FCR-1 is approved');
  });

  test('are nobody where the platform is not connected', async () => {
    await started.close();
    started = await startProgram({ knowledge: still(files) });
    page = new Recorder();
    started.program.attach(page);
    await waiting();
    expect(await new Seat(started, page, 'approver').say('approve FCR-1')).toContain('can’t read now');
  });

  test('do not include an account that two people claim', async () => {
    await waiting();
    await started.store.commit({ audit: [], settings: [{ kind: 'link', platform: 'slack', account: 'UADA', value: person('security') }] });
    expect(await new Seat(started, page, 'approver').say('approve FCR-1')).toContain('not among the approvers');
  });
});

describe('one person on two platforms is one person', () => {
  test('who asked on one does not decide on the other', async () => {
    const teams = new Elsewhere('teams');
    started.program.attach(teams);
    slack.userGroups.set('S1', ['UADA', 'UERIN']);
    at('09:05:00');
    await waiting();
    const erin = new Account(started, teams, 'aad-erin');
    expect(await erin.say('approve FCR-1')).toContain('You asked for this change');
    expect((await entriesOf(started, 'request.approve'))[0]).toMatchObject({ outcome: 'refused', after: { refusal: 'own-request' } });
  });
});
