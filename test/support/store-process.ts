import { writeSync } from 'node:fs';
import { openStore } from '../../src/adapters/store/open-store.ts';
import { sampleRequest, transition } from './store-samples.ts';

/**
 * A process of its own over a store: `URL FROM TO` takes FCR-1 from version to version and says each result at once, between
 * marks that a trace of system calls shows too. It begins with the first byte of its standard input, and stays until killed.
 */
const [url = '', from = '1', to = '1'] = process.argv.slice(2);
const say = (line: string): void => void writeSync(1, `${line}\n`);

const store = await openStore(url, { now: () => new Date() });
await store.nextRequestNumber();
say('ready');
process.stdin.once('data', async () => {
  for (let version = Number(from); version <= Number(to); version += 1) {
    say(`begin ${version}`);
    const { kind } = await store.commit(transition(sampleRequest(1, version)));
    say(`${kind} ${version}`);
  }
  say('end');
});
