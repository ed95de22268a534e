import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SealedLog } from '../../src/app/ports.ts';
import type { Conversation } from '../../src/chat/activity.ts';
import type { ChatPlatform } from '../../src/chat/platform.ts';
import { startProgram, type TestProgram } from '../support/program.ts';
import { Recorder } from '../support/recorder.ts';

/** A platform that keeps its messages away from the database. */
class Elsewhere extends Recorder {
  override readonly id: string = 'slack';
  override readonly capabilities: ChatPlatform['capabilities'];
  constructor(approvals: Conversation) {
    super();
    this.capabilities = { approvals, dialogs: 'here', forms: false, home: false };
  }
}

const channel: Conversation = { platform: 'slack', id: 'C1', kind: 'channel', thread: null };
const note = 'log.example/audit\n7\nXcnaefpmVarZrbdVaQHe2auCOq0vSWDP43D3/u+kYDI=\n\n— log.example/audit AAAAAAAA\n';
const sealed = (size: number): SealedLog => ({ size, note, vkey: 'k', isNew: true });

let started: TestProgram;
let slack: Elsewhere;
let page: Recorder;
beforeEach(async () => {
  started = await startProgram();
  slack = new Elsewhere(channel);
  page = new Recorder();
  for (const platform of [slack, page] satisfies ChatPlatform[]) started.program.attach(platform);
});
afterEach(() => started.close());
const deliver = () => started.program.deliver();

describe('a checkpoint in chat', () => {
  test('is posted once a day where approvers meet, with the exact note to copy', async () => {
    for (const size of [7, 7, 9]) await started.program.anchor(sealed(size));
    await deliver();
    expect(slack.in('C1')).toHaveLength(1);
    expect(slack.in('C1')[0]?.actions).toEqual([{ kind: 'copy', label: 'Copy the checkpoint', text: note }]);
    expect(slack.in('C1')[0]?.summary).toContain('7 entries');
    started.clock.set('2026-11-24T09:00:00.000Z');
    await started.program.anchor(sealed(7));
    await deliver();
    expect(slack.in('C1')).toHaveLength(1);
    await started.program.anchor(sealed(11));
    await deliver();
    expect(slack.in('C1')).toHaveLength(2);
  });

  test('is not posted to the page, whose messages lie in the database that it should vouch for', async () => {
    await started.program.anchor(sealed(7));
    await deliver();
    expect(page.posted).toEqual([]);
  });
});

test('administrators are told once a day that checkpoints no longer reach safety', async () => {
  await started.program.warn('EACCES: permission denied');
  await started.program.warn('EACCES: permission denied');
  await deliver();
  const told = page.posted.filter(({ card }) => card.summary.includes('EACCES'));
  expect(told).toHaveLength(1);
  expect(told[0]?.ref.conversation.id).toBe('direct:admin');
});
