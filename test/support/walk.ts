import type { Seat } from './recorder.ts';

/** The engineer asks, and requests what the answer says; the last card is in front of them. */
export async function askAndFillIn(engineer: Seat): Promise<void> {
  await engineer.say('which ports from Edge to Director?');
  await engineer.press('Request these ports');
  await engineer.press('Site A');
  await engineer.say('The new Director pool goes live and the Edge has to reach it.');
  await engineer.say('UC platform team');
  await engineer.press('Any window');
  await engineer.press('Permanent');
  await engineer.say('Remove the rule; calls go over pool B.');
}
