import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { linkPerson, listPeople, unlinkPerson } from '../../src/commands/people.ts';
import { Account, Elsewhere } from '../support/elsewhere.ts';
import { entriesOf, withAccounts } from '../support/people.ts';
import { startProgram, still, type TestProgram } from '../support/program.ts';
import { person } from '../support/request.ts';

const knowledge = withAccounts({ admin: { slack: 'UCHEN' } });

let started: TestProgram;
let out: string[];
let err: string[];
beforeEach(async () => {
  started = await startProgram({ knowledge: still(knowledge) });
  out = [];
  err = [];
});
afterEach(() => started.close());

const parts = () => ({
  store: started.store,
  knowledge,
  write: (line: string) => void out.push(line),
  fail: (line: string) => void err.push(line),
});
const link = (who: string, platform: string, account: string) => linkPerson({ who, platform, account }, parts());

describe('people link', () => {
  test('makes an account a person’s, by id or e-mail; a running server goes by it at once', async () => {
    const slack = new Elsewhere('slack');
    started.program.attach(slack);
    const erin = new Account(started, slack, 'UERIN');
    expect(await erin.say('new request')).toContain('don’t know you');
    expect(await link('Engineer@example.com', 'slack', 'UERIN')).toBe(0);
    expect(out).toEqual(["UERIN on slack is engineer's now"]);
    expect(await erin.say('new request')).not.toContain('don’t know you');
    const [entry] = await entriesOf(started, 'account.link');
    expect(entry).toMatchObject({ actor: { kind: 'system' }, after: { by: 'operator', platform: 'slack' }, outcome: 'done' });
    expect(entry?.personal).toEqual({ to: { reader: 'engineer', accounts: ['UERIN'] } });
  });

  test.each([
    ['an account that the people file gives to somebody', 'engineer', 'slack', 'UCHEN', "UCHEN on slack is admin's"],
    ['an account that is linked to somebody', 'approver', 'teams', 'aad-1', "aad-1 on teams is engineer's"],
    ['a person who has another account there', 'admin', 'slack', 'UNEW', 'admin has the account UCHEN on slack already: unlink it first'],
    ['what stands already', 'engineer', 'teams', 'aad-1', 'engineer has the account aad-1 on teams already'],
    ['an id that Slack does not give', 'engineer', 'slack', 'erin', 'erin is not the id of an account of slack'],
    ['somebody nobody knows', 'nobody', 'slack', 'U1', 'nobody is neither the id nor the e-mail of anybody in people.yaml'],
  ])('refuses %s', async (_, who, platform, account, said) => {
    await link('engineer', 'teams', 'aad-1');
    expect(await link(who, platform, account)).toBe(1);
    expect(err).toEqual([said]);
    expect((await started.store.settings()).links).toHaveLength(1);
    expect(await entriesOf(started, 'account.link')).toHaveLength(1);
  });

  test('knows Slack and Teams alone', async () => {
    await expect(link('engineer', 'irc', 'erin')).rejects.toThrow('irc is no platform that people are linked on: use slack or teams');
  });
});

describe('people unlink', () => {
  test('takes the link away', async () => {
    await link('engineer', 'slack', 'UERIN');
    expect(await unlinkPerson({ who: 'engineer', platform: 'slack' }, parts())).toBe(0);
    expect(out.at(-1)).toBe("UERIN on slack is nobody's now");
    expect((await started.store.settings()).links).toEqual([]);
    expect((await entriesOf(started, 'account.unlink'))[0]?.personal).toEqual({ to: { reader: 'engineer', accounts: ['UERIN'] } });
  });

  test('also of somebody who is no longer in the file', async () => {
    await started.store.commit({ audit: [], settings: [{ kind: 'link', platform: 'slack', account: 'UOLD', value: person('gone') }] });
    expect(await unlinkPerson({ who: 'gone', platform: 'slack' }, parts())).toBe(0);
  });

  test('leaves what the file says', async () => {
    expect(await unlinkPerson({ who: 'admin', platform: 'slack' }, parts())).toBe(1);
    expect(await unlinkPerson({ who: 'admin', platform: 'teams' }, parts())).toBe(1);
    expect(err).toEqual(['people.yaml gives admin the account UCHEN: take it out there', 'admin has no account on teams']);
  });
});

describe('people list', () => {
  test('says whose each account is, and which is of no use', async () => {
    await link('engineer', 'teams', 'aad-1');
    await started.store.commit({
      audit: [],
      settings: [
        { kind: 'link', platform: 'slack', account: 'UOLD', value: person('admin') },
        { kind: 'link', platform: 'slack', account: 'UGONE', value: person('gone') },
      ],
    });
    out = [];
    expect(await listPeople({ ...parts(), json: false })).toBe(0);
    expect(out).toContain('engineer  Erin Vogt  engineer@example.com  teams aad-1 (link)');
    expect(out).toContain('admin  陈安  admin@example.com  slack UCHEN (file)  slack UOLD (link, not in use)');
    expect(out.at(-1)).toBe('gone  not in people.yaml  slack UGONE (link, not in use)');
  });

  test('names both who claim an account', async () => {
    await started.store.commit({ audit: [], settings: [{ kind: 'link', platform: 'slack', account: 'UCHEN', value: person('engineer') }] });
    await listPeople({ ...parts(), json: true });
    const { people, links_of_nobody: lost } = JSON.parse(out[0] ?? '');
    const accounts = people.flatMap(({ id, accounts: own }: { id: string; accounts: { account: string; in_use: boolean }[] }) =>
      own.map(({ account, in_use }) => [id, account, in_use]),
    );
    expect(accounts).toEqual([
      ['engineer', 'UCHEN', false],
      ['admin', 'UCHEN', false],
    ]);
    expect(lost).toEqual([]);
  });
});
