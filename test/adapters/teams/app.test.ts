import { afterEach, beforeEach, expect, test } from 'vitest';
import { personally, startTeams, type TestTeams } from '../../support/teams.ts';
import { buttonsOf, textOf } from '../../support/teams-card.ts';

let teams: TestTeams;
beforeEach(async () => {
  teams = await startTeams();
});
afterEach(async () => {
  expect(teams.faults).toEqual([]);
  expect(teams.connector.breaches).toEqual([]);
  await teams.close();
});

test('a question in a personal chat is answered there', async () => {
  const [answer] = await teams.who('stranger').says('which ports from Edge to Director?', personally);
  expect(textOf(answer?.content ?? {})).toContain('TCP 5061');
  expect(buttonsOf(answer?.content ?? {}).map(({ title }) => title)).toContain('Other direction');
});
