import { afterEach, describe, expect, it } from 'vitest';
import { inChannel } from '../support/in-channel.ts';
import { startProgram, type TestProgram } from '../support/program.ts';
import { Recorder, Seat } from '../support/recorder.ts';

let started: TestProgram | null = null;
afterEach(() => started?.close());

class Forms extends Recorder {
  override readonly capabilities = { ...new Recorder().capabilities, forms: true };
}
class Other extends Recorder {
  override readonly id: string = 'terminal';
}

async function help(who: string, recorder = new Recorder(), others: readonly Recorder[] = []): Promise<string> {
  started = await startProgram();
  for (const platform of [recorder, ...others]) started.program.attach(platform);
  const person = new Seat(started, recorder, who);
  return person.say('help');
}

describe('help', () => {
  it.each([
    ['engineer', ['Request these ports', '/fcr list'], ['Decide:', 'Implement:', 'approvals here', 'directory of people']],
    ['approver', ['Request these ports', 'Decide:', '/fcr list'], ['Implement:', 'approvals here']],
    ['auditor', ['/fcr list'], ['Request these ports', 'Decide:', 'Implement:']],
    ['implementer', ['实施：', '/fcr 列表'], ['审批：', '在这里审批']],
    ['admin', ['审批：', '在这里审批', '这里用中文'], ['实施：']],
    ['stranger', ['Ask about ports', 'directory of people'], ['Decide:', 'Implement:', '/fcr']],
  ])('tells %s what they may do, and nothing that they may not', async (who, told, untold) => {
    const text = await help(who);
    for (const part of told) expect(text).toContain(part);
    for (const part of untold) expect(text).not.toContain(part);
  });

  it('speaks of forms only where there are any, and of linking only where there is another platform', async () => {
    const plain = await help('engineer');
    expect(plain).not.toContain('as a form');
    expect(plain).not.toContain('link my Slack account');
    await started?.close();
    const full = await help('engineer', new Forms(), [new Other()]);
    expect(full).toContain('as a form');
    expect(full).toContain('link my Slack account');
  });

  it('is for the eyes of whoever asked in a channel', async () => {
    await help('engineer');
    const reply = await started?.program.handleTurn(inChannel('engineer', 'help', 'addressed'));
    expect(reply?.private).toBe(true);
  });
});
