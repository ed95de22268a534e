import { parentPort, workerData } from 'node:worker_threads';
import { examinePage } from '../../audit/page.ts';
import type { AuditTrail } from '../../audit/trail.ts';
import { auditTrail } from './audit-trail.ts';
import { openDatabase } from './open-database.ts';
import type { PageAnswer, PageJob } from './page-workers.ts';

/** A thread of `startPageWorkers`: looks at one page after the other. */
const database = await openDatabase(String(workerData));

async function answer({ from, until, sizes }: PageJob): Promise<PageAnswer> {
  const look = (trail: AuditTrail) => examinePage(trail, trail, from, until, sizes);
  try {
    return { report: await database.snapshot((db) => look(auditTrail(db, database.dialect))) };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}

let queue = Promise.resolve();
parentPort?.on('message', (job: PageJob) => {
  queue = queue.then(async () => parentPort?.postMessage(await answer(job)));
});
