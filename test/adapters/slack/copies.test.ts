import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Reachable } from '../../support/slack-seat.ts';
import { readable } from '../../support/slack-seen.ts';
import { requestFromAnswer } from '../../support/slack-story.ts';
import { type SlackWorld, startWorld } from '../../support/slack-world.ts';

let world: SlackWorld;
beforeAll(async () => {
  world = await startWorld();
  await requestFromAnswer(world, world.seat('engineer'));
});
afterAll(() => world.close());

const text = 'a proof, to be copied';
const copy = { action_id: 'copy#0', block_id: 'b', label: 'Copy', value: JSON.stringify({ action: 'copy', data: { text } }) };

test('a text to copy lies on top of the modal it is asked for in', async () => {
  const engineer = world.seat('engineer');
  await engineer.command('/fcr', 'amend FCR-1');
  await world.settled();
  await engineer.click({ button: copy, at: { view: engineer.modal() } });
  await world.settled();
  expect(engineer.reads()).toContain(text);
  expect(world.front.calls.findLast(({ method }) => method.startsWith('views.'))?.method).toBe('views.push');
});

test('where it cannot be shown in a modal it is said to whoever pressed', async () => {
  const approver = world.seat('approver');
  const inApprovals = ({ at }: Reachable): boolean => 'message' in at && at.channel === world.emulator.channel('approvals');
  const mend = world.front.fail('views.open', { kind: 'error', error: 'expired_trigger_id' });
  await approver.click({ ...(await approver.find('Approve', inApprovals)), button: copy });
  await world.settled();
  mend();
  const whispered = world.front.whispers.filter(({ user }) => user === approver.id).map(({ blocks }) => readable(blocks));
  expect(whispered).toEqual([expect.stringContaining(text)]);
});

test('nothing that was sent goes beyond Slack’s limits, and nothing went wrong', () => {
  expect(world.front.problems).toEqual([]);
  expect(world.started.faults).toEqual([]);
});
