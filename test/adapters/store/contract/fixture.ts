import { afterEach, beforeEach } from 'vitest';
import { type OpenStore, openStore } from '../../../../src/adapters/store/open-store.ts';
import { SetClock } from '../../../support/store-samples.ts';

/** A database as a contract needs it: migrated and empty. `execute` runs SQL behind the store's back. */
export type Backend = { fresh(): Promise<{ readonly url: string; execute(sql: string): Promise<void>; remove(): Promise<void> }> };

/** What a test of the contract works with; every test has an empty database. */
export type Fixture = {
  readonly store: OpenStore;
  readonly clock: SetClock;
  readonly url: string;
  /** One more connection to the same database, as another process has it. */
  another(): Promise<OpenStore>;
  execute(sql: string): Promise<void>;
};

export function eachTest(backend: Backend): () => Fixture {
  let fixture: Fixture | undefined;
  let end: () => Promise<void> = async () => undefined;
  beforeEach(async () => {
    const { url, execute, remove } = await backend.fresh();
    const clock = new SetClock();
    const open: OpenStore[] = [];
    const another = async () => {
      const store = await openStore(url, clock);
      open.push(store);
      return store;
    };
    fixture = { store: await another(), clock, url, another, execute };
    end = async () => {
      for (const store of open) await store.close();
      await remove();
    };
  });
  afterEach(() => end());
  return () => {
    if (fixture === undefined) throw new Error('asked for outside a test');
    return fixture;
  };
}
