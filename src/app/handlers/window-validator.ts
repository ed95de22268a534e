import { TZDate } from '@date-fns/tz';
import { addDays } from 'date-fns/addDays';
import { isWord } from '../../dialog/commands.ts';
import type { DialogEnv, HandlerContext, Validator, Verdict } from '../../dialog/handlers.ts';
import { formatDay, formatSpan } from '../../dialog/moment.ts';
import type { WeeklyWindow } from '../../domain/approval-policy.ts';
import { changeWindowSchema } from '../../domain/change-request.ts';
import { windowAround } from '../../domain/change-window.ts';
import { instantOf } from '../../domain/instant.ts';
import type { Message } from '../../locale.ts';
import { longestDate, numberPattern, plainTime, readNumber, withClockTimes } from './clock-words.ts';
import { type Day, dayOf, momentOf, readSide, slashDate, splitZone } from './read-moment.ts';
import { accepted, refused, unreadable } from './verdicts.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** Longer than this, or further off, is rather a slip than a change window. */
const longest = 14 * day;
const furthest = 366 * day;
/** An end without a day that lies before the beginning is on the next day, unless the night would be this long. */
const longestNight = 12 * hour;

type Span = { readonly start: Date; readonly end: Date; readonly notices: readonly Message[] };

/** When the work may happen: "next Friday 22:00 for an hour", "明晚十点到十一点", "any window". */
export function windowValidator(windows: readonly WeeklyWindow[]): Validator {
  return {
    freeText: false,
    read: (text, context) => readWindow(text, windows, context),
    recheck: ({ value }, { env }) => {
      const window = changeWindowSchema.safeParse(value);
      if (!window.success) return { key: 'field-error.when' };
      return window.data.kind === 'between' && new Date(window.data.start) <= env.now ? { key: 'field-error.window-passed' } : null;
    },
  };
}

function readWindow(text: string, windows: readonly WeeklyWindow[], { env }: HandlerContext): Verdict {
  if (text.length > longestDate) return unreadable({ key: 'field-error.when' });
  if (isWord('command.any-window', text, env)) return accepted({ kind: 'any' }, env.say({ key: 'dialog.any-window' }, env.reader));
  const slash = slashDate(text);
  if (slash !== null && slash.days.length !== 1) return ambiguous(text, slash.found, slash.days);
  const written = slash === null ? text : text.replace(slash.found, slash.days[0] ?? '');
  const { text: words, zone } = splitZone(plainTime(written), env.reader.zone);
  const span = readSpan(words, zone, env);
  if ('key' in span) return span.key === 'field-error.when' ? unreadable(span) : refused(span);
  const problem = unfit(span, env);
  if (problem !== null) return refused(problem);
  const { start, end } = span;
  const around = windowAround(windows, start, end);
  const spoken = formatSpan(start, end, { ...env.reader, zone });
  const inside: Message | null = around && { key: 'dialog.inside-window', params: { span: spoken, window: around.name } };
  const outside: Message | null = windows.length > 0 ? { key: 'dialog.outside-windows', params: { span: spoken } } : null;
  const placed = inside ?? outside;
  const echo = placed === null ? spoken : env.say(placed, env.reader);
  const notices = placed === outside && outside !== null ? [...span.notices, { key: 'dialog.note.outside-windows' }] : span.notices;
  return accepted({ kind: 'between', start: instantOf(start), end: instantOf(end), zone }, echo, notices);
}

export function ambiguous(text: string, found: string, days: readonly string[]): Verdict {
  if (days.length === 0) return refused({ key: 'field-error.when' });
  const suggestions = days.map((iso) => ({ label: iso, text: text.replace(found, iso) }));
  return refused({ key: 'field-error.date-ambiguous', params: { date: found } }, suggestions);
}

function readSpan(words: string, zone: string, env: DialogEnv): Span | Message {
  const { text, length } = splitLength(words);
  const soon = fromNow(text);
  if (soon !== null) return span(new Date(env.now.getTime() + soon), 'plain', length);
  const [from, until] = splitRange(withClockTimes(text));
  const start = readSide(from, env.now, zone);
  if (!start.ok) return { key: start.problem === 'not-a-time' ? 'field-error.time' : 'field-error.when' };
  if (start.time === null) {
    if (start.day === null) return { key: 'field-error.when' };
    if (momentOf(start.day, { hour: 23, minute: 59 }, zone).date <= env.now) return { key: 'field-error.window-past' };
    const said = formatDay(momentOf(start.day, { hour: 12, minute: 0 }, zone).date, { ...env.reader, zone });
    return { key: 'field-error.which-time', params: { day: said } };
  }
  const first = start.day ?? nextDayWith(start.time, env.now, zone);
  const begin = momentOf(first, start.time, zone);
  if (until === null) return span(begin.date, begin.clock, length);
  if (length !== null) return { key: 'field-error.when' };
  const end = readSide(until.replace(/\bmidnight\b|午夜|零点/gi, '00:00'), env.now, zone);
  if (!end.ok || end.time === null) return { key: 'field-error.when' };
  const ends = momentOf(end.day ?? first, end.time, zone).date;
  if (end.day === null && ends <= begin.date) {
    const tomorrow = addDays(new TZDate(first.year, first.month - 1, first.day, zone), 1);
    const overnight = momentOf(dayOf(tomorrow), end.time, zone).date;
    if (overnight.getTime() - begin.date.getTime() <= longestNight) return between(begin.date, overnight, begin.clock);
  }
  return between(begin.date, ends, begin.clock);
}

function span(start: Date, clock: 'plain' | 'skipped' | 'twice', length: number | null): Span {
  const end = new Date(start.getTime() + (length ?? hour));
  const { notices } = between(start, end, clock);
  return { start, end, notices: length === null ? [...notices, { key: 'dialog.note.one-hour' }] : notices };
}

function between(start: Date, end: Date, clock: 'plain' | 'skipped' | 'twice'): Span {
  return { start, end, notices: clock === 'plain' ? [] : [{ key: `dialog.note.clock-${clock}` }] };
}

function unfit({ start, end }: Span, { now }: DialogEnv): Message | null {
  if (end <= start) return { key: 'field-error.window-inverted' };
  if (start <= now) return { key: 'field-error.window-past' };
  if (end.getTime() - start.getTime() > longest) return { key: 'field-error.window-long' };
  return start.getTime() - now.getTime() > furthest ? { key: 'field-error.window-far' } : null;
}

const englishLength = new RegExp(String.raw`\b(?:for|lasting)\s+(${numberPattern})\s*(hours?|hrs?|h|minutes?|mins?|min|days?)\b`, 'i');
const chineseLength = new RegExp(
  String.raw`(?:持续|為期|为期|共|做)?\s*(${numberPattern})\s*个?個?(半)?\s*(小时|小時|钟头|分钟|分鐘)(?!后|後|以后|之后|内)`,
);

function splitLength(text: string): { readonly text: string; readonly length: number | null } {
  const match = englishLength.exec(text) ?? chineseLength.exec(text);
  const amount = match === null ? null : readNumber(match[1] ?? '');
  if (match === null || amount === null) return { text, length: null };
  const unit = (match[3] ?? match[2] ?? '').toLowerCase();
  const size = /^d/.test(unit) ? day : /^m|分/.test(unit) ? hour / 60 : hour;
  const half = match[3] !== undefined && match[2] === '半' ? 0.5 : 0;
  return { text: text.replace(match[0], ' ').replace(/\s+/g, ' ').trim(), length: (amount + half) * size };
}

const later = new RegExp(
  String.raw`^(?:in\s+(${numberPattern})\s*(hours?|minutes?|mins?)|(${numberPattern})\s*个?(小时|分钟)(?:后|以后|之后))$`,
  'i',
);

function fromNow(text: string): number | null {
  const match = later.exec(text);
  const amount = match === null ? null : readNumber(match[1] ?? match[3] ?? '');
  return match === null || amount === null ? null : amount * (/^m|分/i.test(match[2] ?? match[4] ?? '') ? hour / 60 : hour);
}

/** At the first "to" after a time. "22:00 to 23:00 on Friday" says the day last. */
function splitRange(text: string): readonly [string, string | null] {
  const match = /^(.*?\d{1,2}:\d{2})\s*(?:-|–|—|~|\bto\b|\buntil\b|\btill\b|\band\b|直到|到|至)\s*(.+)$/i.exec(text);
  if (match === null) return [text, null];
  const [from, until] = [match[1] ?? '', match[2] ?? ''];
  const lastTime = /^(\d{1,2}:\d{2})\s+(.+)$/.exec(until);
  const hasNoDay = /^(?:from|between|at)?\s*\d{1,2}:\d{2}$/i.test(from.trim());
  if (hasNoDay && lastTime !== null) return [`${lastTime[2]} ${from}`, lastTime[1] ?? null];
  return [from, until];
}

function nextDayWith(time: { readonly hour: number; readonly minute: number }, now: Date, zone: string): Day {
  const here = new TZDate(now, zone);
  const today = dayOf(here);
  return momentOf(today, time, zone).date > now ? today : dayOf(addDays(here, 1));
}
