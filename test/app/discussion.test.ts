import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
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

/** Submits a request; the id of the message that opens its thread. */
async function submitted(): Promise<string> {
  const engineer = seat('engineer');
  await askAndFillIn(engineer);
  await engineer.press('Submit');
  const opening = recorder.posted.find(({ ref }) => ref.conversation.id === 'approvals');
  if (opening === undefined) throw new Error('nothing stands in the approvals channel');
  return opening.ref.id;
}

const entry = z.object({ type: z.string(), object: z.string().nullable() });
async function discussed(): Promise<number> {
  const entries = await started.store.readAudit((trail) => trail.entries(0, 9999));
  return entries
    .map(({ bytes }) => entry.parse(JSON.parse(Buffer.from(bytes).toString('utf8'))))
    .filter(({ type, object }) => type === 'request.discussed' && object === 'FCR-1').length;
}

const say = (who: string, text: string, thread: string | null, over: { standing?: 'member' | 'guest' | 'foreign' } = {}) =>
  started.program.handleTurn(inChannel(who, text, 'thread', { channel: 'approvals', thread, ...over }));

describe('what is said in a request’s thread', () => {
  it('is kept with the request and answered by nothing, whoever said it', async () => {
    const thread = await submitted();
    const posted = recorder.posted.length;
    const lines: readonly (readonly [string, string])[] = [
      ['approver', 'isn’t pool A going away next month anyway, folks'],
      ['engineer', 'FCR-1 is for pool B, see the ticket'],
      ['implementer', '谢谢'],
      ['stranger', 'I run the load balancer, fine with me'],
    ];
    for (const [who, text] of lines) expect((await say(who, text, thread)).cards).toEqual([]);
    await say('visitor', 'we see the same from outside', thread, { standing: 'foreign' });
    await started.program.deliver();
    expect(recorder.posted.length).toBe(posted);
    expect(await discussed()).toBe(5);
    const auditor = seat('approver');
    await auditor.say('timeline FCR-1');
    expect(auditor.said()).toContain('Ada Marin | said in its thread: “isn’t pool A going away next month anyway, folks”');
    expect(auditor.said()).toContain('said in its thread: “I run the load balancer, fine with me”');
    expect(auditor.said()).toContain('said in its thread: “we see the same from outside”');
  });

  it('changes nothing of the request: a card from before still decides', async () => {
    const thread = await submitted();
    const approver = seat('approver');
    const click = approver.click(approver.button('Approve'));
    const before = (await started.store.requests())[0];
    await Promise.all([say('engineer', 'thanks for looking', thread), say('implementer', 'ready when you are, team', thread)]);
    expect((await started.store.requests())[0]).toEqual(before);
    expect(await approver.take(click)).toContain('is approved');
  });

  it('is kept once, however often and at the same time it arrives', async () => {
    const thread = await submitted();
    const activity = inChannel('approver', 'let us wait for the network team', 'thread', { channel: 'approvals', thread });
    await Promise.all([1, 2, 3].map(() => started.program.handleTurn(activity)));
    expect(await discussed()).toBe(1);
  });

  it('is answered where it is a question, and kept all the same', async () => {
    const thread = await submitted();
    const reply = await say('approver', 'what is 5061 used for?', thread);
    expect(reply.private).toBe(false);
    expect(reply.cards).not.toEqual([]);
    expect(await discussed()).toBe(1);
  });

  it('is an order where it is one: with the request’s id, and as the bare word without', async () => {
    const thread = await submitted();
    await say('approver', 'approve FCR-1 fine by me', thread);
    expect((await started.store.requests())[0]).toMatchObject({ state: 'approved', approvals: [{ comment: 'fine by me' }] });
    await say('approver', 'take back my approval', thread);
    expect((await started.store.requests())[0]?.state).toBe('in-approval');
    await say('approver', 'approve', thread);
    expect((await started.store.requests())[0]?.state).toBe('approved');
    expect(await discussed()).toBe(0);
  });

  it('withdraws nothing by “cancel”, which is also said to a dialog', async () => {
    const thread = await submitted();
    await say('engineer', 'cancel', thread);
    expect((await started.store.requests())[0]?.state).toBe('in-approval');
  });

  it('is nothing to keep in any other thread, or in the channel itself', async () => {
    await submitted();
    await say('approver', 'see you tomorrow everybody', 'another-message');
    await say('approver', 'see you tomorrow everybody', null);
    expect(await discussed()).toBe(0);
  });

  it('is the answer to a question that a dialog asks there, and no talk', async () => {
    const thread = await submitted();
    const approver = seat('approver');
    const click = approver.click(approver.button('Reject'));
    const conversation = { platform: 'web', id: 'approvals', kind: 'channel', thread } as const;
    await started.program.handleTurn({ ...click, conversation });
    await say('approver', 'The destination is wider than the need.', thread);
    expect((await started.store.requests())[0]?.state).toBe('rejected');
    expect(await discussed()).toBe(0);
  });
});
