import type { KnownBlock } from '@slack/types';
import { linesBlocks } from './rich-text.ts';
import { nativeTable, type Table, tableLines } from './table.ts';

/** What stands on a message: a block, or a table that may go on over several messages. */
export type Piece = KnownBlock | Table;

const mostBlocks = 48;
/**
 * Characters of a message's blocks as JSON. Slack documents no bound for a whole message, but answers `msg_blocks_too_long`
 * somewhat above 13,000, counting more than the words; this stays below by any way of counting.
 */
const messageRoom = 11_000;
/** Rather on a new message than fewer rows than these below their heading. */
const leastRows = 3;

/** The pieces on as few messages as hold them, in their order. There is one at least. */
export function paged(pieces: readonly Piece[]): readonly (readonly KnownBlock[])[] {
  const pages: KnownBlock[][] = [[]];
  let left = messageRoom;
  const page = (): KnownBlock[] => pages.at(-1) ?? [];
  const turn = () => {
    if (page().length > 0) pages.push([]);
    left = messageRoom;
  };
  const put = (block: KnownBlock) => {
    page().push(block);
    left -= sizeOf(block);
  };
  for (const piece of pieces) {
    if ('kind' in piece) putTable(piece);
    else putBlock(piece);
  }
  return pages;

  function putTable(table: Table): void {
    let rows = table.rows;
    while (rows.length > 0) {
      const isFresh = page().length === 0;
      const fitting = page().length === mostBlocks ? null : nativeTable({ ...table, rows }, left, isFresh ? 1 : leastRows);
      if (fitting !== null) {
        put(fitting.block);
        rows = fitting.rest;
      } else if (isFresh) {
        for (const block of linesBlocks(tableLines({ ...table, rows }))) putBlock(block);
        rows = [];
      }
      if (rows.length > 0) turn();
    }
  }

  function putBlock(block: KnownBlock): void {
    if (sizeOf(block) > left || page().length === mostBlocks) turn();
    put(block);
  }
}

/** As many of the blocks as one message holds beside `end`, and `end`. */
export function beginning(blocks: readonly KnownBlock[], end: readonly KnownBlock[]): KnownBlock[] {
  const page: KnownBlock[] = [];
  let left = end.reduce((room, block) => room - sizeOf(block), messageRoom);
  for (const block of blocks) {
    left -= sizeOf(block);
    if (left < 0 || page.length + end.length === mostBlocks) break;
    page.push(block);
  }
  return [...page, ...end];
}

function sizeOf(block: KnownBlock): number {
  return JSON.stringify(block).length + 1;
}
