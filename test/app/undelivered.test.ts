import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Conversation } from '../../src/chat/activity.ts';
import type { Delivery, Posting } from '../../src/chat/platform.ts';
import { startProgram, type TestProgram } from '../support/program.ts';
import { cardText, Recorder, Seat } from '../support/recorder.ts';
import { askAndFillIn } from '../support/walk.ts';

/** A platform on which some conversations are no more. */
class Losing extends Recorder {
  byAccount = false;
  override direct(accountId: string): Conversation {
    return this.byAccount ? { ...super.direct(accountId), id: accountId } : super.direct(accountId);
  }
  gone: readonly string[] = [];
  override post(posting: Posting): Promise<Delivery> {
    if (this.gone.includes(posting.conversation.id)) return Promise.resolve({ kind: 'gone', reason: 'channel_not_found' });
    return super.post(posting);
  }
}

let started: TestProgram;
let recorder: Losing;
const seat = (who: string) => new Seat(started, recorder, who);

beforeEach(async () => {
  started = await startProgram();
  recorder = new Losing();
  started.program.attach(recorder);
});
afterEach(() => started.close());

async function submitted(gone: readonly string[]): Promise<Seat> {
  recorder.gone = gone;
  const engineer = seat('engineer');
  await askAndFillIn(engineer);
  await engineer.press('Submit');
  await started.program.deliver();
  return engineer;
}

describe('a request whose card could not be posted everywhere', () => {
  it('says so on every copy that stands, to whoever looks at it, and in its timeline', async () => {
    const engineer = await submitted(['approvals']);
    const said = 'Could not be posted to web approvals: channel_not_found';
    expect(engineer.sees()).toContain(said);
    const approver = seat('approver');
    expect(approver.sees()).toContain(said);
    await approver.press('Details');
    expect(approver.said()).toContain(said);
    expect(await approver.say('FCR-1')).toContain(said);
    expect(await approver.say('timeline FCR-1')).toContain('a message could not be delivered');
    const admin = seat('admin');
    expect(admin.sees()).toContain('未能发送到 web approvals');
  });

  it('names the person whose own copy is missing, and is decided by others all the same', async () => {
    recorder.byAccount = true;
    await submitted(['admin']);
    const copies = recorder.in('approver').map(cardText).join('\n');
    expect(copies).toContain('Could not be posted to web 陈安: channel_not_found');
    expect(await seat('approver').say('approve FCR-1')).toContain('is approved');
  });
});
