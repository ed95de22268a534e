import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startProgram, type TestProgram } from '../support/program.ts';
import { Recorder, Seat } from '../support/recorder.ts';
import { askAndFillIn } from '../support/walk.ts';

let started: TestProgram;
let recorder: Recorder;
const seat = (who: string) => new Seat(started, recorder, who);

beforeEach(async () => {
  started = await startProgram();
  recorder = new Recorder();
  started.program.attach(recorder);
});
afterEach(() => started.close());

async function submitted(): Promise<Seat> {
  const engineer = seat('engineer');
  await askAndFillIn(engineer);
  await engineer.press('Submit');
  return engineer;
}

describe('a draft', () => {
  it('says nothing of itself to somebody else who knows its id, open or finished', async () => {
    const engineer = seat('engineer');
    await askAndFillIn(engineer);
    const submit = engineer.button('Submit');
    const approver = seat('approver');
    expect(await approver.take(approver.click(submit))).toContain('finished or discarded');
    await engineer.press('Submit');
    expect(await approver.take(approver.click(submit))).toContain('finished or discarded');
    expect(await engineer.take(engineer.click(submit))).toContain('FCR-1 is submitted');
  });

  it('is not thrown away by thinking better of changing something', async () => {
    const engineer = seat('engineer');
    await askAndFillIn(engineer);
    await engineer.press('Change something');
    await engineer.press('Leave as it is');
    await engineer.press('Submit');
    expect(engineer.said()).toContain('FCR-1 is submitted');
  });

  it('stays at hand when it can’t be submitted any more', async () => {
    const engineer = await submitted();
    const approver = seat('approver');
    await approver.press('Send back');
    await approver.say('Name the ticket, please.');
    await engineer.press('Change and resubmit');
    const submit = engineer.button('Submit');
    await engineer.press('Withdraw');
    await engineer.take(engineer.click(submit));
    expect(engineer.said()).toContain('withdrew FCR-1');
    await engineer.press('Take it up again');
    expect(engineer.said()).toContain('Please look it over.');
  });

  it('comes back when one opened over it is kept for later', async () => {
    const engineer = seat('engineer');
    await engineer.say('new request');
    await engineer.press('Other addresses');
    started.clock.set('2026-11-23T09:01:00.000Z');
    await engineer.say('which ports from Edge to Director?');
    await engineer.press('Request these ports');
    await engineer.say('keep as draft');
    expect(engineer.said()).toContain('Kept as a draft.');
    expect(engineer.said()).toContain('Which flows?');
  });
});

describe('a decision begun in the middle of a request', () => {
  it('asks for its reason alone; the request’s question comes back after it', async () => {
    await submitted();
    const admin = seat('admin');
    await admin.say('new request');
    await admin.press('其他地址');
    started.clock.set('2026-11-23T09:01:00.000Z');
    await admin.say('reject FCR-1');
    expect(admin.said()).toContain('驳回 FCR-1，请说明理由。');
    expect(admin.said()).not.toContain('开通哪些流量？');
    await admin.say('the pool is not there yet');
    expect(admin.said()).toContain('驳回了 FCR-1');
    expect(admin.said()).toContain('开通哪些流量？');
    expect((await started.store.requests())[0]?.remarks[0]?.text).toBe('the pool is not there yet');
  });

  it('is one and the same, though begun on two copies of the card', async () => {
    await submitted();
    const approver = seat('approver');
    const reject = approver.button('Reject');
    await approver.take(approver.click(reject));
    await approver.take(approver.click(reject));
    expect(approver.said()).toContain('say why');
    expect(await approver.say('the pool is not there yet')).toContain('rejected FCR-1');
    expect(approver.said()).not.toContain('In your words');
    expect(await approver.say('which ports from Edge to Director?')).toContain('5061');
  });

  it('is finished in its own thread: what is open in another one stays there', async () => {
    const engineer = await submitted();
    await engineer.say('new request');
    await engineer.press('Other addresses');
    await engineer.say('192.0.2.10 -> 198.51.100.21 : 5999/tcp');
    for (const text of [
      'a monitor has to see it',
      'Monitoring',
      'UC platform team',
      'one port more',
      'any window',
      'permanent',
      'remove it',
    ]) {
      await engineer.say(text);
    }
    await engineer.press('Submit');
    const approver = seat('approver');
    const thread = (id: string) => ({ platform: 'web', id: 'approvals', kind: 'channel' as const, thread: id });
    for (const [index, id] of ['FCR-1', 'FCR-2'].entries()) {
      const card = recorder.in('approvals').find(({ title }) => title?.startsWith(id));
      const reject = card?.actions.find(({ label }) => label === 'Reject');
      if (reject?.kind !== 'button') throw new Error(`${id} has no button`);
      started.clock.set(`2026-11-23T09:0${index + 1}:00.000Z`);
      await approver.take({ ...approver.click(reject), conversation: thread(id) });
    }
    const { id, sender, surface } = approver.click(approver.button('Approve'));
    const text = 'not this week';
    await approver.take({ id, sender, surface, kind: 'message', text, heard: 'thread', conversation: thread('FCR-1') });
    expect(approver.said()).toContain('rejected FCR-1');
    expect(approver.said()).not.toContain('In your words');
    expect((await started.store.requests()).map(({ state }) => state)).toEqual(['in-approval', 'rejected']);
  });
});
