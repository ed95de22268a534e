import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WorkspacePerson } from '../../support/slack-emulator.ts';
import type { SlackSeat } from '../../support/slack-seat.ts';
import { readable, type Typed } from '../../support/slack-seen.ts';
import { fillPages, formId, noticeId, requestInChinese, requestInEnglish } from '../../support/slack-story.ts';
import { type SlackWorld, startWorld } from '../../support/slack-world.ts';

type Story = {
  readonly language: string;
  readonly asker: WorkspacePerson;
  readonly decider: WorkspacePerson;
  readonly question: string;
  readonly follow: { readonly says: string; readonly sees: string };
  readonly typed: Typed;
  readonly wrong: { readonly window: string; readonly says: string };
  readonly buttons: { readonly request: string; readonly approve: string };
  readonly sees: { readonly review: string; readonly sent: string; readonly waiting: string; readonly approved: RegExp };
};

const stories: readonly Story[] = [
  {
    language: 'English',
    asker: 'engineer',
    decider: 'approver',
    question: 'which ports from Edge to Director?',
    follow: { says: 'what about front end?', sees: 'DIR-P3' },
    typed: requestInEnglish,
    wrong: { window: 'when pigs fly', says: 'I can’t read that as a day and time' },
    buttons: { request: 'Request these ports', approve: 'Approve' },
    sees: {
      review: 'Nothing has been sent yet',
      sent: 'FCR-1 is submitted',
      waiting: 'waiting for Network approval (0 of 1)',
      approved: /Approved by Ada Marin|Ada Marin approved/,
    },
  },
  {
    language: 'Chinese',
    asker: 'implementer',
    decider: 'admin',
    question: '从边缘服务器到控制器需要开哪些端口？',
    follow: { says: '那前端呢？', sees: 'DIR-P3' },
    typed: requestInChinese,
    wrong: { window: '猪会飞的时候', says: '无法理解为日期和时间' },
    buttons: { request: '申请这些端口', approve: '批准' },
    sees: { review: '目前尚未提交', sent: 'FCR-1', waiting: '等待网络审批（0/1）', approved: /陈安.*批准/ },
  },
];

describe.each(stories)('a request in Slack in $language, from the question to the approval', (story) => {
  let world: SlackWorld;
  let asker: SlackSeat;
  let decider: SlackSeat;
  let root = '';
  const general = (): string => world.emulator.channel('general');
  const inApprovals = async (): Promise<readonly string[]> => {
    const tops = await decider.messages(world.emulator.channel('approvals'));
    return tops.map(({ blocks }) => readable(blocks)).filter((text) => text !== '');
  };

  beforeAll(async () => {
    world = await startWorld();
    asker = world.seat(story.asker);
    decider = world.seat(story.decider);
  });
  afterAll(() => world.close());

  test('a mention, which Slack reports twice, is answered once, in its thread', async () => {
    const { ts, sent } = await asker.mention(story.question);
    root = ts;
    expect(sent.map(({ status }) => status)).toEqual([200, 200]);
    await world.settled();
    const answers = (await asker.messages(general(), root)).filter(({ ts: own }) => own !== root);
    expect(answers.map(({ blocks }) => readable(blocks))).toEqual([expect.stringMatching(/TCP 5061\s[\s\S]*DIR-6/)]);
  });

  test('a follow-up in the thread needs no mention', async () => {
    await asker.say(story.follow.says, { thread: root });
    await world.settled();
    const [newest] = await asker.messages(general(), root);
    expect(readable(newest?.blocks)).toContain(story.follow.sees);
  });

  test('a button of the answer opens the form, with what is known filled in', async () => {
    await asker.press(story.buttons.request, (seen) => 'message' in seen.at && readable(seen.at.message.blocks).includes('DIR-6'));
    await world.settled();
    expect(asker.modal().callback_id).toBe(formId);
    expect(asker.reads()).toContain('DIR-6');
  });

  test('what can’t be used is said at its field, and what was typed stays', async () => {
    await asker.submit({ site: story.typed['site'] ?? '' });
    await asker.submit(story.typed);
    await asker.submit({});
    const before = asker.modal();
    await asker.submit({ ...story.typed, window: story.wrong.window });
    expect(asker.reads()).toContain(story.wrong.says);
    expect(asker.reads()).toContain(story.wrong.window);
    expect(asker.modal().id).toBe(before.id);
  });

  test('the last page shows everything before it is sent', async () => {
    await fillPages(asker, story.typed);
    expect(asker.reads()).toContain(story.sees.review);
    expect(asker.reads()).toContain(story.typed['backout_plan']);
    await asker.submit();
    expect(asker.modal().callback_id).toBe(noticeId);
    expect(asker.reads()).toContain(story.sees.sent);
    await world.settled();
  });

  test('one message in the approvals channel, one to whoever may decide, and their home page show it', async () => {
    expect(await inApprovals()).toEqual([expect.stringContaining('FCR-1')]);
    const [direct] = await decider.told();
    expect(readable(direct?.blocks)).toContain(story.sees.waiting);
    expect(readable(direct?.blocks)).toContain(`[${story.buttons.approve}]`);
    await decider.openHome();
    await world.settled();
    expect(readable(world.front.homes.get(decider.id))).toContain('FCR-1');
  });

  test('after the decision every copy says so, and the requester is told', async () => {
    // A shared channel's card speaks the workspace's language, whoever looks at it.
    await decider.press('Approve', ({ at }) => 'message' in at && at.channel === world.emulator.channel('approvals'));
    await world.settled();
    const request = (await world.started.store.requests())[0];
    expect(request?.approvals).toHaveLength(1);
    const [channelCard] = await inApprovals();
    expect(channelCard).toMatch(/Ada Marin|陈安/);
    expect(channelCard).not.toContain('[Approve]');
    const copies = await Promise.all([decider.told(), asker.told()]);
    for (const own of copies) expect(own.map(({ blocks }) => readable(blocks)).join('\n')).toMatch(story.sees.approved);
    expect(readable(world.front.homes.get(decider.id))).not.toContain(`[${story.buttons.approve}]`);
    expect(world.front.whispers.filter(({ user }) => user === decider.id)).toHaveLength(1);
  });

  test('nothing that was sent goes beyond Slack’s limits, and nothing went wrong', () => {
    expect(world.front.problems).toEqual([]);
    expect(world.started.faults).toEqual([]);
    expect(world.log).toEqual([]);
  });
});
