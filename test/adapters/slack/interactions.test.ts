import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { bot } from '../../support/slack-emulator.ts';
import type { Reachable, SlackSeat } from '../../support/slack-seat.ts';
import { readable } from '../../support/slack-seen.ts';
import { fillPages, formId, noticeId, requestFromAnswer, requestInEnglish } from '../../support/slack-story.ts';
import { type SlackWorld, startWorld } from '../../support/slack-world.ts';

const question = 'which ports from Edge to Director?';

describe('clicks on a request’s card', () => {
  let world: SlackWorld;
  const inApprovals = ({ at }: Reachable): boolean => 'message' in at && at.channel === world.emulator.channel('approvals');
  const whisperedTo = (seat: SlackSeat): readonly string[] =>
    world.front.whispers.filter(({ user }) => user === seat.id).map(({ blocks }) => readable(blocks));
  const refusals = (): number => {
    const database = new Sqlite(world.started.databaseUrl.replace('sqlite:', ''), { readonly: true });
    const entries = database.prepare('select bytes from audit_entry').all();
    database.close();
    const bytes = z.array(z.object({ bytes: z.instanceof(Buffer) })).parse(entries);
    return bytes.filter((entry) => entry.bytes.toString('utf8').includes('"outcome":"refused"')).length;
  };

  beforeAll(async () => {
    world = await startWorld();
    await requestFromAnswer(world, world.seat('engineer'));
  });
  afterAll(() => world.close());

  test.each([
    ['somebody who is in no file', 'visitor'],
    ['somebody who may not decide', 'implementer'],
    ['the one who asked for it', 'engineer'],
  ] as const)('by %s: a private answer, an entry, and nothing changes', async (_who, name) => {
    const seat = world.seat(name);
    const before = refusals();
    await seat.press('Approve', inApprovals);
    await world.settled();
    expect(whisperedTo(seat)).toHaveLength(1);
    expect(refusals()).toBe(before + 1);
    expect((await world.started.store.requests())[0]?.approvals).toEqual([]);
  });

  test('of a button that nobody knows: a private answer and an entry', async () => {
    const seat = world.seat('approver');
    const known = await seat.find('Approve', inApprovals);
    const before = refusals();
    await seat.click({
      ...known,
      button: { ...known.button, action_id: 'request.explode#0', value: '{"action":"request.explode","data":{}}' },
    });
    await world.settled();
    expect(whisperedTo(seat)).toHaveLength(1);
    expect(refusals()).toBe(before + 1);
  });

  test('of a button whose value was made up: refused like any other that nobody knows', async () => {
    const seat = world.seat('approver');
    const known = await seat.find('Approve', inApprovals);
    const before = refusals();
    const values = ['', 'approve', '{"action":"request.approve"}'];
    for (const value of values) expect((await seat.click({ ...known, button: { ...known.button, value } })).status).toBe(200);
    await world.settled();
    expect(refusals()).toBe(before + values.length);
    expect((await world.started.store.requests())[0]?.approvals).toEqual([]);
  });

  test('on a card of a request that is no more: a private answer and an entry', async () => {
    const seat = world.seat('security');
    const known = await seat.find('Approve', inApprovals);
    const before = refusals();
    const value = JSON.stringify({ action: 'request.approve', data: { request: 'FCR-9999', version: 1 } });
    await seat.click({ ...known, button: { ...known.button, value } });
    await world.settled();
    expect(refusals()).toBe(before + 1);
    expect(whisperedTo(seat)).toEqual([expect.stringContaining('FCR-9999')]);
  });

  test('for words opens a modal; put away it is a draft, and what is typed comes back', async () => {
    const seat = world.seat('approver');
    await seat.press('Reject', inApprovals);
    await world.settled();
    expect(seat.modal().callback_id).toBe(formId);
    const sent = await seat.close();
    expect(sent.status).toBe(200);
    await world.settled();
    expect(whisperedTo(seat).filter((text) => text.includes('draft'))).toEqual([]);
  });

  test('whose trigger is spent: the question comes to the direct conversation instead, and nothing is lost', async () => {
    const seat = world.seat('approver');
    const mend = world.front.fail('views.open', { kind: 'error', error: 'expired_trigger_id' });
    await seat.press('Send back', inApprovals);
    await world.settled();
    mend();
    const told = (await seat.told()).map(({ blocks }) => readable(blocks));
    expect(told[0]).toMatch(/In your words[\s\S]*\[Fill in a form\]/);
  });

  test('twice at the same time by one, and by another: one decision, and each has an answer', async () => {
    const approver = world.seat('approver');
    const admin = world.seat('admin');
    const button = await approver.find('Approve', inApprovals);
    const sent = await Promise.all([approver.click(button), approver.click(button), admin.click(button)]);
    expect(sent.map(({ status }) => status)).toEqual([200, 200, 200]);
    await world.settled();
    expect((await world.started.store.requests())[0]?.approvals).toHaveLength(1);
    expect(whisperedTo(admin).length + whisperedTo(approver).length).toBeGreaterThanOrEqual(2);
  });

  test('on a card that is decided, from before: a private answer and an entry', async () => {
    const seat = world.seat('admin');
    const before = { refusals: refusals(), whispers: whisperedTo(seat).length };
    const [card] = (await seat.messages(world.emulator.channel('approvals'))).filter(({ user }) => user === bot.user);
    if (card === undefined) throw new Error('there is no card');
    const value = JSON.stringify({ action: 'request.approve', data: { request: 'FCR-1', version: 1 } });
    const button = { action_id: 'request.approve#0', block_id: 'b', value, label: 'Approve' };
    await seat.click({ button, at: { channel: world.emulator.channel('approvals'), message: card, ephemeral: false } });
    await world.settled();
    expect(refusals()).toBe(before.refusals + 1);
    expect(whisperedTo(seat)).toHaveLength(before.whispers + 1);
  });

  test('nothing that was sent goes beyond Slack’s limits, and nothing went wrong', () => {
    expect(world.front.problems).toEqual([]);
    expect(world.started.faults).toEqual([]);
  });
});

describe('while the database is held by somebody else', () => {
  test('clicks, submissions and commands are acknowledged in time, and the person is told to do it again', async () => {
    const world = await startWorld();
    const engineer = world.seat('engineer');
    await engineer.mention(question);
    await world.settled();
    await engineer.press('Request these ports');
    await world.settled();
    const other = new Sqlite(world.started.databaseUrl.replace('sqlite:', ''));
    other.exec('begin immediate');
    const form = engineer.modal();
    const submitted = await engineer.submit({ site: 'Site A' });
    expect(submitted.ms).toBeLessThan(3000);
    expect(submitted.status).toBe(200);
    expect(Object.values(engineer.errors).join()).toMatch(/press the button again/);
    expect(engineer.modal().id).toBe(form.id);
    const pressed = await engineer.press('Other direction');
    expect(pressed.ms).toBeLessThan(3000);
    const asked = await engineer.command('/ports', 'edge to director');
    expect([asked.status, asked.ms < 3000]).toEqual([200, true]);
    const { sent } = await engineer.mention(question);
    for (const { status, ms } of sent) expect([status, ms < 3000]).toEqual([503, true]);
    other.exec('rollback');
    await world.settled();
    const told = world.front.whispers.filter(({ user }) => user === engineer.id).map(({ blocks }) => readable(blocks));
    expect(told.join('\n')).toMatch(/could not save that/);
    await engineer.submit({ site: 'Site A' });
    expect(engineer.errors).toEqual({});
    await fillPages(engineer, requestInEnglish);
    await engineer.submit();
    expect(engineer.modal().callback_id).toBe(noticeId);
    other.close();
    await world.close();
  }, 60_000);
});
