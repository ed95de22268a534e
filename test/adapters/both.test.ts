import { afterEach, expect, test } from 'vitest';
import { openStore } from '../../src/adapters/store/open-store.ts';
import { linkPerson } from '../../src/commands/people.ts';
import { type Both, startBoth, teamsApprovals } from '../support/both.ts';
import { trailOf } from '../support/people.ts';
import { readable } from '../support/slack-seen.ts';
import { fillPages, requestInEnglish } from '../support/slack-story.ts';
import { buttonsOf, textOf } from '../support/teams-card.ts';
import type { PostedMessage } from '../support/teams-connector.ts';
import type { Answer, Person } from '../support/teams-person.ts';

let both: Both;
afterEach(async () => {
  expect([...both.started.faults, ...both.teams.faults, ...both.slack.log]).toEqual([]);
  expect([...both.slack.front.problems, ...both.teams.connector.breaches]).toEqual([]);
  await both.close();
});

const code = /\b[B-Z]{4}-[B-Z]{4}\b/;
const says = (text: string) => (message: PostedMessage) => textOf(message.content).includes(text);
const after = ({ card }: Answer, on: PostedMessage) => ({ id: on.id, content: card ?? {} });
const titles = ({ card }: Answer) => buttonsOf(card ?? {}).map(({ title }) => title);
type Who = 'engineer' | 'approver' | 'admin';

/** FCR-1, out of an answer in a channel and a form. */
async function raisedInSlack(who: Who, behalf: string | null = null): Promise<void> {
  const seat = both.slack.seat(who);
  await seat.mention('which ports from Edge to Director?');
  await both.slack.settled();
  await seat.press('Request these ports');
  await both.slack.settled();
  await fillPages(seat, { ...requestInEnglish, ...(behalf === null ? {} : { on_behalf_of: behalf }) });
  await seat.submit();
  await both.settled();
}

/** FCR-1, out of a sentence and questions in a personal chat. */
async function raisedInTeams(who: Who, behalf = ''): Promise<void> {
  const person = both.teams.who(who);
  const sentence = `open 5061/tcp from edge to director in site B until Friday${behalf}, for the new pool`;
  for (const text of [sentence, 'UC team', 'any window', 'remove the rule']) await person.says(text);
  const review = await both.teams.posted(person.personal, says('Nothing has been sent yet'));
  await person.presses(review, 'Submit');
  await both.settled();
}

/** The request's card in Teams' approvals channel, as a person sees it there. */
async function seenInTeams(person: Person): Promise<{ readonly base: PostedMessage; readonly view: Answer }> {
  const base = await both.teams.posted(teamsApprovals.id, says('FCR-1 ·'));
  return { base, view: await person.views(base, teamsApprovals) };
}

const inSlackApprovals = ({ at }: { readonly at: object }): boolean =>
  'channel' in at && at.channel === both.slack.emulator.channel('approvals');

async function decisions(): Promise<{ state: string | undefined; approvals: number | undefined; trail: readonly string[] }> {
  const [request] = await both.started.store.requests();
  return { state: request?.state, approvals: request?.approvals.length, trail: await trailOf(both.started, 'request.approve') };
}

test('raised in Slack and approved in Teams: every copy on both platforms says so, and the requester is told', async () => {
  both = await startBoth();
  const { slack, teams } = both;
  await raisedInSlack('engineer');
  await slack.seat('approver').openHome();
  await both.settled();
  const home = (): string => readable(slack.front.homes.get(slack.seat('approver').id));
  for (const copy of [await both.slackApprovals(), await both.toldInSlack('approver'), await both.toldInSlack('admin'), home()])
    expect(copy).toMatch(/\[(Approve|批准)\]/);

  const ada = teams.who('approver');
  const { base, view } = await seenInTeams(ada);
  expect(titles(view)).toContain('Approve');
  const done = await ada.presses(after(view, base), 'Approve', { reason: 'fine by me' }, teamsApprovals);
  expect(done.line).toContain('Approved by Ada Marin');
  await both.settled();

  expect(await decisions()).toEqual({ state: 'approved', approvals: 1, trail: ['request.approve by person done'] });
  expect(await both.slackApprovals()).toContain('Approved by Ada Marin');
  expect(await both.toldInSlack('approver')).toContain('Approved by Ada Marin');
  expect(await both.toldInSlack('admin')).toContain('Ada Marin');
  expect(home()).not.toContain('FCR-1');
  for (const copy of [await both.slackApprovals(), await both.toldInSlack('approver'), await both.toldInSlack('admin'), home()])
    expect(copy).not.toMatch(/\[(Approve|批准)\]/);
  expect(await both.toldInSlack('engineer')).toContain('Ada Marin approved FCR-1: “fine by me”');
  expect(both.toldInTeams('engineer')).toContain('Ada Marin approved FCR-1: “fine by me”');
});

test('raised in Teams and approved in Slack: every copy on both platforms says so, and the requester is told', async () => {
  both = await startBoth();
  const { slack, teams } = both;
  await raisedInTeams('engineer');
  const { base, view } = await seenInTeams(teams.who('admin'));
  expect(titles(view)).toContain('批准');

  await slack.seat('approver').press('Approve', inSlackApprovals);
  await both.settled();

  expect(await decisions()).toEqual({ state: 'approved', approvals: 1, trail: ['request.approve by person done'] });
  const card = teams.connector.messages(teamsApprovals.id).find(({ id }) => id === base.id);
  expect(textOf(card?.content ?? {})).toContain('Approved by Ada Marin');
  expect(card?.content['refresh']).toBeUndefined();
  for (const person of ['approver', 'admin', 'engineer']) {
    const copy = teams.connector.messages(teams.who(person).personal).find(({ edits }) => edits > 0);
    expect(textOf(copy?.content ?? {})).toContain('Ada Marin');
    expect(buttonsOf(copy?.content ?? {}).map(({ title }) => title)).not.toContain(person === 'admin' ? '批准' : 'Approve');
  }
  expect(both.toldInTeams('engineer')).toContain('Ada Marin approved FCR-1');
  expect(await both.toldInSlack('engineer')).toContain('Ada Marin approved FCR-1');
  expect(await both.slackApprovals()).not.toContain('[Approve]');
});

test('the same person raises in Slack and tries to approve in Teams: refused, and it is kept', async () => {
  both = await startBoth();
  await raisedInSlack('approver');
  const admin = both.teams.who('admin');
  const { base, view } = await seenInTeams(admin);
  // No card has the button for its requester; whoever presses another's is told no.
  expect(base.content['refresh']).not.toMatchObject({ userIds: expect.arrayContaining([both.teams.who('approver').user.mri]) });
  const tried = await both.teams.who('approver').presses(after(view, base), '批准', { reason: 'mine' }, teamsApprovals);
  expect(tried.line).toMatch(/^You asked for this change/);
  expect((await both.teams.who('approver').says('approve FCR-1')).map(({ content }) => textOf(content)).join()).toContain(
    'You asked for this change',
  );
  expect(await decisions()).toEqual({
    state: 'in-approval',
    approvals: 0,
    trail: ['request.approve by person refused: own-request', 'request.approve by person refused: own-request'],
  });
});

test('the same person raises in Teams and tries to approve in Slack: refused, and it is kept', async () => {
  both = await startBoth();
  await raisedInTeams('approver');
  const seat = both.slack.seat('approver');
  await seat.press('Approve', inSlackApprovals);
  await both.settled();
  expect(both.slack.front.whispers.filter(({ user }) => user === seat.id).map(({ blocks }) => readable(blocks))).toEqual([
    expect.stringContaining('You asked for this change'),
  ]);
  expect(await decisions()).toEqual({
    state: 'in-approval',
    approvals: 0,
    trail: ['request.approve by person refused: own-request'],
  });
});

test('somebody for whom another asked in Slack cannot approve it in Teams, nor the other way round', async () => {
  both = await startBoth();
  await raisedInSlack('engineer', 'approver@example.com');
  const { base, view } = await seenInTeams(both.teams.who('admin'));
  const tried = await both.teams.who('approver').presses(after(view, base), '批准', {}, teamsApprovals);
  expect(tried.line).toContain('asked for on your behalf');
  await raisedInTeams('engineer', ' on behalf of approver@example.com');
  await both.slack.seat('approver').press('Approve', inSlackApprovals);
  await both.settled();
  const refused = 'request.approve by person refused: acted-for';
  expect(await trailOf(both.started, 'request.approve')).toEqual([refused, refused]);
  expect((await both.started.store.requests()).map(({ approvals }) => approvals)).toEqual([[], []]);
});

test('two decide at once, one on each platform: one decision, and the other is told', async () => {
  both = await startBoth();
  await raisedInSlack('engineer');
  const ada = both.slack.seat('approver');
  const chen = both.teams.who('admin');
  const { base, view } = await seenInTeams(chen);
  const approve = await ada.find('Approve', inSlackApprovals);
  const [, inTeams] = await Promise.all([ada.click(approve), chen.presses(after(view, base), '批准', {}, teamsApprovals)]);
  await both.settled();
  const { approvals, state, trail } = await decisions();
  expect({ approvals, state }).toEqual({ approvals: 1, state: 'approved' });
  expect(trail.toSorted()).toEqual(['request.approve by person done', expect.stringContaining('refused')]);
  const whispers = both.slack.front.whispers.filter(({ user }) => user === ada.id).map(({ blocks }) => readable(blocks));
  const [request] = await both.started.store.requests();
  if (request?.approvals[0]?.by === 'approver') expect(inTeams.line).toContain('Ada Marin');
  else expect(whispers.join()).toContain('陈安');
});

test('a code asked for in Slack and typed in Teams links the two: from there they act as one person, also for four eyes', async () => {
  both = await startBoth({ teams: ['approver'] });
  const seat = both.slack.seat('approver');
  const ada = both.teams.who('approver');
  await ada.says('new request');
  expect(both.toldInTeams('approver')).toContain('if I know you in Slack, say “link my Teams account” to me there');
  await raisedInSlack('approver');
  await seat.tell('link my Teams account');
  await both.settled();
  const [shown = ''] = code.exec(await both.toldInSlack('approver')) ?? [];
  await ada.says(shown);
  expect(both.toldInTeams('approver')).toContain('Hello Ada Marin');
  await both.settled();
  expect(await both.toldInSlack('approver')).toContain('An account in Microsoft Teams is yours from here on: approver (aad-approver).');

  const { base, view } = await seenInTeams(both.teams.who('admin'));
  const tried = await ada.presses(after(view, base), '批准', {}, teamsApprovals);
  expect(tried.line).toMatch(/^You asked for this change/);
  await ada.says('new request');
  expect(textOf(ada.latest().content)).not.toContain('don’t know you');
  expect(await trailOf(both.started, 'account.')).toEqual(['account.code by person done', 'account.link by account done']);
  expect((await decisions()).trail).toEqual(['request.approve by person refused: own-request']);
});

test('a code asked for in Teams and typed in Slack links the two: they decide there what another raised', async () => {
  both = await startBoth({ slack: ['approver'] });
  const ada = both.teams.who('approver');
  await ada.says('link my Slack account');
  const [shown = ''] = code.exec(both.toldInTeams('approver')) ?? [];
  const seat = both.slack.seat('approver');
  await seat.tell(`link ${shown}`);
  await both.settled();
  expect(await both.toldInSlack('approver')).toContain('Hello Ada Marin');
  await raisedInTeams('engineer');
  expect(await both.toldInSlack('approver')).toContain('[Approve]');
  await seat.press('Approve', inSlackApprovals);
  await both.settled();
  expect(await decisions()).toEqual({ state: 'approved', approvals: 1, trail: ['request.approve by person done'] });
});

test('an account that the operator links while the program runs acts as its person from the next turn on', async () => {
  both = await startBoth({ slack: ['approver'] });
  const seat = both.slack.seat('approver');
  await seat.tell('new request');
  await both.settled();
  expect(await both.toldInSlack('approver')).toContain('I don’t know you yet');
  await raisedInTeams('approver');
  // As the command does it: over a connection of its own.
  const store = await openStore(both.started.databaseUrl, both.started.clock);
  const { people } = both.started.knowledge.current();
  const said: string[] = [];
  const write = (line: string): void => void said.push(line);
  const parts = { store, knowledge: { people }, write, fail: write };
  expect(await linkPerson({ who: 'approver@example.com', platform: 'slack', account: seat.id }, parts)).toBe(0);
  await store.close();
  expect(said).toEqual([`${seat.id} on slack is approver's now`]);
  await seat.press('Approve', inSlackApprovals);
  await both.settled();
  expect((await decisions()).trail).toEqual(['request.approve by person refused: own-request']);
  await seat.tell('new request');
  await both.settled();
  expect(readable((await seat.told())[0]?.blocks)).not.toContain('I don’t know you');
});
