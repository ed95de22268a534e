import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Account, Elsewhere } from '../support/elsewhere.ts';
import { entriesOf, trailOf, withAccounts } from '../support/people.ts';
import { startProgram, still, type TestProgram } from '../support/program.ts';
import { Recorder, Seat } from '../support/recorder.ts';
import { askAndFillIn } from '../support/walk.ts';

const files = withAccounts({
  admin: { slack: 'UCHEN', teams: 'aad-chen' },
  approver: { slack: 'UADA' },
  engineer: { slack: 'UERIN' },
});

let started: TestProgram;
let slack: Elsewhere;
let teams: Elsewhere;
let page: Recorder;
beforeEach(async () => {
  started = await startProgram({ knowledge: still(files) });
  slack = new Elsewhere('slack', 'C1');
  teams = new Elsewhere('teams');
  page = new Recorder();
  for (const platform of [slack, teams, page]) started.program.attach(platform);
});
afterEach(() => started.close());

const chen = () => new Account(started, teams, 'aad-chen');
const room = (id: string) => teams.channel(id);

/** The engineer's request, waiting for its approval. */
async function waiting(): Promise<void> {
  const engineer = new Seat(started, page, 'engineer');
  await askAndFillIn(engineer);
  await engineer.press('Submit');
}

describe('where approvers meet', () => {
  test('is bound by an administrator who says so there; what waits is posted at once', async () => {
    await waiting();
    const admin = chen();
    expect(await admin.say('approvals here', { ...room('19:net'), thread: 'm7' })).toContain(
      'Approvals come to this channel from here on. Waiting now: 1.',
    );
    expect(admin.isPrivate).toBe(false);
    expect(teams.in('19:net')[0]?.title).toContain('FCR-1');
    expect(teams.posted.find(({ ref }) => ref.conversation.id === '19:net')?.ref.conversation.thread).toBeNull();
    const [entry] = await entriesOf(started, 'place.approvals');
    expect(entry).toMatchObject({ before: null, after: { platform: 'teams', channel: '19:net' }, outcome: 'done' });
  });

  test('may be said in Chinese, on either platform, and moves on', async () => {
    await new Account(started, slack, 'UCHEN').say('在这里审批', slack.channel('C7'));
    await waiting();
    expect(slack.in('C1')).toEqual([]);
    expect(slack.in('C7')[0]?.title).toContain('FCR-1');
    await new Account(started, slack, 'UCHEN').say('审批发到这里', slack.channel('C8'));
    expect(slack.in('C8')[0]?.title).toContain('FCR-1');
    const entries = await entriesOf(started, 'place.approvals');
    expect(entries.at(-1)).toMatchObject({ before: { channel: 'C7' }, after: { channel: 'C8' } });
    await new Seat(started, page, 'approver').press('Approve');
    for (const channel of ['C7', 'C8']) expect(slack.in(channel)[0]?.summary).toContain('approved');
  });

  test('is the configured channel again when an administrator takes it away', async () => {
    const admin = new Account(started, slack, 'UCHEN');
    await admin.say('approvals here', slack.channel('C7'));
    await waiting();
    expect(await admin.say('stop approvals here', slack.channel('C9'))).toContain('未作任何更改');
    expect(await admin.say('stop approvals here', slack.channel('C7'))).toContain('Approvals go to the configured channel again');
    expect(slack.in('C1')[0]?.title).toContain('FCR-1');
    expect((await started.store.settings()).approvals).toEqual([]);
    await chen().say('approvals here', room('19:net'));
    expect(await chen().say('approvals nowhere', room('19:other'))).toContain('no longer go to a channel here');
    expect(await chen().say('approvals nowhere', room('19:other'))).toContain('未作任何更改');
  });

  test('is not for others to say, nor in a direct conversation, and each try is kept', async () => {
    const erin = new Account(started, slack, 'UERIN');
    expect(await erin.say('approvals here', slack.channel('C7'))).toContain('Only an administrator');
    expect(erin.isPrivate).toBe(true);
    expect(await chen().say('approvals here')).toContain('请在相应的频道中说');
    expect(await new Account(started, slack, 'UNOBODY').say('approvals here', slack.channel('C7'))).toContain('don’t know you');
    expect((await started.store.settings()).approvals).toEqual([]);
    expect(await trailOf(started, 'place.approvals')).toEqual([
      'place.approvals by person refused: not-administrator',
      'place.approvals by person refused: say-in-channel',
      'place.approvals by account refused: unknown-person',
    ]);
  });

  test('is not set by what people say to each other', async () => {
    const overheard = { ...chen().saying('approvals here', room('19:net')), heard: 'thread' as const };
    await started.program.handleTurn(overheard);
    expect((await started.store.settings()).approvals).toEqual([]);
  });
});

describe('a shared channel’s language', () => {
  test('is set by an administrator there, and its cards change', async () => {
    const admin = new Account(started, slack, 'UCHEN');
    await waiting();
    expect(slack.in('C1')[0]?.locale).toBe('en');
    expect(await admin.say('speak Chinese here', slack.channel('C1'))).toContain('今后本频道中的卡片使用中文');
    expect(slack.in('C1')[0]?.locale).toBe('zh-CN');
    expect(page.in('approvals')[0]?.locale).toBe('en');
    const [entry] = await entriesOf(started, 'place.locale');
    expect(entry).toMatchObject({ before: { channel: 'C1', locale: null }, after: { channel: 'C1', locale: 'zh-CN' } });
    await new Seat(started, page, 'approver').press('Approve');
    const cards = slack.in('C1');
    expect(cards.length).toBeGreaterThan(1);
    expect(cards.map(({ locale }) => locale)).toEqual(cards.map(() => 'zh-CN'));
    expect(await admin.say('这里用英文', slack.channel('C1'))).toContain('in English from here on');
  });

  test('is how an account that nobody knows is spoken to there', async () => {
    await new Account(started, slack, 'UCHEN').say('这里用中文', slack.channel('C5'));
    const nobody = new Account(started, slack, 'UNOBODY');
    expect(await nobody.say('new request', slack.channel('C5'))).toContain('我还不认识您');
    expect(await nobody.say('new request')).toContain('don’t know you');
  });

  test('is not for others to set, nor in a direct conversation', async () => {
    const erin = new Account(started, slack, 'UERIN');
    expect(await erin.say('cards in Chinese here', slack.channel('C1'))).toContain('Only an administrator');
    expect(await new Account(started, slack, 'UCHEN').say('use English here')).toContain('请在相应的频道中说');
    expect(await trailOf(started, 'place.locale')).toEqual([
      'place.locale by person refused: not-administrator',
      'place.locale by person refused: say-in-channel',
    ]);
  });
});
