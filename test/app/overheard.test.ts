import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inChannel } from '../support/in-channel.ts';
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

async function submitted(count = 1): Promise<Seat> {
  const engineer = seat('engineer');
  for (let number = 1; number <= count; number += 1) {
    await askAndFillIn(engineer);
    await engineer.press('Submit');
  }
  return engineer;
}

const entries = async () => (await started.store.readAudit((trail) => trail.entries(0, 9999))).length;

describe('a request named where the bot happens to listen', () => {
  it.each(['have a look at FCR-1 please', 'fcr-1?', '看看FCR-1吧', 'approve FCR-1', 'withdraw FCR-1'])(
    '“%s” is summed up for whoever named it, and nothing is done',
    async (text) => {
      await submitted();
      const before = await entries();
      const approver = seat('approver');
      const activity = inChannel('approver', text, 'overheard');
      const reply = await started.program.handleTurn(activity);
      expect(reply.private).toBe(true);
      expect(reply.cards).toHaveLength(1);
      await approver.take(inChannel('approver', text, 'overheard'));
      expect(approver.said()).toContain('FCR-1 · Open Edge (internal interface) → Director at Site A · Normal change · waiting for');
      expect((await started.store.requests())[0]?.state).toBe('in-approval');
      expect(await entries()).toBe(before);
      await approver.press('Details');
      expect(approver.said()).toContain('Content hash');
    },
  );

  it('is a line each for three at the most', async () => {
    await submitted(4);
    const approver = seat('approver');
    await approver.take(inChannel('approver', 'FCR-4 and FCR-2, FCR-2 again, FCR-1, FCR-3', 'overheard'));
    expect(approver.said()).toContain('[Details of FCR-4] [Details of FCR-2] [Details of FCR-1]');
    expect(approver.said()).not.toContain('FCR-3');
  });

  it.each([
    ['engineer', 'FCR-99 is what we need'],
    ['engineer', 'which ports from Edge to Director?'],
    ['engineer', 'help'],
    ['engineer', 'new request'],
    ['engineer', '/fcr new'],
    ['stranger', 'FCR-1'],
  ])('%s saying “%s” hears nothing', async (who, text) => {
    await submitted();
    const reply = await started.program.handleTurn(inChannel(who, text, 'overheard'));
    expect(reply.cards).toEqual([]);
    expect(reply.form).toBeUndefined();
  });

  it('is none of a guest’s or an outsider’s business, who are not told off either', async () => {
    await submitted();
    for (const standing of ['guest', 'foreign'] as const) {
      for (const heard of ['overheard', 'thread'] as const) {
        const reply = await started.program.handleTurn(inChannel('visitor', 'FCR-1 looks odd', heard, { standing }));
        expect(reply.cards).toEqual([]);
      }
      const told = await started.program.handleTurn(inChannel('visitor', 'FCR-1', 'addressed', { standing }));
      expect(told.cards).toHaveLength(1);
    }
  });

  it('leaves an open dialog as it stands', async () => {
    const engineer = await submitted();
    await started.program.handleTurn(inChannel('engineer', 'new request', 'addressed'));
    const [draft] = await started.store.drafts((await started.store.requests())[0]?.content.requester ?? never());
    await engineer.take(inChannel('engineer', 'Site A, and see FCR-1', 'overheard'));
    expect(engineer.said()).toContain('FCR-1 ·');
    expect(engineer.said()).not.toContain('Where?');
    expect(await started.store.draft(draft?.id ?? '')).toEqual(draft);
  });
});

describe('in a channel', () => {
  it('says to whoever addresses it that it did not understand, and says nothing to people who talk in a thread', async () => {
    const engineer = seat('engineer');
    await engineer.take(inChannel('engineer', 'lunch anyone at noon maybe', 'addressed'));
    expect(engineer.said()).toContain('I did not understand');
    for (const text of ['lunch anyone at noon maybe', 'thanks!', '谢谢']) {
      await engineer.take(inChannel('engineer', text, 'thread', { thread: 't1' }));
      expect(engineer.replies).toEqual([]);
    }
  });

  it('answers questions and orders in a thread it takes part in', async () => {
    await submitted();
    const engineer = seat('engineer');
    await engineer.take(inChannel('engineer', 'which ports from Edge to Director?', 'thread', { thread: 't1' }));
    expect(engineer.said()).toContain('5061');
    await engineer.take(inChannel('engineer', 'status of FCR-1', 'thread', { thread: 't1' }));
    expect(engineer.said()).toContain('[Withdraw]');
    await engineer.take(inChannel('engineer', 'that was settled in FCR-1 I think', 'thread', { thread: 't1' }));
    expect(engineer.said()).toContain('[Details]');
    expect(engineer.said()).not.toContain('[Withdraw]');
  });

  it('sums several requests up that are named to it in one sentence', async () => {
    await submitted(2);
    const approver = seat('approver');
    await approver.take(inChannel('approver', 'does FCR-1 overlap with FCR-2', 'addressed'));
    expect(approver.said()).toContain('[Details of FCR-1] [Details of FCR-2]');
  });

  it('keeps to the asker what /ports answers, until they share it', async () => {
    const engineer = seat('engineer');
    const asked = await started.program.handleTurn(inChannel('engineer', '/ports edge to director', 'addressed'));
    expect(asked.private).toBe(true);
    await engineer.take(inChannel('engineer', '/ports edge to director', 'addressed'));
    const share = engineer.button('Share in the channel');
    expect(share.action).toBe('share');
  });
});

function never(): never {
  throw new Error('nobody asked');
}
