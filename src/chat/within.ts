/** What came of some work by a given time. Late work goes on. */
export type InTime<T> = { readonly kind: 'done'; readonly value: T } | { readonly kind: 'late' };

/** Waits for `work` for so long, and no longer. Rejects where the work does, in time. */
export async function within<T>(work: Promise<T>, ms: number): Promise<InTime<T>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<InTime<T>>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'late' }), ms);
  });
  try {
    return await Promise.race([work.then((value) => ({ kind: 'done' as const, value })), late]);
  } finally {
    clearTimeout(timer);
  }
}

export class TooLate extends Error {
  override readonly name = 'TooLate';
}

/** The work's outcome; rejects with `TooLate`, naming the work, once `ms` are over. */
export async function inTime<T>(work: Promise<T>, ms: number, what: string): Promise<T> {
  const outcome = await within(work, ms);
  if (outcome.kind === 'late') throw new TooLate(`${what}: no answer within ${ms} ms`);
  return outcome.value;
}
