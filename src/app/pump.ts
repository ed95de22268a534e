/** Takes on up to `limit` pieces of work, and does one. */
export type Pumping<T extends { readonly id: string }> = {
  readonly claim: (limit: number) => Promise<readonly T[]>;
  readonly work: (piece: T) => Promise<void>;
  readonly atOnce: number;
};

/**
 * Does all the work there is, several pieces at once, so that one that takes long holds up nothing else. A call resolves when
 * nothing is left, and makes a pump that is running look again; it rejects with the first failure, after the rest is done.
 */
export function createPump<T extends { readonly id: string }>({ claim, work, atOnce }: Pumping<T>): () => Promise<void> {
  const inHand = new Map<string, Promise<void>>();
  let running: Promise<void> | null = null;
  let isAsked = false;
  let wake = (): void => undefined;

  async function run(): Promise<void> {
    const failures: unknown[] = [];
    for (;;) {
      isAsked = false;
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const room = atOnce - inHand.size;
      const claimed = room > 0 ? await claim(room) : [];
      // A piece that takes longer than its lease is claimed once more.
      for (const piece of claimed.filter(({ id }) => !inHand.has(id))) {
        const done = work(piece)
          .catch((failure: unknown) => void failures.push(failure))
          .finally(() => inHand.delete(piece.id));
        inHand.set(piece.id, done);
      }
      if (inHand.size > 0) await Promise.race([...inHand.values(), woken]);
      else if (claimed.length === 0 && !isAsked) break;
    }
    if (failures.length > 0) throw failures[0];
  }

  return () => {
    isAsked = true;
    wake();
    running ??= run().finally(() => {
      running = null;
    });
    return running;
  };
}
