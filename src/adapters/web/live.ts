import type { BoardMessage } from '../../app/ports.ts';

const kept = 500;

/** Where a listener's events go. `event` is null for the default kind. */
export type Listener = {
  mayRead(message: BoardMessage): boolean;
  send(id: string, event: 'message' | 'refresh', message: BoardMessage | null): void;
  end(): void;
};

/** Tells every open page of what is posted and edited. Event ids are `<epoch>-<count>`; another process has another epoch. */
export type Live = {
  publish(message: BoardMessage): void;
  /**
   * Starts to listen after the event `lastId`: what came since is sent again, or, when that is no longer known (null,
   * another process, too long ago), a `refresh`, on which the page reads everything. Returns a function that ends it.
   */
  listen(listener: Listener, lastId: string | null): () => void;
  close(): void;
};

export function createLive(epoch: string): Live {
  const listeners = new Set<Listener>();
  let recent: readonly { readonly count: number; readonly message: BoardMessage }[] = [];
  let count = 0;
  const idOf = (n: number) => `${epoch}-${n}`;

  function missed(lastId: string | null): typeof recent | null {
    const [, theirEpoch, theirs] = /^(.*)-(\d+)$/.exec(lastId ?? '') ?? [];
    const since = Number(theirs);
    if (theirEpoch !== epoch || since > count || since < count - recent.length) return null;
    return recent.filter((event) => event.count > since);
  }

  return {
    publish(message) {
      count += 1;
      recent = [...recent, { count, message }].slice(-kept);
      for (const listener of listeners) if (listener.mayRead(message)) listener.send(idOf(count), 'message', message);
    },
    listen(listener, lastId) {
      const events = missed(lastId);
      if (events === null) listener.send(idOf(count), 'refresh', null);
      else for (const event of events) if (listener.mayRead(event.message)) listener.send(idOf(event.count), 'message', event.message);
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      for (const listener of listeners) listener.end();
      listeners.clear();
    },
  };
}
