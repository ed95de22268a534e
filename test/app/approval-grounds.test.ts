import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startProgram, type TestProgram } from '../support/program.ts';
import { cardText, Recorder, Seat } from '../support/recorder.ts';

let started: TestProgram;
let recorder: Recorder;
const seat = (who: string) => new Seat(started, recorder, who);

beforeEach(async () => {
  started = await startProgram();
  recorder = new Recorder();
  started.program.attach(recorder);
});
afterEach(() => started.close());

const reasons = ['legacy switches have to be managed', 'Switch management', 'Network team', 'opens it to two hosts', 'jump host only'];

async function submitted(service: string, window: readonly string[]): Promise<void> {
  const engineer = seat('engineer');
  await engineer.say('new request');
  await engineer.press('Other addresses');
  await engineer.say(`192.0.2.10 -> 198.51.100.20 : ${service}`);
  for (const reason of reasons) await engineer.say(reason);
  for (const answer of window) await engineer.say(answer);
  await engineer.say('permanent');
  await engineer.say('remove the rule');
  await engineer.press('Submit');
}

describe('an approval', () => {
  it('is taken of a request with any findings, as long as they are those that were submitted', async () => {
    await submitted('20-99/tcp', ['any window']);
    const request = (await started.store.requests())[0];
    expect(request?.findings.map(({ message }) => message.key)).toEqual(
      expect.arrayContaining(['finding.wide-ports', 'finding.risky-service', 'finding.not-in-catalogue']),
    );
    const approver = seat('approver');
    await approver.press('Approve');
    expect(approver.said()).toContain('FCR-1 is approved');
    expect(recorder.in('approvals').map(cardText).join('\n')).toContain('Approved by Ada Marin, Monday 23 November 2026 09:00, UTC');
    expect(approver.sees()).toContain('Approved by Ada Marin, Monday 23 November 2026 10:00\n');
  });

  it('is refused once the change window is over, and so is a start; the next step is said', async () => {
    await submitted('23/tcp', ['2026-11-27 22:00-23:00', 'correct']);
    const approver = seat('approver');
    started.clock.set('2026-11-28T09:00:00.000Z');
    await approver.press('Approve');
    expect(approver.said()).toContain('The change window of FCR-1 ended');
    expect(approver.said()).toContain('Send it back');
    started.clock.set('2026-11-24T09:00:00.000Z');
    await approver.say('approve FCR-1');
    started.clock.set('2026-11-28T09:00:00.000Z');
    const implementer = seat('implementer');
    await implementer.press('开始实施');
    expect(implementer.said()).toContain('FCR-1 的变更窗口已于');
    expect((await started.store.requests())[0]?.state).toBe('scheduled');
  });
});
