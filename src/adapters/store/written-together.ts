import { setImmediate as others } from 'node:timers/promises';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Schema } from './schema.ts';

type Work<T> = (tx: Transaction<Schema>) => Promise<T>;
/** `work` resolves with what tells its outcome, once that is on the disk. */
type Job = { readonly work: Work<() => void>; readonly fail: (error: unknown) => void };

/** Whoever else writes waits for as long as that many take. */
const mostTogether = 50;

/**
 * Writes what comes at the same time in one transaction, since waiting for the disk costs more than all the rest of it. Each
 * work is done as a whole or not at all, one after the other, and resolves when it is on the disk. What one throws undoes it
 * alone; when the transaction cannot begin or end, all of its works reject.
 */
export function writtenTogether(db: Kysely<Schema>): <T>(work: Work<T>) => Promise<T> {
  const waiting: Job[] = [];
  let isWriting = false;

  async function writeAll(): Promise<void> {
    isWriting = true;
    while (waiting.length > 0) {
      await others();
      const jobs = waiting.splice(0, mostTogether);
      try {
        const tells = await db.transaction().execute((tx) => inOrder(tx, jobs));
        for (const tell of tells) tell();
      } catch (error) {
        for (const { fail } of jobs) fail(error);
      }
    }
    isWriting = false;
  }

  return (work) =>
    new Promise((resolve, reject) => {
      const job: Work<() => void> = async (tx) => {
        const result = await work(tx);
        return () => resolve(result);
      };
      waiting.push({ work: job, fail: reject });
      if (!isWriting) void writeAll();
    });
}

async function inOrder(tx: Transaction<Schema>, jobs: readonly Job[]): Promise<readonly (() => void)[]> {
  const [only, second] = jobs;
  if (only !== undefined && second === undefined) return [await only.work(tx)];
  const tells: (() => void)[] = [];
  for (const job of jobs) tells.push(await apart(tx, job));
  return tells;
}

async function apart(tx: Transaction<Schema>, { work, fail }: Job): Promise<() => void> {
  await sql`savepoint work`.execute(tx);
  try {
    const tell = await work(tx);
    await sql`release work`.execute(tx);
    return tell;
  } catch (error) {
    // A full disk has ended the whole transaction by itself: then nothing of it stands.
    await sql`rollback to work`.execute(tx).catch(() => {
      throw error;
    });
    await sql`release work`.execute(tx);
    return () => fail(error);
  }
}
