import type { Verdict } from '../../dialog/handlers.ts';
import { numberPattern } from '../handlers/clock-words.ts';
import type { Clause } from './clauses.ts';
import { gone, type Masked, takeOut, whole } from './masked.ts';

/** How a date is understood by its own question. */
export type ReadTime = (words: string) => Verdict;

const latin = new RegExp(String.raw`^[^;。\n\uE001${gone}]{1,100}`);
const hanTime =
  /^(?:[\d:.年月日号號天周週星期礼拜禮今明后後大下本这這个個一二三四五六七八九十两兩零末底半刻整点點时時分钟鐘小早上中午晚凌晨夜里傍间間到至~-]|,\s*(?=\d|[一二两三]|持续|为期)|持续|为期|任意|窗口|变更|时间|随时|之前|永久|长期|有效|\s)+/;

/** The longest beginning that can be read, by words or by characters; what is only almost right counts where nothing better does. */
function longest(words: string, read: ReadTime): string | null {
  const isHan = /^\P{L}*\p{Script=Han}/u.test(words);
  const run = (isHan ? hanTime : latin).exec(words)?.[0] ?? '';
  const cuts = isHan ? [...run].length : run.split(/\s+/).length;
  let almost: string | null = null;
  for (let kept = Math.min(cuts, isHan ? 24 : 12); kept > 0; kept -= 1) {
    const cut = isHan ? [...run].slice(0, kept).join('') : (new RegExp(String.raw`^\s*(?:\S+\s+){${kept - 1}}\S+`).exec(run)?.[0] ?? '');
    const said = cut.replace(/[\s,、.!?:]+$/, '');
    if (
      said === '' ||
      !/(?:\d|day|today|tomorrow|tonight|night|morning|evening|noon|week|weeks|month|months|year|years|days|hour|hours|minutes|mins?|am|pm|sun|mon|tue|wed|thu|fri|sat|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|january|february|march|april|june|july|august|september|october|november|december|window|anytime|time|whenever|utc|gmt|[A-Za-z]+\/[A-Za-z_]+|\p{Script=Han})$/iu.test(
        said,
      )
    )
      continue;
    const verdict = read(said);
    if (verdict.kind === 'accepted') return cut.slice(0, cut.indexOf(said) + said.length);
    if (verdict.meant) almost ??= cut.slice(0, cut.indexOf(said) + said.length);
  }
  return almost;
}

function after(text: Masked, marker: RegExp, read: ReadTime, keep: (marker: string, words: string) => string): Clause {
  const hit = takeOut(text, marker, (match) => {
    const start = match.index + match[0].length;
    const words = longest(text.open.slice(start), read);
    return words === null ? null : { found: keep(match[0], words).trim(), piece: { from: match.index, to: start + words.length } };
  });
  return { said: hit?.found ?? null, text: hit?.text ?? text };
}

const untilWords =
  /(?<!\d:\d\d\s*)(?<!\d\s*[ap]m\s*)(?:\b(?:(?:valid|open|only|expires?|expiring|expiry|ending|ends|end date)\s*(?:is|on|:)?\s*)?(?:until|till|up to|through)\s+|\b(?:expires?|expiring|expiry|ending|ends|end date)\s*(?:is|on|:)?\s*)|(?:有效期|有效|期限|开放|使用|临时)?(?:截止日期|截止|截至|直到|到期日|到期时间|到期|失效|有效期|期限)\s*(?:到|至|为|是|:)*\s*|(?:有效|开放|保留|使用)?(?:到|至)\s*/i;
const amount = new RegExp(
  String.raw`(?:\bfor\s+(?:the next\s+|only\s+)?(${numberPattern}[\s-]*(?:days?|weeks?|months?|years?))\b(?:\s+only)?|(?:有效期?|期限|为期|開放|开放|临时(?:开放|开通)?|使用|保留)?\s*(?:为|是|:)?\s*(?<![\d第])((?:\d{1,3}|[一二两三四五六七八九十半]{1,3})\s*(?:个月|個月|天|周|週|个星期|年(?!\d|[一二三四五六七八九十]*月)))(?:后到期|内有效|有效|期)?)`,
  'i',
);

/** Until when: "until Friday", "for 3 months", "permanently", 到周五, 三个月. `forever`: the words that mean no end. */
export function expiryIn(text: Masked, read: ReadTime, forever: readonly string[]): Clause {
  const until = after(text, untilWords, read, (_, words) => words);
  if (until.said !== null) return until;
  const length = takeOut(text, amount, (match) => {
    const found = match[1] ?? match[2] ?? '';
    return read(found).kind === 'accepted' ? { found, piece: whole(match) } : null;
  });
  if (length !== null) return { said: length.found, text: length.text };
  const words = forever.filter((word) => [...word].length > 1 && word !== 'unlimited').sort((a, b) => b.length - a.length);
  const never = new RegExp(
    `(?:${words.map((word) => (/[a-z]/i.test(word) ? `\\b${word}\\b` : `${word}(?:有效|开放|开通(?!从|边|控))?`)).join('|') || '(?!)'})`,
    'i',
  );
  const hit = takeOut(text, never, (match) => ({
    found: words.find((word) => match[0].toLowerCase().startsWith(word.toLowerCase())) ?? '',
    piece: whole(match),
  }));
  return { said: hit?.found ?? null, text: hit?.text ?? text };
}

const months = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*';
const weekdays = '(?:mon|tues?|wednes|thurs?|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun';
const windowStart = new RegExp(
  String.raw`(?:\b(?:on|at|from|between|starting|during|window\s*(?:is|:)?|when\s*:)\s+(?:the\s+)?)*(?:\b(?:today|tonight|tomorrow|any(?: change)? window|any ?time|whenever|next (?:week|month|${weekdays})|this (?:week|weekend|evening|afternoon|morning|${weekdays})|coming (?:${weekdays})|${weekdays}|in (?:\d{1,3}|an?|two|three) hours?)\b|\b\d{4}-\d{1,2}-\d{1,2}\b|\b\d{1,2}\/\d{1,2}\/\d{4}\b|\b\d{1,2}(?:st|nd|rd|th)?(?: of)? ${months}\b|\b${months} \d{1,2}(?!\d)|(?<![\w:.])\d{1,2}:\d{2}(?![\w:.])|\b\d{1,2}\s?[ap]m\b)|(?:在|于|时间\s*(?:是|为|:)?|窗口\s*(?:是|为|:)?)?\s*(?=今天|今晚|明|后天|後天|大后天|下周|下週|下个?星期|下个?月|本周|这周|周[一二三四五六日末天]|週[一二三四五六日]|星期[一二三四五六日天]|礼拜|\d{4}年|\d{1,2}月\d|凌晨|晚上|下午|上午|早上|任意|随时)`,
  'i',
);

/** When: "tomorrow night", "next friday 22:00 for an hour", 明晚十点. */
export function windowIn(text: Masked, read: ReadTime): Clause {
  const hit = takeOut(text, windowStart, (match) => {
    if (/\b(?:by|before|after|since|until|till)\s+$/i.test(text.open.slice(0, match.index))) return null;
    const words = longest(text.open.slice(match.index), (said) => read(bare(said)));
    const isBound = words !== null && /^(?:之|以)?[前后]/.test(text.open.slice(match.index + words.length));
    return words === null || isBound ? null : { found: bare(words).trim(), piece: { from: match.index, to: match.index + words.length } };
  });
  return { said: hit?.found ?? null, text: hit?.text ?? text };
}

function bare(words: string): string {
  return words.replace(/^\s*(?:(?:during|window\s*(?:is|:)?|when\s*:)\s+(?:the\s+)?|(?:时间|窗口)\s*(?:是|为|:)?\s*)/i, '');
}
