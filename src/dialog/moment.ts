import { TZDate } from '@date-fns/tz';
import { format } from 'date-fns/format';
import { enGB } from 'date-fns/locale/en-GB';
import { zhCN } from 'date-fns/locale/zh-CN';
import type { Locale, Reader } from '../locale.ts';

const languages = { en: enGB, 'zh-CN': zhCN } as const;
const dayPattern: Record<Locale, string> = { en: 'EEEE d MMMM yyyy', 'zh-CN': 'yyyy年M月d日 EEEE' };

/** A moment in the reader's language and zone: `Friday 27 November 2026 22:00`, `2026年11月27日 星期五 22:00`. */
export function formatMoment(at: Date, reader: Reader): string {
  return `${formatDay(at, reader)} ${formatTime(at, reader)}`;
}

export function formatDay(at: Date, reader: Reader): string {
  return format(new TZDate(at, reader.zone), dayPattern[reader.locale], { locale: languages[reader.locale] });
}

export function formatTime(at: Date, reader: Reader): string {
  return format(new TZDate(at, reader.zone), 'HH:mm');
}

const comma: Record<Locale, string> = { en: ', ', 'zh-CN': '，' };

/** `Friday 27 November 2026 22:00, Europe/Berlin` */
export function formatMomentInZone(at: Date, reader: Reader): string {
  return `${formatMoment(at, reader)}${comma[reader.locale]}${reader.zone}`;
}

/** `Friday 27 November 2026, 22:00-23:00, Europe/Berlin`; an end on another day is named in full. */
export function formatSpan(start: Date, end: Date, reader: Reader): string {
  const [first, last] = [formatDay(start, reader), formatDay(end, reader)];
  if (first !== last) return `${formatMoment(start, reader)} - ${formatMomentInZone(end, reader)}`;
  return [first, `${formatTime(start, reader)}-${formatTime(end, reader)}`, reader.zone].join(comma[reader.locale]);
}
