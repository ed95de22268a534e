import { expect, test } from 'vitest';
import type { Reachable } from '../../support/slack-seat.ts';
import { readable } from '../../support/slack-seen.ts';
import { noticeId, requestFromAnswer } from '../../support/slack-story.ts';
import { startWorkspace, startWorld } from '../../support/slack-world.ts';

test('what nobody reckoned with is told where it was asked for, and logged', async () => {
  const workspace = await startWorkspace();
  const sound = await startWorld({ workspace });
  await requestFromAnswer(sound, sound.seat('engineer'));
  const boom = (): Promise<never> => Promise.reject(new Error('boom'));
  const world = await startWorld({ workspace, databaseUrl: sound.started.databaseUrl, parts: { handleTurn: boom } });
  const approver = world.seat('approver');
  const inApprovals = ({ at }: Reachable): boolean => 'message' in at && at.channel === workspace.emulator.channel('approvals');
  const faults = (): number => world.log.filter(({ level, what }) => level === 'error' && what.includes('boom')).length;

  expect((await approver.press('Reject', inApprovals)).status).toBe(200);
  await world.slack.idle();
  expect(approver.modal().callback_id).toBe(noticeId);
  expect(approver.reads()).toMatch(/Something went wrong/);
  expect(faults()).toBe(1);

  expect((await approver.press('Approve', inApprovals)).status).toBe(200);
  await world.slack.idle();
  expect(readable(world.front.whispers.filter(({ user }) => user === approver.id).at(-1)?.blocks)).toMatch(/Something went wrong/);

  await approver.command('/fcr', 'new');
  await world.slack.idle();
  expect(approver.reads()).toMatch(/Something went wrong/);
  await approver.command('/ports', 'edge to director');
  expect(readable(world.front.whispers.filter(({ user }) => user === approver.id).at(-1)?.blocks)).toMatch(/Something went wrong/);
  expect(faults()).toBe(4);
  expect(world.front.problems).toEqual([]);
  await world.close();
  await sound.close();
  await workspace.close();
});

test('a decision that opened a modal and is refused says so in the modal', async () => {
  const world = await startWorld();
  await requestFromAnswer(world, world.seat('engineer'));
  const inApprovals = ({ at }: Reachable): boolean => 'message' in at && at.channel === world.emulator.channel('approvals');
  for (const name of ['implementer', 'engineer', 'visitor'] as const) {
    const seat = world.seat(name);
    await seat.press('Reject', inApprovals);
    await world.settled();
    expect(seat.modal().callback_id).toBe(noticeId);
    expect(seat.reads()).not.toMatch(/One moment|请稍候/);
    expect(seat.reads().length).toBeGreaterThan(20);
  }
  expect((await world.started.store.requests())[0]?.state).toBe('in-approval');
  await world.close();
});
