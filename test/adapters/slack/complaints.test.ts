import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Reachable, SlackSeat } from '../../support/slack-seat.ts';
import { readable } from '../../support/slack-seen.ts';
import { requestFromAnswer } from '../../support/slack-story.ts';
import { type SlackWorld, startWorkspace, startWorld, type Workspace } from '../../support/slack-world.ts';
import { temporaryFolder } from '../../support/store.ts';

describe('what is complained about in bots of this kind', () => {
  let workspace: Workspace;
  let world: SlackWorld;
  let folder: ReturnType<typeof temporaryFolder>;
  const serve = async (): Promise<SlackWorld> => startWorld({ workspace, databaseUrl: `sqlite:${folder.path}/test.db` });
  const inApprovals = ({ at }: Reachable): boolean => 'message' in at && at.channel === workspace.emulator.channel('approvals');
  const toldTo = (seat: SlackSeat): readonly string[] =>
    world.front.whispers.filter(({ user }) => user === seat.id).map(({ blocks }) => readable(blocks));
  const approvalsOf = async (): Promise<readonly number[]> =>
    (await world.started.store.requests()).map(({ approvals }) => approvals.length).reverse();

  beforeEach(async () => {
    folder = temporaryFolder();
    workspace = await startWorkspace();
    world = await serve();
    await requestFromAnswer(world, world.seat('engineer'));
  });
  afterEach(async () => {
    expect([...world.front.problems, ...world.started.faults]).toEqual([]);
    await world.close();
    await workspace.close();
    folder.remove();
  });

  test('the very same click sent again, at once and later, is one decision, and no refusal', async () => {
    const approver = world.seat('approver');
    const button = await approver.find('Approve', inApprovals);
    const payload = await approver.payloadOf(button);
    await Promise.all([world.sender.interaction(payload), world.sender.interaction(payload)]);
    await world.settled();
    await world.sender.interaction(payload);
    await world.settled();
    expect(await approvalsOf()).toEqual([1]);
    expect(toldTo(approver).filter((text) => /already|nothing changed/i.test(text))).toEqual([]);
  });

  test('a click on a card from before a restart still does what it says', async () => {
    const button = await world.seat('approver').find('Approve', inApprovals);
    await world.close();
    world = await serve();
    const sent = await world.seat('approver').click(button);
    await world.settled();
    expect(sent.status).toBe(200);
    expect(await approvalsOf()).toEqual([1]);
  });

  test('of two requests in one conversation each has its own card: a decision on one leaves the other as it was', async () => {
    await requestFromAnswer(world, world.seat('engineer'));
    const approver = world.seat('approver');
    const own = (id: string) => async (): Promise<string> =>
      readable((await approver.told()).find(({ blocks }) => readable(blocks).startsWith(id))?.blocks);
    const first = await own('FCR-1')();
    await approver.press('Approve', ({ at }) => 'message' in at && readable(at.message.blocks).startsWith('FCR-2'));
    await world.settled();
    expect(await approvalsOf()).toEqual([0, 1]);
    expect(await own('FCR-1')()).toBe(first);
    expect(await own('FCR-2')()).toMatch(/approved/i);
  });

  test('nobody is pinged by what the bot says in a request’s thread', async () => {
    await world.seat('approver').press('Approve', inApprovals);
    await world.settled();
    const said = world.front.calls.filter(({ method }) => method.startsWith('chat.'));
    expect(said.length).toBeGreaterThan(3);
    expect(said.filter(({ args }) => /<[@!]|"type":"(?:user|usergroup|broadcast)"/.test(JSON.stringify(args)))).toEqual([]);
    expect(said.every(({ args }) => args['reply_broadcast'] !== true)).toBe(true);
  });
});
