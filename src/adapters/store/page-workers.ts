import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Examine } from '../../audit/log-walk.ts';
import type { PageReport } from '../../audit/page.ts';

/** What a worker is asked, and what it says back. */
export type PageJob = { readonly from: number; readonly until: number; readonly sizes: readonly number[] };
export type PageAnswer = { readonly report: PageReport } | { readonly fault: string };

/** Threads that look at pages of the log side by side, each with a connection of its own. */
export type PageWorkers = { readonly page: Examine; readonly atOnce: number; close(): Promise<void> };

/** Pages under way for each thread: the next one is asked for before the last is taken. */
const pagesEach = 3;

export function startPageWorkers(url: string, count: number): PageWorkers {
  const threads = Array.from({ length: count }, () => new Thread(url));
  let turn = 0;
  return {
    atOnce: count * pagesEach,
    page(from, until, sizes) {
      const thread = threads[turn % count];
      turn += 1;
      if (thread === undefined) return Promise.reject(new Error('there is no worker'));
      return thread.ask({ from, until, sizes });
    },
    async close() {
      await Promise.all(threads.map((thread) => thread.end()));
    },
  };
}

/** Answers come in the order of the questions. */
class Thread {
  readonly #worker: Worker;
  readonly #waiting: { readonly resolve: (report: PageReport) => void; readonly reject: (fault: Error) => void }[] = [];
  #fault: Error | null = null;

  constructor(url: string) {
    this.#worker = startThread(url);
    this.#worker.on('message', (answer: PageAnswer) => {
      const first = this.#waiting.shift();
      if ('report' in answer) first?.resolve(answer.report);
      else first?.reject(new Error(answer.fault));
    });
    this.#worker.on('error', (fault) => this.#fail(fault));
    this.#worker.on('exit', () => this.#fail(new Error('a thread that verifies has ended')));
  }

  ask(job: PageJob): Promise<PageReport> {
    if (this.#fault !== null) return Promise.reject(this.#fault);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage(job);
    });
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #fail(fault: unknown): void {
    this.#fault = fault instanceof Error ? fault : new Error(String(fault));
    for (const { reject } of this.#waiting.splice(0)) reject(this.#fault);
  }
}

function startThread(url: string): Worker {
  const extension = extname(import.meta.url);
  const script = new URL(`page-worker${extension}`, import.meta.url);
  if (extension !== '.ts') return new Worker(script, { workerData: url });
  // Run from its sources, a thread needs what reads them first.
  const source = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(script.href)}); })`;
  return new Worker(source, { eval: true, workerData: url });
}
