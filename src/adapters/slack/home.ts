import type { HomeView, KnownBlock } from '@slack/types';
import type { CardAction } from '../../chat/card.ts';
import { cut } from '../../chat/cut.ts';
import type { Home } from '../../chat/home.ts';
import type { Say } from '../../locale.ts';
import { type Kept, renderButtons } from './buttons.ts';
import { asideBlocks, elementLines, titleBlocks } from './elements.ts';
import { bold, linesBlocks } from './rich-text.ts';
import { shortened } from './shorten.ts';
import { bytesOf } from './view.ts';

/** Buttons refer to what is `kept`: it has to be stored before. */
export type HomePage = { readonly view: HomeView; readonly kept: readonly Kept[] };

type Section = Home['sections'][number];
type Room = { readonly blocks: number; readonly bytes: number };

const room: Room = { blocks: 96, bytes: 180_000 };
const mostActions = 20;
const titleRoom = 140;
const lineRoom = 1000;
const brief = { text: 400, rows: 5, buttons: 'usual' } as const;

/** Somebody's page: the actions, then each section with as many of its cards as its share of the room holds, the others counted. */
export function renderSlackHome(home: Home, say: Say): HomePage {
  const reader = { locale: home.locale, zone: 'UTC' };
  const kept = new Map<string, Kept>();
  let numbered = 0;
  const blocks: KnownBlock[] = [...titleBlocks(cut(home.title, titleRoom)), ...rowsOf(home.actions)];
  home.sections.forEach((section, index) => {
    const sections = home.sections.length - index;
    const left = { blocks: room.blocks - blocks.length, bytes: room.bytes - bytesOf(blocks) };
    blocks.push(...sectionBlocks(section, { blocks: Math.floor(left.blocks / sections), bytes: Math.floor(left.bytes / sections) }));
  });
  return { view: { type: 'home', blocks }, kept: [...kept.values()] };

  function rowsOf(actions: readonly CardAction[]): readonly KnownBlock[] {
    const buttons = renderButtons(actions.slice(0, mostActions), numbered);
    numbered += actions.length;
    for (const one of buttons.kept) kept.set(one.key, one);
    return buttons.rows;
  }

  function sectionBlocks({ heading, cards, none, more }: Section, share: Room): readonly KnownBlock[] {
    const head = titleBlocks(cut(heading, titleRoom));
    const end = asideBlocks(cut(more ?? '', lineRoom));
    if (cards.length === 0) return [...head, ...asideBlocks(cut(none, lineRoom)), ...end];
    const shown: KnownBlock[] = [];
    for (const [index, card] of cards.entries()) {
      const short = shortened(card, brief, (count) => say({ key: 'slack.rows-left', params: { count } }, reader));
      const title = short.title === null ? [] : [[bold(short.title)]];
      const one = [...linesBlocks([...title, ...short.elements.flatMap(elementLines)]), ...rowsOf(short.actions)];
      const size = {
        blocks: head.length + shown.length + one.length + end.length + 1,
        bytes: bytesOf([...head, ...shown, ...one, ...end]),
      };
      if (size.blocks > share.blocks || size.bytes > share.bytes - 1000) {
        const left = asideBlocks(say({ key: 'home.more', params: { count: cards.length - index } }, reader));
        return [...head, ...shown, ...left, ...end];
      }
      shown.push(...one);
    }
    return [...head, ...shown, ...end];
  }
}
