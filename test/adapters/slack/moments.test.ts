import { afterAll, beforeAll, expect, test } from 'vitest';
import { readable } from '../../support/slack-seen.ts';
import { type SlackWorld, startWorld } from '../../support/slack-world.ts';

let world: SlackWorld;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

test('a change window stands in the approvals channel by every reader’s own clock, and for one person in their zone', async () => {
  const engineer = world.seat('engineer');
  for (const text of [
    'open 5061/tcp from edge to director in site B for 3 months, for the new pool',
    'UC team',
    'Friday 4 December 2026 22:00 for an hour',
    'yes',
    'remove the rule',
  ]) {
    await engineer.tell(text);
    await world.settled();
  }
  await engineer.press('Submit');
  await world.settled();

  const posted = await engineer.messages(world.emulator.channel('approvals'));
  const card = posted.find(({ blocks }) => readable(blocks).includes('FCR-1'));
  const dates = JSON.stringify(card?.blocks).match(/"type":"date","timestamp":\d+/g);
  // 22:00 in Berlin.
  const start = Date.parse('2026-12-04T21:00:00Z') / 1000;
  expect(dates).toEqual([start, start + 3600].map((time) => `"type":"date","timestamp":${time}`));
  expect(JSON.stringify(await engineer.told())).not.toContain('"type":"date"');
  expect(world.front.problems).toEqual([]);
});
