import type { FrontMatter } from './front-matter.ts';
import { type PageFacts, type Paragraph, plainText } from './page.ts';
import type { HtmlPage } from './read-html.ts';

/** A product as its makers write it: capitalised words up to a year. */
const productName = /(?:[A-Z][A-Za-z]*\s){1,5}(?:Server\s)?20\d\d(?!\d)/;
const lastModified = /(?:last (?:modified|updated|reviewed)|修改主题|修改时间|上次更新|更新时间|最后更新)\D{0,20}?(\d[\d/.年月-]{5,11})/i;

/** What a page says of itself, in its front matter and in its text. A date that could be read in two ways counts as not printed. */
export function factsOf(front: FrontMatter['values'], page: HtmlPage): PageFacts {
  const said = (name: string): string | null => front.get(name) ?? null;
  const whole = plainLine(said('title') ?? page.heading);
  const title = plainLine(said('TOCTitle')) ?? whole;
  const product = productOf(whole, title) ?? productOf(page.heading, title);
  const revised = statedDate(page.paragraphs) ?? isoDate(said('ms.date') ?? '', 'month-first') ?? isoDate(said('date') ?? '');
  const urls = [said('ms:mtpsurl'), said('canonical_url'), said('url'), page.canonical];
  return { title, product, revised, url: urls.map((url) => webAddress(url)).find((url) => url !== null) ?? null };
}

const plainLine = (text: string | null): string | null =>
  text === null ? null : plainText(text).replaceAll('\n', ' ').slice(0, 300) || null;

/** The words before the colon, where the rest is the title: "Lync Server 2013：端口摘要"; else what looks like a product's name. */
function productOf(whole: string | null, title: string | null): string | null {
  if (whole === null) return null;
  const [before = '', ...after] = whole.split(/[：:]/);
  if (after.length > 0 && title !== null && after.join(':').trim() === title.replaceAll('：', ':') && before.trim() !== '')
    return before.trim();
  return productName.exec(whole)?.[0].replace(/^(?:In|For|The|Of)\s/, '') ?? null;
}

function statedDate(paragraphs: readonly Paragraph[]): string | null {
  for (const { text } of paragraphs.slice(0, 30)) {
    const date = lastModified.exec(text.normalize('NFKC'))?.[1];
    const iso = date === undefined ? null : isoDate(date);
    if (iso !== null) return iso;
  }
  return null;
}

function isoDate(text: string, slashes: 'month-first' | 'unknown' = 'unknown'): string | null {
  const yearFirst = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?/.exec(text);
  if (yearFirst) return valid(yearFirst[1], yearFirst[2], yearFirst[3]);
  const yearLast = slashes === 'month-first' ? /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text) : null;
  return yearLast && valid(yearLast[3], yearLast[1], yearLast[2]);
}

function valid(year = '', month = '', day = ''): string | null {
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${iso}T00:00:00Z`);
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== iso ? null : iso;
}

function webAddress(text: string | null): string | null {
  return text !== null && /^https?:\/\/\S+$/.test(text) && URL.canParse(text) ? text : null;
}
