import { TZDate } from '@date-fns/tz';
import { addDays } from 'date-fns/addDays';
import { addMonths } from 'date-fns/addMonths';
import { addWeeks } from 'date-fns/addWeeks';
import { addYears } from 'date-fns/addYears';
import { endOfMonth } from 'date-fns/endOfMonth';
import { endOfYear } from 'date-fns/endOfYear';
import { isWord } from '../../dialog/commands.ts';
import type { DialogEnv, HandlerContext, Validator, Verdict } from '../../dialog/handlers.ts';
import { formatMomentInZone } from '../../dialog/moment.ts';
import { changeWindowSchema, expirySchema } from '../../domain/change-request.ts';
import { instantOf } from '../../domain/instant.ts';
import type { JsonObject, Message } from '../../locale.ts';
import { longestDate, numberPattern, plainTime, readNumber, withClockTimes } from './clock-words.ts';
import { dayOf, momentOf, readSide, slashDate, splitZone } from './read-moment.ts';
import { accepted, refused, unreadable } from './verdicts.ts';
import { ambiguous } from './window-validator.ts';

/** Until when the rule may stand: "6 months", "until Friday" (the end of that day), "31 Dec 2026", "permanent". */
export const expiryValidator: Validator = {
  freeText: false,
  read: readExpiry,
  recheck: ({ value }, { env, values }) => {
    const expiry = expirySchema.safeParse(value);
    if (!expiry.success) return { key: 'field-error.expiry' };
    return expiry.data.kind === 'permanent' ? null : unfit(new Date(expiry.data.at), values, env);
  },
};

function readExpiry(text: string, { env, values }: HandlerContext): Verdict {
  if (text.length > longestDate) return unreadable({ key: 'field-error.expiry' });
  if (isWord('command.permanent', text, env)) return accepted({ kind: 'permanent' }, env.say({ key: 'dialog.permanent' }, env.reader));
  const slash = slashDate(text);
  if (slash !== null && slash.days.length !== 1) return ambiguous(text, slash.found, slash.days);
  const written = slash === null ? text : text.replace(slash.found, slash.days[0] ?? '');
  const { text: words, zone } = splitZone(plainTime(written), env.reader.zone);
  const at = readEnd(words.replace(/^(?:until|till|by|up to|for|到|至|直到|截至|截止到?)\s*/i, ''), zone, env);
  if (at === null) return unreadable({ key: 'field-error.expiry' });
  const problem = unfit(at, values, env);
  if (problem !== null) return refused(problem);
  const moment = formatMomentInZone(at, { ...env.reader, zone });
  return accepted({ kind: 'until', at: instantOf(at), zone }, env.say({ key: 'dialog.until', params: { moment } }, env.reader));
}

function readEnd(text: string, zone: string, env: DialogEnv): Date | null {
  const today = new TZDate(env.now, zone);
  const reached = afterLength(text, today) ?? endOfPeriod(text, today);
  if (reached !== null) return endOfDay(reached, zone);
  const side = readSide(withClockTimes(text), env.now, zone);
  if (!side.ok || side.day === null) return null;
  return side.time === null ? lastMinute(side.day, zone) : momentOf(side.day, side.time, zone).date;
}

const length = new RegExp(
  String.raw`^(?:in\s+)?(${numberPattern})[\s-]*[个個]?\s*(days?|weeks?|months?|years?|天|日|周|週|星期|月|年)(?:后|後|以后|之后)?$`,
  'i',
);

function afterLength(text: string, today: Date): Date | null {
  const match = length.exec(text);
  const amount = match === null ? null : readNumber(match[1] ?? '');
  if (match === null || amount === null) return null;
  const unit = (match[2] ?? '').toLowerCase();
  if (/^year|年/.test(unit)) return Number.isInteger(amount) ? addYears(today, amount) : addMonths(today, Math.round(amount * 12));
  if (!Number.isInteger(amount)) return null;
  if (/^month|月/.test(unit)) return addMonths(today, amount);
  return /^week|周|週|星期/.test(unit) ? addWeeks(today, amount) : addDays(today, amount);
}

function endOfPeriod(text: string, today: Date): Date | null {
  if (/^(?:(?:the )?end of (?:the |this )?month|(?:本|这个)?月底)$/i.test(text)) return endOfMonth(today);
  if (/^(?:(?:the )?end of next month|下(?:个)?月底)$/i.test(text)) return endOfMonth(addMonths(today, 1));
  if (/^(?:(?:the )?end of (?:the |this )?year|(?:今)?年底)$/i.test(text)) return endOfYear(today);
  return null;
}

function endOfDay(date: Date, zone: string): Date {
  return lastMinute(dayOf(date), zone);
}

function lastMinute(day: Parameters<typeof momentOf>[0], zone: string): Date {
  return momentOf(day, { hour: 23, minute: 59 }, zone).date;
}

function unfit(at: Date, values: JsonObject, env: DialogEnv): Message | null {
  if (at <= env.now) return { key: 'field-error.expiry-past' };
  if (at.getFullYear() - env.now.getFullYear() > 10) return { key: 'field-error.expiry-far' };
  const window = changeWindowSchema.safeParse(values['window']);
  const opens = window.success && window.data.kind === 'between' ? new Date(window.data.end) : null;
  return opens !== null && at <= opens ? { key: 'field-error.expiry-before-window' } : null;
}
