import { TZDate } from '@date-fns/tz';
import type { ParsedComponents } from 'chrono-node';
import * as en from 'chrono-node/en';
import * as zh from 'chrono-node/zh';
import { addDays } from 'date-fns/addDays';
import { isTimeZone } from '../../domain/time-zone.ts';

/** A day in a calendar, `month` from 1. */
export type Day = { readonly year: number; readonly month: number; readonly day: number };
export type Time = { readonly hour: number; readonly minute: number };

export type Side =
  | { readonly ok: true; readonly day: Day | null; readonly time: Time | null }
  | { readonly ok: false; readonly problem: 'not-a-date' | 'not-a-time' };

const fillers = /\b(?:on|at|from|the|starting|start|begin|beginning|between)\b|[从從在的于於]|开始|開始|起|[,()]/gi;
const backwards = /\b(?:last|past|yesterday|ago|previous)\b|上(?:个|個)?(?:周|週|星期|礼拜|月)|昨|前天/i;
const hasHan = /\p{Script=Han}/u;

/** Reads one end: a day in words, a time as `HH:MM`, or both. Words that say neither make it unreadable, so that nothing is guessed. */
export function readSide(text: string, now: Date, zone: string): Side {
  const time = /(?<!\d)(\d{1,2}):(\d{2})(?::\d{2})?(?!\d)/.exec(text);
  const rest = (time === null ? text : text.replace(time[0], ' ')).replace(fillers, ' ').replace(/\s+/g, ' ').trim();
  const at = time === null ? null : { hour: Number(time[1]), minute: Number(time[2]) };
  if (at !== null && (at.hour > 23 || at.minute > 59)) return { ok: false, problem: 'not-a-time' };
  if (rest === '') return { ok: true, day: null, time: at };
  const day = readDay(rest, at, now, zone);
  return day === null ? { ok: false, problem: 'not-a-date' } : { ok: true, day, time: at };
}

function readDay(text: string, at: Time | null, now: Date, zone: string): Day | null {
  const here = new TZDate(now, zone);
  const reference = { instant: now, timezone: -here.getTimezoneOffset() };
  const parser = hasHan.test(text) ? zh : en;
  const [found, ...more] = parser.parse(traditional(text), reference, { forwardDate: !backwards.test(text) });
  if (found === undefined || more.length > 0 || found.end || leftOver(traditional(text), found.text) !== '') return null;
  const { start } = found;
  if (!start.isCertain('weekday') && !start.isCertain('day')) return null;
  const read = { year: start.get('year'), month: start.get('month'), day: start.get('day') };
  if (read.year === null || read.month === null || read.day === null) return null;
  const day = { year: read.year, month: read.month, day: read.day };
  return saysToday(text, start, here) && at !== null ? upcoming(here, at, now, zone) : day;
}

/** The parser knows "the day after tomorrow" in traditional characters alone. */
function traditional(text: string): string {
  return text.replace(/后(?=[天日])/g, '後');
}

/** What the parser did not read, but for words that say only "this". */
function leftOver(text: string, read: string): string {
  return text
    .replace(read, ' ')
    .replace(/\bthis\b|\bcoming\b|[这這本]/gi, ' ')
    .trim();
}

/** A bare weekday on that very weekday: today while the time is still to come. */
function saysToday(text: string, start: ParsedComponents, here: TZDate): boolean {
  return (
    start.isCertain('weekday') &&
    !start.isCertain('day') &&
    start.get('weekday') === here.getDay() &&
    !/\b(?:next|last)\b|[下上]/i.test(text)
  );
}

function upcoming(here: TZDate, at: Time, now: Date, zone: string): Day {
  const today = dayOf(here);
  return momentOf(today, at, zone).date > now ? today : dayOf(addDays(here, 7));
}

export function dayOf(date: Date): Day {
  return { year: date.getFullYear(), month: date.getMonth() + 1, day: date.getDate() };
}

/** The moment a wall clock shows that, and what a clock change makes of it: an hour it skips, or one it shows twice (the first is meant). */
export function momentOf(
  day: Day,
  { hour, minute }: Time,
  zone: string,
): { readonly date: Date; readonly clock: 'plain' | 'skipped' | 'twice' } {
  const local = new TZDate(day.year, day.month - 1, day.day, hour, minute, zone);
  const date = new Date(local.getTime());
  if (local.getHours() !== hour || local.getMinutes() !== minute) return { date, clock: 'skipped' };
  const before = new Date(date.getTime() - 3_600_000);
  const after = new Date(date.getTime() + 3_600_000);
  if (showsSame(before, local, zone)) return { date: before, clock: 'twice' };
  return { date, clock: showsSame(after, local, zone) ? 'twice' : 'plain' };
}

function showsSame(date: Date, local: TZDate, zone: string): boolean {
  const other = new TZDate(date, zone);
  return other.getHours() === local.getHours() && other.getMinutes() === local.getMinutes();
}

/** A zone named in the text, as `Europe/Berlin` or `UTC`, taken out of it. */
export function splitZone(text: string, fallback: string): { readonly text: string; readonly zone: string } {
  const named = /\b(?:[A-Za-z]+\/[A-Za-z_]+(?:\/[A-Za-z_]+)?|UTC|GMT)\b/.exec(text)?.[0];
  if (named === undefined || !isTimeZone(named)) return { text, zone: fallback };
  return { text: text.replace(named, ' ').replace(/\s+/g, ' ').trim(), zone: named };
}

/** `5/12/2026` is two days, depending on who reads it: both, as ISO dates. One day where only one reading is a date. */
export function slashDate(text: string): { readonly found: string; readonly days: readonly string[] } | null {
  const match = /\b(\d{1,2})\/(\d{1,2})\/(\d{4})\b/.exec(text);
  if (match === null) return null;
  const [found, first = '', second = '', year = ''] = match;
  const iso = (month: string, day: string) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const days = [
    ...(Number(second) <= 12 ? [iso(second, first)] : []),
    ...(Number(first) <= 12 && first !== second ? [iso(first, second)] : []),
  ];
  return { found, days };
}
