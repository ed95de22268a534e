import type { PlainTextElement } from '@slack/types';
import { cut } from '../../chat/cut.ts';
import { visible } from '../../chat/visible.ts';

const notificationRoom = 600;

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
