import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type WatchedKnowledge, watchKnowledge } from '../../src/adapters/files/watch.ts';
import { knownNames } from '../../src/app/dialog-handlers.ts';
import { dirs } from '../support/knowledge.ts';
import { startProgram, type TestProgram } from '../support/program.ts';
import { Recorder, Seat } from '../support/recorder.ts';
import { askAndFillIn } from '../support/walk.ts';

const never = 3_600_000;
let folder: string;
let watched: WatchedKnowledge;
let started: TestProgram;
let recorder: Recorder;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portclerk-reload-'));
  cpSync(dirs.data, join(folder, 'data'), { recursive: true });
  cpSync(dirs.dialogs, join(folder, 'dialogs'), { recursive: true });
  const result = watchKnowledge({ data: join(folder, 'data'), dialogs: join(folder, 'dialogs') }, knownNames, never);
  if (!result.ok) throw new Error('the copy does not load');
  watched = result.source;
  started = await startProgram({ knowledge: watched });
  recorder = new Recorder();
  started.program.attach(recorder);
});
afterEach(async () => {
  await started.close();
  watched.close();
  rmSync(folder, { recursive: true, force: true });
});

async function edit(file: string, change: (text: string) => string): Promise<void> {
  const path = join(folder, 'data', file);
  writeFileSync(path, change(readFileSync(path, 'utf8')));
  // Once to see the change, once to see that it stands still.
  watched.look();
  watched.look();
  await started.store.readAudit((trail) => trail.lastIndex());
  await started.program.deliver();
}

it('a sound edit of the people is in force at once, without a restart', async () => {
  const eve = new Seat(started, recorder, 'eve');
  await eve.say('new request');
  expect(eve.said()).toContain('eve');
  await edit('people.yaml', (text) =>
    text.replace(
      'people:\n',
      'people:\n  - { id: eve, name: Eve, email: eve@example.com, locale: en, zone: Europe/Berlin, powers: [request] }\n',
    ),
  );
  await eve.say('new request');
  expect(eve.said()).toContain('Where?');
});

it('a bad edit keeps the earlier state in force, tells the administrators where, and is kept in the trail', async () => {
  await edit('people.yaml', (text) => text.replace('members: [', 'members: [nobody-of-that-name, '));
  await vi.waitFor(() =>
    expect(recorder.in('direct:admin').map(({ summary }) => summary)).toEqual([
      expect.stringMatching(/people\.yaml:\d+:\d+.*nobody-of-that-name/),
    ]),
  );
  const engineer = new Seat(started, recorder, 'engineer');
  await engineer.say('new request');
  expect(engineer.said()).toContain('Where?');
  const entries = await started.store.readAudit((trail) => trail.entries(0, 10));
  expect(entries.map(({ bytes }) => Buffer.from(bytes).toString('utf8')).join()).toContain('"type":"configuration.reload"');
});

it('an approver who is new in the people file is asked about what waits already', async () => {
  const engineer = new Seat(started, recorder, 'engineer');
  await askAndFillIn(engineer);
  await engineer.press('Submit');
  const eve = new Seat(started, recorder, 'eve');
  expect(eve.sees()).toBe('');
  await edit('people.yaml', (text) =>
    text
      .replace('people:\n', 'people:\n  - { id: eve, name: Eve, email: eve@example.com, locale: en, zone: Europe/Berlin }\n')
      .replace('members: [', 'members: [eve, '),
  );
  await vi.waitFor(() => expect(eve.sees()).toContain('[Approve]'));
});
