import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../../errors.ts';

const usualPatienceMs = 2000;
const shortestPauseMs = 2;
/** Short enough to find the gaps that another process leaves while it writes without a break. */
const longestPauseMs = 16;

/**
 * Does the work again while the database says it is busy, with pauses that grow and differ, so that two who wait do not
 * meet again. Throws `AppError('store-busy')` when `patienceMs` are over. The work must have changed nothing when it finds it busy.
 */
export async function patiently<T>(work: () => Promise<T>, isBusy: (error: unknown) => boolean, patienceMs = usualPatienceMs): Promise<T> {
  const end = performance.now() + patienceMs;
  for (let ceiling = shortestPauseMs; ; ceiling = Math.min(ceiling * 2, longestPauseMs)) {
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (performance.now() >= end) throw new AppError('store-busy', `the database stayed locked for ${patienceMs} ms`, { cause: error });
    }
    await pause(ceiling * (0.5 + Math.random() / 2));
  }
}
