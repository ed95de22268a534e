import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startProgram } from '../support/program.ts';
import { Recorder, Seat } from '../support/recorder.ts';

it('a draft survives a restart, whether it was open or put aside, with all that was typed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'portclerk-draft-'));
  const databaseUrl = `sqlite:${join(folder, 'test.db')}`;
  try {
    const before = await startProgram({ databaseUrl });
    const engineer = new Seat(before, new Recorder(), 'engineer');
    await engineer.say('which ports from Edge to Director?');
    await engineer.press('Request these ports');
    await engineer.press('Site A');
    await engineer.say('The new pool goes live.');
    await before.close();

    const after = await startProgram({ databaseUrl });
    const again = new Seat(after, new Recorder(), 'engineer');
    await again.say('UC platform team');
    await again.press('Any window');
    await again.press('Permanent');
    await again.say('Remove the rule.');
    expect(again.said()).toContain('The new pool goes live.');
    await again.press('Keep as draft');
    await after.close();

    const later = await startProgram({ databaseUrl });
    later.program.attach(new Recorder());
    const third = new Seat(later, new Recorder(), 'engineer');
    await third.say('my requests');
    await third.press('Take it up again');
    await third.press('Submit');
    expect(third.said()).toContain('FCR-1 is submitted');
    expect((await later.store.requests())[0]?.content.business_need).toBe('The new pool goes live.');
    await later.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
