import { readEntry } from './read-entry.ts';
import type { LogSource } from './trail.ts';

/** The number of the first entry at or after a moment (ISO 8601, UTC), by halves: entries stand in the order of their times. The log's size when all are earlier. */
export async function firstSince(log: LogSource, moment: string): Promise<number> {
  let [low, high] = [0, ((await log.lastIndex()) ?? -1) + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const [stored] = await log.entries(middle, middle + 1);
    const at = stored && readEntry(stored.bytes)?.at;
    // One that can't be read is looked at, and all after it.
    if (at !== undefined && at < moment) low = middle + 1;
    else high = middle;
  }
  return low;
}
