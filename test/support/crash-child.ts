// Submits a request and dies: in the middle of its first delivery, before or after the platform has the message.
import { createLive } from '../../src/adapters/web/live.ts';
import { createWebPlatform } from '../../src/adapters/web/platform.ts';
import { startProgram } from './program.ts';
import { Recorder, Seat } from './recorder.ts';
import { askAndFillIn } from './walk.ts';

const [databaseUrl = '', moment] = process.argv.slice(2);
const started = await startProgram({ databaseUrl });
const platform = createWebPlatform(started.store, createLive('child'), started.clock);
started.program.attach({
  ...platform,
  post: async (posting) => {
    if (moment === 'after') await platform.post(posting);
    process.kill(process.pid, 'SIGKILL');
    return { kind: 'retry', afterMs: null, reason: 'dead' };
  },
});
const engineer = new Seat(started, new Recorder(), 'engineer');
await askAndFillIn(engineer);
await engineer.press('Submit');
