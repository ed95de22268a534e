import { setTimeout as pause } from 'node:timers/promises';

export class TooLate extends Error {
  override readonly name = 'TooLate';
}

/** The work's outcome, or `TooLate` once `ms` are over; the work itself goes on. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const timer = new AbortController();
  const late = pause(ms, undefined, { signal: timer.signal }).then(() => {
    throw new TooLate(`no answer within ${ms} ms`);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    timer.abort();
    late.catch(() => undefined);
    work.catch(() => undefined);
  }
}
