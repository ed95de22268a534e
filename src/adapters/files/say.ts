import { AppError } from '../../errors.ts';
import type { Locale, MessageParam, Reader, Say } from '../../locale.ts';
import type { Texts } from './texts.ts';

/** Says messages from the texts of the locale files. */
export function createSay(texts: Texts): Say {
  const clock = createClockFace();
  const fill = (param: MessageParam, reader: Reader): string => {
    if (typeof param !== 'object') return String(param);
    return 'at' in param ? clock(param.at, reader) : param[reader.locale];
  };
  return ({ key, params }, reader) => {
    const text = texts[reader.locale][key];
    if (text === undefined) throw new AppError('text-missing', `there is no text ${key} in ${reader.locale}`);
    return text.replace(/\{([a-z_]+)\}/g, (_, name: string) => {
      const param = params?.[name];
      if (param === undefined) throw new AppError('text-missing', `nothing fills {${name}} of the text ${key}`);
      return fill(param, reader);
    });
  };
}

const shapes: Readonly<Record<Locale, Intl.DateTimeFormatOptions & { readonly tag: string }>> = {
  en: {
    tag: 'en-GB',
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  },
  'zh-CN': {
    tag: 'zh-CN',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  },
};

/** Formatters are slow to make and quick to use, so each is made once. */
function createClockFace(): (at: string, reader: Reader) => string {
  const formats = new Map<string, Intl.DateTimeFormat>();
  return (at, { locale, zone }) => {
    const key = `${locale} ${zone}`;
    const { tag, ...shape } = shapes[locale];
    const format = formats.get(key) ?? new Intl.DateTimeFormat(tag, { ...shape, timeZone: zone });
    formats.set(key, format);
    return format.format(new Date(at));
  };
}
