import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { examinePage } from '../../audit/page.ts';
import { openStore } from './open-store.ts';
import type { PageAnswer, PageJob } from './page-workers.ts';

/** A thread of `startPageWorkers`: looks at one page after the other. */
const store = await openStore(z.string().parse(workerData), { now: () => new Date() });

async function answer({ from, until, sizes }: PageJob): Promise<PageAnswer> {
  try {
    return { report: await store.readAudit((trail) => examinePage(trail, trail, from, until, sizes)) };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}

let queue = Promise.resolve();
parentPort?.on('message', (job: PageJob) => {
  queue = queue.then(async () => parentPort?.postMessage(await answer(job)));
});
