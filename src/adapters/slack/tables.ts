import type { Rendering } from './';
import { failureOf } from './errors.ts';
import type { Log } from './log.ts';

/** How tables are written: as Slack's own, until it refuses them, as one that is not there yet in every Slack. */
export type Tables = {
  readonly rendering: () => Rendering;
  /** Does the work with tables, and if that is refused for its blocks, again with tables as text. */
  readonly trying: <T>(work: (rendering: Rendering) => Promise<T>) => Promise<T>;
};

export function createTables(log: Log): Tables {
  let known: Rendering = { tables: 'native' };
  return {
    rendering: () => known,
    async trying(work) {
      const tried = known;
      try {
        return await work(tried);
      } catch (error) {
        if (tried.tables === 'lines' || !failureOf(error).reason.startsWith('invalid_blocks')) throw error;
        const done = await work({ tables: 'lines' });
        known = { tables: 'lines' };
        log({ level: 'warn', what: 'Slack refuses table blocks: tables are written as text from now on' });
        return done;
      }
    },
  };
}
