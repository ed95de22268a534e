import type { KnownBlock } from '@slack/types';

/** UTF-8, as Slack counts a view. */
export function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** The blocks, or, where there is no room for all, their beginning and the blocks of `end`. */
export function beginningOf(
  blocks: readonly KnownBlock[],
  room: { readonly blocks: number; readonly bytes: number },
  end: readonly KnownBlock[],
): readonly KnownBlock[] {
  if (blocks.length <= room.blocks && bytesOf(blocks) <= room.bytes) return blocks;
  let left = room.bytes - bytesOf(end);
  const last = blocks.findIndex((block, index) => {
    left -= bytesOf(block) + 1;
    return left < 0 || index + end.length >= room.blocks;
  });
  return [...blocks.slice(0, last), ...end];
}
