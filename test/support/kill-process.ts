import { writeSync } from 'node:fs';
import { signingKeys } from '../../src/adapters/anchors/signing-keys.ts';
import { openStore } from '../../src/adapters/store/open-store.ts';
import { sampleRequest, transition } from './store-samples.ts';

/**
 * A process under load until it is killed: `KEYFILE URL…` takes FCR-1 of every database from version to version, all of them
 * at once, and signs each log now and then. It says what was committed: the database's number, and the version or `sealed SIZE`.
 */
const [keyFile = '', ...urls] = process.argv.slice(2);
const say = (line: string): void => void writeSync(1, `${line}\n`);
const sealEvery = 7;
const keys = signingKeys(keyFile, 'log.example');

async function work(url: string, place: number): Promise<never> {
  const store = await openStore(url, { now: () => new Date() });
  const request = await store.request(sampleRequest(1).id);
  for (let version = (request?.version ?? 0) + 1; ; version += 1) {
    const { kind } = await store.commit(transition(sampleRequest(1, version)));
    if (kind !== 'committed') throw new Error(`${url}: version ${version}: ${kind}`);
    say(`${place} ${version}`);
    if (version % sealEvery === 0) say(`${place} sealed ${(await store.sealAudit(keys)).size}`);
  }
}

await Promise.all(urls.map(work));
