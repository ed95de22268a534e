import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { fieldsOf, readable } from '../../support/slack-seen.ts';
import { formId } from '../../support/slack-story.ts';
import { startWorld } from '../../support/slack-world.ts';

test('a press on a form’s own button that could not be saved leaves the page as it stands, and says so', async () => {
  const world = await startWorld();
  const engineer = world.seat('engineer');
  await engineer.mention('which ports from Edge to Director?');
  await world.settled();
  await engineer.press('Request these ports');
  await world.settled();
  await engineer.submit({ site: 'Site A' });
  const page = fieldsOf(engineer.modal().blocks);
  const other = new Sqlite(world.started.databaseUrl.replace('sqlite:', ''));
  other.exec('begin immediate');
  const typed = { business_need: 'the new pool goes live' };
  for (const _twice of [1, 2]) {
    expect((await engineer.click(await engineer.find('Back'), typed)).status).toBe(200);
    await world.slack.idle();
    expect(engineer.modal().callback_id).toBe(formId);
    expect(fieldsOf(engineer.modal().blocks)).toEqual(page);
    expect(readable(engineer.modal()).match(/could not save that/g)).toHaveLength(1);
  }
  other.exec('rollback');
  other.close();
  await engineer.click(await engineer.find('Back'), typed);
  await world.settled();
  expect(fieldsOf(engineer.modal().blocks)).toContain('site');
  await engineer.submit();
  expect(engineer.reads()).toContain('the new pool goes live');
  expect(engineer.reads()).not.toContain('could not save that');
  expect(world.front.problems).toEqual([]);
  await world.close();
}, 40_000);
