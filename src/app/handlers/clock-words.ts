/** Longer than anybody words a date; the patterns below take time with the square of it. */
export const longestDate = 200;

/** Full width to half width, ISO's `T` to a blank, and one blank between words. */
export function plainTime(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/(\d{4}-\d{1,2}-\d{1,2})t(?=\d)/gi, '$1 ')
    .replace(/[,。;]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

const digits: Readonly<Record<string, number>> = {
  零: 0,
  一: 1,
  二: 2,
  两: 2,
  兩: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  half: 0.5,
  'half a': 0.5,
  'half an': 0.5,
  半: 0.5,
};
export const numberPattern = String.raw`(?:\d+(?:\.\d+)?|half an?|half|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|半|[零一二两兩三四五六七八九十]+)`;

/** A number in digits, in an English word, or in Chinese characters up to ninety-nine. */
export function readNumber(text: string): number | null {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  const word = digits[text.toLowerCase()];
  if (word !== undefined) return word;
  const tens = /^([一二三四五六七八九])?十([一二三四五六七八九])?$/.exec(text);
  if (tens === null) return null;
  return (digits[tens[1] ?? '一'] ?? 1) * 10 + (digits[tens[2] ?? '零'] ?? 0);
}

const chineseTime =
  /(凌晨|清晨|早上|上午|早|中午|下午|傍晚|晚上|夜里|晚)?\s*(\d{1,2}|[零一二两兩三四五六七八九十]{1,3})\s*[点點时時](?!间)(?:\s*(半|一刻|三刻|整|\d{1,2}|[零一二三四五六七八九十]{1,3}))?分?/g;
const minutesIn: Readonly<Record<string, number>> = { 半: 30, 一刻: 15, 三刻: 45, 整: 0 };

/** Every way to say a time of day, as `HH:MM`. A time after 到 without its own part of the day takes the one before it. */
export function withClockTimes(text: string): string {
  return englishTimes(chineseTimes(text));
}

function chineseTimes(text: string): string {
  let part = '';
  return text
    .replace(/(今|明|后|後)晚/g, '$1天晚上')
    .replace(chineseTime, (whole, said: string | undefined, hour: string, rest: string | undefined) => {
      const spoken = readNumber(hour);
      const minute = rest === undefined ? 0 : (minutesIn[rest] ?? readNumber(rest));
      if (spoken === null || minute === null) return whole;
      part = said ?? part;
      return ` ${clock(hourOf(spoken, part), minute)} `;
    })
    .replace(/(凌晨|早上|上午|下午|晚上|晚)\s*(\d{1,2}):(\d{2})/g, (_, said: string, hour: string, minute: string) =>
      clock(hourOf(Number(hour), said), Number(minute)),
    )
    .replace(/晚上(?![^-到至]*\d:\d)/g, ' 22:00 ')
    .replace(/晚上/g, ' ');
}

function hourOf(spoken: number, part: string): number {
  const isLate = /下午|傍晚|晚/.test(part) || (part === '中午' && spoken < 11);
  return isLate && spoken < 12 && !(part.startsWith('晚') && spoken === 0) ? spoken + 12 : spoken;
}

function englishTimes(text: string): string {
  return text
    .replace(/\b(\d{1,2})(:\d{2})?\s*(-|–|to|until|till)\s*(\d{1,2})(:\d{2})?\s*([ap])\.?m\b\.?/gi, '$1$2$6m $3 $4$5$6m')
    .replace(/\b(\d{1,2})(?::(\d{2}))?\s*([ap])\.?m\b\.?/gi, (_, hour: string, minute: string | undefined, half: string) =>
      clock((Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0), Number(minute ?? 0)),
    )
    .replace(/\b(\d{1,2})h(\d{2})?\b/gi, (_, hour: string, minute: string | undefined) => clock(Number(hour), Number(minute ?? 0)))
    .replace(/\bnoon\b/gi, '12:00')
    .replace(/\btonight\b/gi, 'today night')
    .replace(/\bnight\b(?=.*\d:\d)/gi, ' ')
    .replace(/\bnight\b/gi, '22:00')
    .replace(/\s+/g, ' ')
    .trim();
}

function clock(hour: number, minute: number): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
