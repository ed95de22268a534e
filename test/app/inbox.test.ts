import { expect, test } from 'vitest';
import type { Activity } from '../../src/chat/activity.ts';
import { startProgram } from '../support/program.ts';
import { Recorder } from '../support/recorder.ts';

const hour = 3_600_000;

test('what was said is remembered for a day after its answer, and forgotten then', async () => {
  const started = await startProgram();
  const recorder = new Recorder();
  started.program.attach(recorder);
  const activity: Activity = {
    kind: 'message',
    id: 'said-once',
    conversation: { platform: 'web', id: 'direct:engineer', kind: 'direct', thread: null },
    sender: { platform: 'web', tenant: null, id: 'engineer', name: 'engineer', standing: 'member' },
    surface: 'chat',
    text: 'DIR-6',
    heard: 'addressed',
  };
  const begin = started.clock.now().getTime();
  const afterHours = async (hours: number): Promise<'new' | 'known'> => {
    started.clock.set(new Date(begin + hours * hour).toISOString());
    await started.program.deliver();
    return started.program.receive(activity);
  };
  expect(await afterHours(0)).toBe('new');
  expect([await afterHours(1), await afterHours(23)]).toEqual(['known', 'known']);
  expect(await afterHours(49)).toBe('new');
  await started.program.deliver();
  expect(recorder.in('direct:engineer')).toHaveLength(1);
  expect(started.faults).toEqual([]);
  await started.close();
});
