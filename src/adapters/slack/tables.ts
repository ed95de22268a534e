import type { Tables } from './card.ts';
import { failureOf } from './errors.ts';
import type { Log } from './log.ts';

/** How tables are written: as Slack's own, until it refuses them, which are not in every Slack yet. */
export type TableChoice = {
  readonly known: () => Tables;
  /** Does the work with table blocks, and if it is refused for its blocks, again with tables as text. */
  readonly trying: <T>(work: (tables: Tables) => Promise<T>) => Promise<T>;
};

export function createTableChoice(log: Log): TableChoice {
  let known: Tables = 'native';
  return {
    known: () => known,
    async trying(work) {
      const tried = known;
      try {
        return await work(tried);
      } catch (error) {
        if (tried === 'lines' || !failureOf(error).reason.startsWith('invalid_blocks')) throw error;
        const done = await work('lines');
        known = 'lines';
        log({ level: 'warn', what: 'Slack refuses table blocks: tables are written as text from now on' });
        return done;
      }
    },
  };
}
