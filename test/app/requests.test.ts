import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
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

const auditSchema = z.object({ type: z.string(), outcome: z.string(), after: z.record(z.string(), z.json()).nullable() });

/** The audit entries so far, as `type outcome`, a refusal with its reason. */
async function audited(): Promise<readonly string[]> {
  const entries = await started.store.readAudit((trail) => trail.entries(0, 1000));
  return entries.map(({ bytes }) => {
    const { type, outcome, after } = auditSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
    return outcome === 'refused' ? `${type} refused: ${after?.['refusal']}` : `${type} ${outcome}`;
  });
}

describe('a request', () => {
  it('starts from an answer, fills in what the site knows, and shows everything before it is sent', async () => {
    const engineer = seat('engineer');
    await askAndFillIn(engineer);
    expect(engineer.said()).toContain('192.0.2.');
    expect(engineer.said()).toContain('5061/tcp');
    expect(engineer.said()).toContain('Every flow is exactly as the catalogue says.');
    expect(recorder.in('approvals')).toEqual([]);
    await engineer.press('Submit');
    expect(engineer.said()).toContain('FCR-1 is submitted');
    expect(recorder.in('approvals')[0]?.title).toContain('FCR-1');
  });

  it('is approved by somebody else, and every copy of its card changes', async () => {
    const engineer = await submitted();
    const approver = seat('approver');
    expect(approver.sees()).toContain('[Approve]');
    await approver.press('Approve');
    expect(approver.said()).toContain('FCR-1 is approved');
    for (const card of [...recorder.in('approvals').slice(0, 1), ...recorder.in('direct:engineer').slice(0, 1)]) {
      expect(card.summary).toContain('approved');
    }
    expect(engineer.sees()).toContain('approved FCR-1');
    expect(approver.sees()).not.toContain('[Approve]');
  });

  it('is not decided by its requester, nor by somebody without the role; both are told and kept', async () => {
    const engineer = await submitted();
    const approver = seat('approver');
    const click = approver.click(approver.button('Approve'));
    const asEngineer = { ...click, id: 'own-click-1', conversation: recorder.direct('engineer') };
    await engineer.take({ ...asEngineer, sender: { ...click.sender, id: 'engineer' } });
    expect(engineer.said()).toContain('You asked for this change');
    const auditor = seat('auditor');
    await auditor.take({ ...click, id: 'own-click-2', sender: { ...click.sender, id: 'auditor' } });
    expect(auditor.said()).toContain('not among the approvers');
    const stranger = seat('stranger');
    await stranger.take({ ...click, id: 'own-click-3', sender: { ...click.sender, id: 'stranger' } });
    expect(stranger.said()).toContain('stranger');
    expect(stranger.said()).toContain('admin@example.com');
    expect((await started.store.requests())[0]?.state).toBe('in-approval');
    expect((await audited()).slice(-3)).toEqual([
      'request.approve refused: own-request',
      'request.approve refused: not-approver',
      'request.approve refused: unknown-person',
    ]);
  });

  it('goes to one of two who decide at once; the other is told by whom and when', async () => {
    await submitted();
    const [approver, other] = [seat('approver'), seat('admin')];
    const clicks = [approver.click(approver.button('Approve')), other.click(other.button('批准'))] as const;
    const [first, second] = await Promise.all([approver.take(clicks[0]), other.take(clicks[1])]);
    const told = [first, second].filter((text) => text.includes('already') || text.includes('已批准 FCR-1'));
    expect(told).toHaveLength(1);
    expect((await started.store.requests())[0]?.approvals).toHaveLength(1);
    expect((await audited()).filter((entry) => entry.startsWith('request.approve')).sort()).toEqual([
      'request.approve done',
      'request.approve refused: state-by.approved',
    ]);
  });

  it('takes the same click once, however often and at the same time it is sent', async () => {
    await submitted();
    const approver = seat('approver');
    const button = approver.button('Approve');
    const clicks = [1, 2, 3, 4, 5].map(() => approver.click(button));
    const answers = await Promise.all(clicks.map((click) => approver.take(click)));
    expect(new Set(answers).size).toBe(1);
    expect((await started.store.requests())[0]?.approvals).toHaveLength(1);
  });

  it('comes back with a reason, is changed, and is decided anew; the old card is stale', async () => {
    const engineer = await submitted();
    const approver = seat('approver');
    const oldApprove = approver.click(approver.button('Approve'));
    await approver.press('Send back');
    await approver.say('Name the ticket, please.');
    expect(engineer.sees()).toContain('Name the ticket, please.');
    await engineer.press('Change and resubmit');
    await engineer.say('change ticket');
    await engineer.say('CHG-42');
    await engineer.press('Submit');
    expect(engineer.said()).toContain('FCR-1 is submitted');
    await approver.take(oldApprove);
    expect(approver.said()).toContain('has changed since this card was shown');
    expect((await audited()).at(-1)).toBe('request.approve refused: stale-card');
    await approver.press('Approve');
    expect((await started.store.requests())[0]).toMatchObject({ state: 'approved', content: { ticket: 'CHG-42' } });
  });

  it('with a risky service asks for a compensating control, and is approved all the same', async () => {
    const engineer = seat('engineer');
    await engineer.say('which ports from internal client to director?');
    await engineer.press('Request these ports');
    await engineer.press('Site A');
    await engineer.say('People sign in.');
    await engineer.say('UC platform team');
    await engineer.say('HTTP only answers with a redirect.');
    await engineer.press('Any window');
    await engineer.press('Permanent');
    await engineer.say('Remove the rules.');
    await engineer.press('Submit');
    expect((await started.store.requests())[0]?.findings.map(({ message }) => message.key)).toContain('finding.risky-service');
    const approver = seat('approver');
    await approver.press('Approve');
    expect((await started.store.requests())[0]?.state).toBe('approved');
  });

  it('is asked about in between, and nothing is void', async () => {
    const engineer = await submitted();
    const approver = seat('approver');
    await approver.press('Ask');
    await approver.say('Which of the two pools is it?');
    expect(engineer.sees()).toContain('Which of the two pools is it?');
    await engineer.press('Answer');
    await engineer.say('Pool A, the new one.');
    expect(approver.sees()).toContain('Pool A, the new one.');
    await approver.press('Approve');
    expect((await started.store.requests())[0]?.state).toBe('approved');
  });

  it('can be withdrawn, and then nobody decides it any more', async () => {
    const engineer = await submitted();
    const approver = seat('approver');
    const approve = approver.click(approver.button('Approve'));
    await engineer.press('Withdraw');
    await approver.take(approve);
    expect(approver.said()).toContain('withdrew FCR-1');
    expect((await audited()).at(-1)).toBe('request.approve refused: state-by.withdrawn');
    expect((await started.store.requests())[0]?.state).toBe('withdrawn');
  });

  it('goes all the way: approved, taken back, approved again, implemented, verified, closed', async () => {
    const engineer = await submitted();
    const approver = seat('approver');
    await approver.press('Approve');
    await approver.press('Take back my approval');
    expect((await started.store.requests())[0]?.state).toBe('in-approval');
    await approver.say('approve FCR-1 fine by me after all');
    const implementer = seat('implementer');
    await implementer.press('开始实施');
    await implementer.press('登记结果');
    await implementer.press('已实施');
    await implementer.say('show rule 12');
    await implementer.press('提交');
    expect((await started.store.requests())[0]?.state).toBe('implemented');
    await engineer.press('It works');
    expect((await started.store.requests())[0]?.state).toBe('closed');
  });
});

describe('whatever is typed', () => {
  it.each(['\ud800', '\u0000', '\u202e'.repeat(50), '<b>&amp;[x](http://y)</b>', '😂'.repeat(3000)])(
    'number %# of the hostile ones gets an answer',
    async (text) => {
      const engineer = seat('engineer');
      expect(await engineer.say(text)).not.toBe('');
      await engineer.say('new request');
      expect(await engineer.say(text)).not.toBe('');
    },
  );
});

describe('the outbox', () => {
  it('tries again what a platform did not take, in order, and posts nothing twice', async () => {
    let failures = 3;
    recorder.failing = () => {
      failures -= 1;
      return failures >= 0 ? { kind: 'retry', afterMs: 1000, reason: 'busy' } : null;
    };
    await submitted();
    for (let minute = 1; minute < 5; minute += 1) {
      started.clock.set(`2026-11-23T09:0${minute}:00.000Z`);
      await started.program.deliver();
    }
    expect(recorder.in('approvals')).toHaveLength(1);
    expect(new Set(recorder.posted.map(({ key }) => key)).size).toBe(recorder.posted.length);
  });
});
