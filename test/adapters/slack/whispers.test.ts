import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bot } from '../../support/slack-emulator.ts';
import type { Whisper } from '../../support/slack-front.ts';
import type { Reachable } from '../../support/slack-seat.ts';
import { readable } from '../../support/slack-seen.ts';
import { fillPages, requestInEnglish } from '../../support/slack-story.ts';
import { type SlackWorld, startWorld } from '../../support/slack-world.ts';

describe('what one person alone is shown in a channel', () => {
  let world: SlackWorld;
  const approvals = (): string => world.emulator.channel('approvals');
  const inApprovals = ({ at }: Reachable): boolean => 'message' in at && at.channel === approvals();
  const whispered = (name: 'visitor' | 'approver' | 'auditor'): readonly Whisper[] =>
    world.front.whispers.filter(({ user }) => user === world.emulator.user(name));

  beforeAll(async () => {
    world = await startWorld();
    const engineer = world.seat('engineer');
    await engineer.command('/fcr', 'new');
    await world.settled();
    const others = { application: 'Monitoring', security_impact: 'none', compensating_control: 'it is watched', test_plan: 'try it' };
    const flows = Array.from({ length: 150 }, (_, at) => `192.0.2.10 -> 198.51.100.${at} : ${5000 + at}/tcp`).join('\n');
    await fillPages(engineer, {
      ...requestInEnglish,
      site: 'Other addresses',
      flows,
      ...others,
    });
    await engineer.submit();
    await world.settled();
  });
  afterAll(() => world.close());

  test('stands beside a thread that nobody has replied in, where Slack would show it to nobody, and in the thread afterwards', async () => {
    const visitor = world.seat('visitor');
    await visitor.press('Approve', inApprovals);
    await world.settled();
    expect(whispered('visitor').map(({ thread }) => thread)).toEqual([null]);
    const [card] = (await visitor.messages(approvals())).filter(({ user }) => user === bot.user);
    await world.seat('approver').say('looks fine to me', { channel: approvals(), thread: card?.ts ?? '' });
    await visitor.press('Approve', inApprovals);
    await world.settled();
    expect(whispered('visitor').map(({ thread }) => thread)).toEqual([null, card?.ts]);
  });

  test('is told beside the thread as well where Slack does not say whether anybody has replied', async () => {
    const mend = world.front.fail('conversations.replies', { kind: 'status', status: 500 });
    await world.seat('auditor').press('Approve', inApprovals);
    await world.settled();
    mend();
    expect(whispered('auditor').map(({ thread }) => thread)).toEqual([null]);
  });

  test('goes on in further messages where one does not hold it, to its last word', async () => {
    await world.seat('approver').press('Details', inApprovals);
    await world.settled();
    const parts = whispered('approver').map(({ blocks }) => readable(blocks));
    expect(parts.length).toBeGreaterThan(1);
    for (const port of [5000, 5075, 5149]) expect(parts.join('\n')).toContain(`TCP ${port}`);
  });

  test('nothing that was sent goes beyond Slack’s limits, and nothing went wrong', () => {
    expect(world.front.problems).toEqual([]);
    expect(world.started.faults).toEqual([]);
  });
});
