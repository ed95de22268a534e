import { writeSync } from 'node:fs';
import { openStore } from '../../src/adapters/store/open-store.ts';
import { claimed, later } from './store-samples.ts';

/**
 * A process of its own over a store: `URL work|hold`, from the first byte of its standard input on. It takes deliveries and events
 * on, says each, and ends it; or says what it took on and ends nothing. It stays until killed.
 */
const [url = '', mode = ''] = process.argv.slice(2);
const say = (line: string): void => void writeSync(1, `${line}\n`);

const store = await openStore(url, { now: () => new Date() });

async function round(): Promise<number> {
  const rows = await claimed(store, 'web', 0);
  for (const { id } of rows) {
    say(`row ${id}`);
    if (mode === 'work') await store.delivered(id, null);
  }
  const events = await store.claimInbox(['slack'], later(0), later(1), 99);
  for (const event of events) {
    say(`event ${event.id}`);
    if (mode === 'work') await store.commit({ audit: [], received: event });
  }
  return rows.length + events.length;
}

await store.nextRequestNumber();
say('ready');
process.stdin.once('data', async () => {
  while ((await round()) > 0);
  say('end');
});
