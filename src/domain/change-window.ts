import { TZDate } from '@date-fns/tz';
import { addDays } from 'date-fns/addDays';
import { getISODay } from 'date-fns/getISODay';
import { startOfDay } from 'date-fns/startOfDay';
import type { WeeklyWindow } from './approval-policy.ts';

/** The window that all of the time from `start` to `end` lies in, or null. Clock changes are those of the window's own zone. */
export function windowAround(windows: readonly WeeklyWindow[], start: Date, end: Date): WeeklyWindow | null {
  return windows.find((window) => isInside(window, start, end)) ?? null;
}

export function isInside(window: WeeklyWindow, start: Date, end: Date): boolean {
  let reached: number | null = null;
  for (const [opens, closes] of occurrences(window, start, end)) {
    const continues = reached !== null && opens <= reached && closes > reached;
    if (continues || (reached === null && opens <= start.getTime() && start.getTime() < closes)) reached = closes;
    if (reached !== null && end.getTime() <= reached) return true;
  }
  return false;
}

/** From the day before `start`, whose window may last past midnight, to the day of `end`: opening and closing, in order. */
function* occurrences(window: WeeklyWindow, start: Date, end: Date): Generator<readonly [number, number]> {
  const first = addDays(startOfDay(new TZDate(start, window.zone)), -1);
  for (let day = first; day.getTime() <= end.getTime(); day = addDays(day, 1)) {
    if (!window.days.includes(getISODay(day))) continue;
    const lastsOvernight = window.until <= window.from;
    yield [at(day, window.from, window.zone), at(lastsOvernight ? addDays(day, 1) : day, window.until, window.zone)];
  }
}

function at(day: Date, time: string, zone: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return new TZDate(day.getFullYear(), day.getMonth(), day.getDate(), hours, minutes, zone).getTime();
}
