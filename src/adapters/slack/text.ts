import type { PlainTextElement } from '@slack/types';
import { visible } from '../../chat/visible.ts';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** Seen beyond a cut to know whether it goes through a grapheme. */
const lookahead = 64;
const notificationRoom = 600;

/** At most `room` UTF-16 units, never through a grapheme; what is missing shows as an ellipsis. */
export function cut(text: string, room: number): string {
  return text.length <= room ? text : `${headOf(text, room - 1).trimEnd()}…`;
}

/** The text in pieces of at most `room` UTF-16 units, split after a line, else after a word, else between graphemes. */
export function pieces(text: string, room: number): readonly string[] {
  const found: string[] = [];
  let rest = text;
  while (rest.length > room) {
    const head = headOf(rest, room);
    const line = head.lastIndexOf('\n') + 1;
    const word = head.lastIndexOf(' ') + 1;
    const end = [line, word].find((place) => place > room / 2) ?? head.length;
    found.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return rest === '' && found.length > 0 ? found : [...found, rest];
}

/** A mark stacked so high that it alone fills the room is cut between code points. */
function headOf(text: string, room: number): string {
  const end = graphemes.segment(text.slice(0, room + lookahead)).containing(room)?.index ?? room;
  if (end > 0) return text.slice(0, end);
  return text.slice(0, /[\ud800-\udbff]/.test(text.charAt(room - 1)) ? room - 1 : room);
}

/** What Slack shows as it stands: no markup, no mentions, no `:emoji:`. Slack refuses an empty one. */
export function plainText(text: string, room: number): PlainTextElement {
  return plainLines(text.replaceAll(/\s*[\r\n]+\s*/g, ' ').trim(), room);
}

/** As `plainText`, with its line breaks. */
export function plainLines(text: string, room: number): PlainTextElement {
  const shown = cut(visible(text), room);
  return { type: 'plain_text', text: isBlank(shown) ? '–' : shown, emoji: false };
}

/** Nothing to see: spaces, and the joiners that `visible` leaves. */
export function isBlank(text: string): boolean {
  return /^[\s\u200c\u200d]*$/.test(text);
}

const signs: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  // Slack has no escape for these four: signs that look alike format nothing.
  '*': '\u2217',
  _: '\u02cd',
  '~': '\u223c',
  '`': '\u02cb',
};

/**
 * A message's top-level `text`, for notifications and screen readers: the one text of ours that Slack reads as markup. Short,
 * because `chat.update` refuses more than 4000 bytes there. Names as #general and @here stay words as long as `parse` and
 * `link_names` are not set.
 */
export function notificationText(summary: string): string {
  const { text } = plainText(summary, notificationRoom);
  return text.replaceAll(/[&<>*_~`]/g, (sign) => signs[sign] ?? sign);
}
