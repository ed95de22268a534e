import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Reachable, SlackSeat } from '../../support/slack-seat.ts';
import { fieldsOf, readable } from '../../support/slack-seen.ts';
import { fillPages, formId, noticeId, requestFromAnswer, requestInEnglish } from '../../support/slack-story.ts';
import { type SlackWorld, startWorld } from '../../support/slack-world.ts';

describe('a form in a modal', () => {
  let world: SlackWorld;
  let engineer: SlackSeat;
  const inModal = ({ at }: Reachable): boolean => 'view' in at && at.view.type === 'modal';
  const drafts = async (): Promise<number> => {
    const person = world.started.knowledge.current().people.find(({ id }) => id === 'engineer');
    return person === undefined ? -1 : (await world.started.store.drafts(person.id)).length;
  };

  beforeAll(async () => {
    world = await startWorld();
    engineer = world.seat('engineer');
    await engineer.mention('which ports from Edge to Director?');
    await world.settled();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    await engineer.press('Request these ports', ({ at }) => 'message' in at);
    await world.settled();
    expect(engineer.modal().callback_id).toBe(formId);
  });

  test('goes back to an earlier page, and to any page from the last, with everything still there', async () => {
    await engineer.submit({ site: 'Site A' });
    expect(fieldsOf(engineer.modal().blocks)).toContain('business_need');
    const back = await engineer.find('Back', inModal);
    await engineer.click(back, { business_need: 'half a senten' });
    await world.settled();
    expect(fieldsOf(engineer.modal().blocks)).toContain('site');
    await engineer.submit({});
    expect(engineer.reads()).toContain('half a senten');
    await fillPages(engineer, requestInEnglish);
    await engineer.press('Change: When', inModal);
    await world.settled();
    expect(fieldsOf(engineer.modal().blocks)).toContain('window');
  });

  test('is kept as a draft by its button, and taken up again where it was left', async () => {
    const before = await drafts();
    await engineer.submit({ site: 'Site B' });
    await engineer.press('Keep as draft', inModal);
    await world.settled();
    expect(engineer.modal().callback_id).toBe(noticeId);
    expect(await drafts()).toBe(before);
    await engineer.openHome();
    await world.settled();
    await engineer.press('Take it up again', ({ at }) => 'view' in at && at.view.type === 'home');
    await world.settled();
    expect(engineer.modal().callback_id).toBe(formId);
    expect(engineer.reads()).toContain('Request a change');
  });

  test('is thrown away by its button', async () => {
    const before = await drafts();
    await engineer.press('Discard', inModal);
    await world.settled();
    expect(engineer.modal().callback_id).toBe(noticeId);
    expect(await drafts()).toBe(before - 1);
  });

  test('closed, is a draft, and nobody is told what they just did', async () => {
    const calls = world.front.calls.length;
    await engineer.submit({ site: 'Site A' });
    await engineer.close();
    await world.settled();
    const posted = world.front.calls.slice(calls).filter(({ method }) => method.startsWith('chat.'));
    expect(posted).toEqual([]);
    expect(await drafts()).toBeGreaterThan(0);
  });

  test('sent twice, at the same time and later again, makes one request', async () => {
    const before = (await world.started.store.requests()).length;
    await fillPages(engineer, requestInEnglish);
    const view = engineer.modal();
    await Promise.all([engineer.submit(), engineer.submit()]);
    world.front.modals.set(engineer.id, view);
    await engineer.submit();
    await world.settled();
    expect(engineer.modal().callback_id).toBe(noticeId);
    expect(await world.started.store.requests()).toHaveLength(before + 1);
  });

  test('whose page cannot be shown says so, and is opened by a new press', async () => {
    const mend = world.front.fail('views.update', { kind: 'status', status: 500 });
    await engineer.press('Request these ports', ({ at }) => 'message' in at && !at.ephemeral);
    await world.settled();
    mend();
    await engineer.press('Open the form');
    await world.settled();
    expect(engineer.modal().callback_id).toBe(formId);
    expect(fieldsOf(engineer.modal().blocks)).toContain('site');
  });

  test('nothing that was sent goes beyond Slack’s limits, and nothing went wrong', () => {
    expect(world.front.problems).toEqual([]);
    expect(world.started.faults).toEqual([]);
  });
});

describe('a decision from the home page', () => {
  test('opens a modal that says how it ended, and the page changes', async () => {
    const world = await startWorld();
    await requestFromAnswer(world, world.seat('engineer'));
    const approver = world.seat('approver');
    await approver.openHome();
    await world.settled();
    const home = ({ at }: Reachable): boolean => 'view' in at && at.view.type === 'home';
    await approver.press('Approve', home);
    await world.settled();
    expect(approver.reads()).toContain('FCR-1');
    expect(approver.modal().callback_id).toBe(noticeId);
    expect(readable(world.front.homes.get(approver.id))).not.toContain('[Approve]');
    expect(world.front.problems).toEqual([]);
    await world.close();
  });
});
