import type { KnownBlock } from '@slack/types';
import type { Card } from '../../chat/card.ts';
import { cut } from '../../chat/cut.ts';
import type { Message, Say } from '../../locale.ts';
import { type Kept, renderButtons } from './buttons.ts';
import { asideBlocks, elementBlocks, titleBlocks } from './elements.ts';
import { beginning, type Piece, paged } from './paging.ts';
import { type Shortening, shortened, shortenings } from './shorten.ts';
import { isNative } from './table.ts';
import { notificationText } from './text.ts';

/** What one `chat.postMessage` or `chat.update` shows. Buttons refer to what is `kept`: it has to be stored before. */
export type SlackMessage = { readonly text: string; readonly blocks: KnownBlock[]; readonly kept: readonly Kept[] };

const labelRoom = 75;

/** `lines` writes tables as text, for a Slack that refuses the table block. */
export type Tables = 'native' | 'lines';

/**
 * The card as one message or, where one does not hold it, as several to be posted one after the other in the same place.
 * Nothing is cut: each but the last ends by saying that more follows, and the buttons stand under the last.
 */
export function renderSlackMessages(card: Card, say: Say, tables: Tables = 'native'): readonly SlackMessage[] {
  const { labels, rows, kept } = renderButtons(card.actions);
  const pages = paged([...bodyOf(card, tables), ...labels, ...rows]);
  return pages.map((blocks, index) => {
    const params = { number: index + 1, of: pages.length };
    const before = index > 0 ? said(card, say, { key: 'slack.continued', params }) : [];
    const after = index < pages.length - 1 ? said(card, say, { key: 'slack.goes-on', params }) : [];
    return messageOf(card, [...before, ...blocks, ...after], index === 0 ? kept : []);
  });
}

/**
 * The card as exactly one message, for those that are edited in place. What does not fit is cut, long texts and tables first,
 * and a line under them says so and names the button that shows the whole.
 */
export function renderSlackCard(card: Card, say: Say, tables: Tables = 'native'): SlackMessage {
  const [whole, ...more] = renderSlackMessages(card, say, tables);
  if (whole !== undefined && more.length === 0) return whole;
  for (const shortening of shortenings) {
    const { body, end, kept } = shortOf(card, shortening, say, tables);
    const [page, ...others] = paged([...body, ...end]);
    if (page !== undefined && others.length === 0) return messageOf(card, [...page], kept);
  }
  const { body, end, kept } = shortOf(card, shortenings[shortenings.length - 1] ?? shortenings[0], say, 'lines');
  return messageOf(card, beginning(body.filter(isBlock), end), kept);
}

function shortOf(card: Card, shortening: Shortening, say: Say, tables: Tables) {
  const reader = { locale: card.locale, zone: 'UTC' };
  const short = shortened(card, shortening, (count) => say({ key: 'slack.rows-left', params: { count } }, reader));
  const { rows, kept } = renderButtons(short.actions, 0, shortening.buttons);
  const details = short.actions.find((action) => action.kind === 'button' && action.action === 'request.details');
  const line: Message =
    details === undefined
      ? { key: 'slack.shortened' }
      : { key: 'slack.shortened-details', params: { button: cut(details.label, labelRoom) } };
  return { body: bodyOf(short, tables), end: [...said(card, say, line), ...rows], kept };
}

/** Slack takes one native table a message: a second one of the same card is written as lines. */
function bodyOf(card: Card, tables: Tables): readonly Piece[] {
  const first = tables === 'native' ? card.elements.findIndex((element) => element.kind === 'table') : -1;
  const title = card.title === null ? [] : titleBlocks(card.title);
  const body = card.elements.flatMap((element, index): readonly Piece[] =>
    index === first && element.kind === 'table' && isNative(element) ? [element] : elementBlocks(element),
  );
  return [...title, ...body];
}

function isBlock(piece: Piece): piece is KnownBlock {
  return 'type' in piece;
}

function said(card: Card, say: Say, message: Message): readonly KnownBlock[] {
  return asideBlocks(say(message, { locale: card.locale, zone: 'UTC' }));
}

/** A message needs a block at least: an empty card shows its summary. */
function messageOf(card: Card, blocks: KnownBlock[], kept: readonly Kept[]): SlackMessage {
  const shown = blocks.length > 0 ? blocks : elementBlocks({ kind: 'text', spans: [card.summary === '' ? '–' : card.summary] });
  return { text: notificationText(card.summary), blocks: [...shown], kept };
}
