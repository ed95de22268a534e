import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Account, Elsewhere } from '../support/elsewhere.ts';
import { entriesOf, trailOf, trueSalt, withAccounts } from '../support/people.ts';
import { startProgram, still, type TestProgram } from '../support/program.ts';
import { Recorder, Seat } from '../support/recorder.ts';
import { person } from '../support/request.ts';
import { askAndFillIn } from '../support/walk.ts';

let started: TestProgram;
let slack: Elsewhere;
let teams: Elsewhere;

const files = withAccounts({
  engineer: { teams: 'aad-erin' },
  admin: { teams: 'aad-chen', slack: 'UCHEN' },
  approver: { teams: 'aad-ada' },
});
const code = /\b[B-Z]{4}-[B-Z]{4}\b/;

beforeEach(async () => {
  started = await startProgram({ knowledge: still(files), newSalt: trueSalt });
  slack = new Elsewhere('slack', 'C1');
  teams = new Elsewhere('teams');
  started.program.attach(slack);
  started.program.attach(teams);
});
afterEach(() => started.close());

const onTeams = (id: string) => new Account(started, teams, id);
const onSlack = (id: string, standing: Account['standing'] = 'member') => new Account(started, slack, id, standing);

/** Asks for a code on Teams, and returns the last one shown. */
async function codeFor(id: string, words = 'link my Slack account'): Promise<string> {
  await onTeams(id).say(words);
  const codes = teams.in(id).flatMap((card) => code.exec(JSON.stringify(card)) ?? []);
  const last = codes.at(-1);
  if (last === undefined) throw new Error(`${id} was shown no code:\n${teams.text(id)}`);
  return last;
}

describe('an account is linked by a code', () => {
  test('shown to somebody known on one platform and typed on the other', async () => {
    const shown = await codeFor('aad-erin');
    expect(teams.text('aad-erin')).toContain('Give it to nobody');
    const erin = onSlack('UERIN');
    expect(await erin.say('new request')).toContain('if I know you in Teams');
    expect(await erin.say(`link ${shown}`)).toContain('Hello Erin Vogt');
    expect(teams.text('aad-erin')).toContain('An account in Slack is yours from here on: Account UERIN (UERIN).');
    expect(await erin.say('new request')).not.toContain('don’t know you');
    expect(await trailOf(started, 'account.')).toEqual(['account.code by person done', 'account.link by account done']);
    const [, link] = await entriesOf(started, 'account.');
    expect(link?.personal).toEqual({ to: { reader: 'engineer' } });
  });

  test('in Chinese too, as the bare code and in small letters', async () => {
    await onTeams('aad-chen').say('解绑我的 Slack 账号');
    const shown = await codeFor('aad-erin', '关联我的 Slack 账号');
    expect(await onSlack('UERIN').say(shown.toLowerCase())).toContain('Hello Erin Vogt');
  });

  test('that is told to the person alone, also when they ask in a channel', async () => {
    const erin = onTeams('aad-erin');
    const said = await erin.say('link my Slack account', teams.channel('general'));
    expect(said).toContain('written to you');
    expect(erin.isPrivate).toBe(true);
    expect(said).not.toMatch(code);
    expect(teams.text('general')).not.toMatch(code);
    expect(teams.text('aad-erin')).toMatch(code);
  });

  test('that is kept nowhere as it is', async () => {
    const shown = await codeFor('aad-erin');
    const { codes } = await started.store.settings();
    expect(codes).toHaveLength(1);
    const file = started.databaseUrl.replace('sqlite:', '');
    const kept = [file, `${file}-wal`].map((path) => readFileSync(path, 'latin1')).join('');
    expect(kept).toContain(codes[0]?.digest);
    expect(kept).not.toContain(shown);
    expect(kept).not.toContain(shown.replace('-', ''));
  });

  test('and an approver is asked there, too, about what waits already', async () => {
    const page = new Recorder();
    started.program.attach(page);
    const engineer = new Seat(started, page, 'engineer');
    await askAndFillIn(engineer);
    await engineer.press('Submit');
    const ada = onSlack('UADA');
    expect(await ada.say(await codeFor('aad-ada'))).toContain('Hello Ada Marin');
    expect(ada.sees()).toContain('[Approve]');
    expect(teams.text('aad-erin')).not.toContain('[Approve]');
    expect(await ada.press('Approve')).toContain('FCR-1 is approved');
  });

  test('that is good once, though two type it at once', async () => {
    const shown = await codeFor('aad-erin');
    const answers = await Promise.all([onSlack('U111').say(shown), onSlack('U222').say(shown)]);
    expect(answers.filter((said) => said.includes('Hello Erin Vogt'))).toHaveLength(1);
    expect(answers.filter((said) => said.includes('can’t link'))).toHaveLength(1);
    const { links, codes } = await started.store.settings();
    expect(links).toHaveLength(1);
    expect(codes).toEqual([]);
    expect((await trailOf(started, 'account.link')).toSorted()).toEqual([
      'account.link by account done',
      'account.link by account refused: wrong-code',
    ]);
  });

  test('that is good for ten minutes', async () => {
    const shown = await codeFor('aad-erin');
    started.clock.set('2026-11-23T09:10:00.000Z');
    expect(await onSlack('UERIN').say(`link ${shown}`)).toContain('can’t link');
  });

  test('of which only the last asked for is good', async () => {
    const first = await codeFor('aad-erin');
    const second = await codeFor('aad-erin');
    expect(await onSlack('UERIN').say(first)).toContain('can’t link');
    expect(await onSlack('UERIN').say(second)).toContain('Hello Erin Vogt');
  });

  test('and says the same whatever is wrong', async () => {
    const shown = await codeFor('aad-erin');
    const answers = [
      await onSlack('U111').say('link BCDF-GHJK'),
      await onSlack('UCHEN').say(`link ${shown}`),
      await onTeams('aad-nobody').say(`link ${shown}`),
    ];
    expect(answers[1]).toContain('无法用它关联此账号');
    expect(new Set([answers[0], answers[2]]).size).toBe(1);
    expect((await started.store.settings()).links).toEqual([]);
    expect(await trailOf(started, 'account.link')).toEqual([
      'account.link by account refused: wrong-code',
      'account.link by person refused: wrong-code',
      'account.link by account refused: wrong-code',
    ]);
    expect(await onSlack('UERIN').say(shown)).toContain('Hello Erin Vogt');
  });

  test('never by a guest or somebody of another organisation', async () => {
    await started.close();
    started = await startProgram({ knowledge: still(files), newSalt: trueSalt, whoMayAsk: 'everyone' });
    started.program.attach(slack);
    started.program.attach(teams);
    const shown = await codeFor('aad-erin');
    for (const standing of ['guest', 'foreign'] as const) expect(await onSlack('UERIN', standing).say(shown)).toContain('can’t link');
    expect((await started.store.settings()).links).toEqual([]);
  });

  test('that is void once it was typed where others read', async () => {
    const shown = await codeFor('aad-erin');
    expect(await onSlack('UERIN').say(`link ${shown}`, slack.channel('general'))).toContain('no longer good');
    expect(await onSlack('UEVIL').say(shown)).toContain('can’t link');
  });

  test('but not to a second account on the same platform, nor where the platform is missing', async () => {
    expect(await onTeams('aad-chen').say('link my Slack account')).toContain('您已有 Slack 账号');
    expect(teams.text('aad-chen')).not.toMatch(code);
    expect(await onTeams('aad-nobody').say('link my Slack account')).toContain('don’t know you');
    await started.close();
    started = await startProgram({ knowledge: still(files) });
    started.program.attach(teams);
    expect(await onTeams('aad-erin').say('link my Slack account')).toContain('not connected to Slack');
  });

  test('but not from the local page, where anybody may sign as anybody', async () => {
    const page = new Recorder();
    started.program.attach(page);
    const seat = new Seat(started, page, 'engineer');
    expect(await seat.say('link my Slack account')).toContain('where I can be sure who you are');
    expect(seat.sees()).not.toMatch(code);
  });
});

describe('guessing codes', () => {
  const wrong = 'link BCDF-GHJK';

  test('ends after five within an hour, for that account alone', async () => {
    const shown = await codeFor('aad-erin');
    const guesser = onSlack('UEVIL');
    for (let guess = 0; guess < 5; guess += 1) expect(await guesser.say(wrong)).toContain('can’t link');
    expect(await guesser.say(`link ${shown}`)).toContain('Too many wrong codes');
    expect(await onSlack('UERIN').say(shown)).toContain('Hello Erin Vogt');
    started.clock.set('2026-11-23T10:00:00.000Z');
    expect(await guesser.say(wrong)).toContain('can’t link');
    expect((await started.store.settings()).guesses).toHaveLength(1);
  });

  test('ends after fifty from all accounts together', async () => {
    for (let account = 0; account < 10; account += 1) {
      for (let guess = 0; guess < 5; guess += 1) await onSlack(`U${account}0`).say(wrong);
    }
    expect(await onSlack('ULAST').say(wrong)).toContain('Too many wrong codes');
  });
});

describe('an account is unlinked', () => {
  test('by its person, and is nobody’s again', async () => {
    await onSlack('UERIN').say(await codeFor('aad-erin'));
    expect(await onTeams('aad-erin').say('unlink my Slack account')).toContain('no longer linked');
    expect(await onSlack('UERIN').say('new request')).toContain('don’t know you');
    expect((await trailOf(started, 'account.')).at(-1)).toBe('account.unlink by person done');
    expect((await entriesOf(started, 'account.unlink'))[0]?.personal).toEqual({ accounts: ['UERIN'] });
  });

  test('and is told nothing more of what its person was asked', async () => {
    const page = new Recorder();
    started.program.attach(page);
    const engineer = new Seat(started, page, 'engineer');
    await askAndFillIn(engineer);
    await engineer.press('Submit');
    await onSlack('UADA').say(await codeFor('aad-ada'));
    expect(slack.text('UADA')).toContain('[Approve]');
    await onTeams('aad-ada').say('unlink my Slack account');
    const before = slack.text('UADA');
    await onTeams('aad-ada').say('approve FCR-1');
    expect(teams.text('aad-ada')).toContain('approved');
    expect(slack.text('UADA')).toBe(before);
    await onSlack('UADA').press('Approve');
    expect(await trailOf(started, 'request.approve')).toEqual([
      'request.approve by person done',
      'request.approve by account refused: unknown-person',
    ]);
  });

  test('but not where the people file names it, or where there is none', async () => {
    expect(await onTeams('aad-chen').say('unlink my Slack account')).toContain('人员目录');
    expect(await onTeams('aad-erin').say('unlink my Slack account')).toContain('no account in Slack to unlink');
  });
});

describe('who somebody is', () => {
  const link = (account: string, id: string) =>
    started.store.commit({ audit: [], settings: [{ kind: 'link', platform: 'slack', account, value: person(id) }] });

  test('the people file says before a link does', async () => {
    await link('UOLD', 'admin');
    expect(await onSlack('UOLD').say('new request')).toContain('don’t know you');
    expect(await onSlack('UCHEN').say('new request')).not.toContain('don’t know you');
  });

  test('nobody can tell of an account that two people claim', async () => {
    await link('UCHEN', 'engineer');
    expect(await onSlack('UCHEN').say('new request')).toContain('Several people');
  });

  test('an account of one platform means nothing on another', async () => {
    await link('USAME', 'engineer');
    expect(await onTeams('USAME').say('new request')).toContain('don’t know you');
  });
});
