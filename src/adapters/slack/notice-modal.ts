import type { KnownBlock, ModalView } from '@slack/types';
import type { Card } from '../../chat/card.ts';
import type { Locale, Say } from '../../locale.ts';
import { type Kept, renderButtons } from './buttons.ts';
import { asideBlocks, elementBlocks, titleBlocks } from './elements.ts';
import { linesBlocks, preformattedBlocks } from './rich-text.ts';
import { plainText } from './text.ts';
import { beginningOf } from './view.ts';

export const noticeCallbackId = 'portclerk.notice';

/** Buttons refer to what is `kept`: it has to be stored before. */
export type NoticeModal = { readonly view: ModalView; readonly kept: readonly Kept[] };

const titleRoom = 24;
const bodyRoom = { blocks: 70, bytes: 150_000 } as const;
const mostButtons = 25;

/** Cards in a modal that asks nothing: what a deed came to. */
export function renderNoticeModal(cards: readonly Card[], locale: Locale, say: Say): NoticeModal {
  const reader = { locale, zone: 'UTC' };
  const actions = cards.flatMap((card) => card.actions);
  const { labels, rows, kept } = renderButtons(actions.slice(0, mostButtons));
  const body = cards.flatMap((card, index): readonly KnownBlock[] => [
    ...(index > 0 ? [{ type: 'divider' } as const] : []),
    ...(card.title === null ? [] : titleBlocks(card.title)),
    ...card.elements.flatMap(elementBlocks),
  ]);
  const end = asideBlocks(say({ key: 'slack.view-too-long' }, reader));
  return { view: modal([...beginningOf([...body, ...labels], bodyRoom, end), ...rows], locale, say), kept };
}

/** What is opened at once, within the 3 seconds of a trigger, until there is something to show. */
export function renderLoadingModal(locale: Locale, say: Say): ModalView {
  return modal(asideBlocks(say({ key: 'slack.loading' }, { locale, zone: 'UTC' })), locale, say);
}

/** A text to be marked and copied by hand. */
export function renderCopyModal(text: string, locale: Locale, say: Say): ModalView {
  const reader = { locale, zone: 'UTC' };
  const how = asideBlocks(say({ key: 'slack.copy' }, reader));
  const end = asideBlocks(say({ key: 'slack.view-too-long' }, reader));
  return modal([...how, ...beginningOf(preformattedBlocks(text), bodyRoom, end)], locale, say);
}

function modal(blocks: readonly KnownBlock[], locale: Locale, say: Say): ModalView {
  const reader = { locale, zone: 'UTC' };
  return {
    type: 'modal',
    callback_id: noticeCallbackId,
    title: plainText(say({ key: 'slack.name' }, reader), titleRoom),
    close: plainText(say({ key: 'slack.close' }, reader), titleRoom),
    // Slack refuses a view without blocks.
    blocks: blocks.length > 0 ? [...blocks] : [...linesBlocks([[]])],
  };
}
