import { heading, richText } from '../../chat/adaptive-card.ts';
import type { Card } from '../../chat/card.ts';
import { visible } from '../../chat/visible.ts';
import type { JsonObject } from '../../locale.ts';
import { type Piece, piecesOf } from './body.ts';
import { buttonRows, reasonInput } from './buttons.ts';
import { frameOf } from './frame.ts';
import { sizeOf } from './payload.ts';
import { shortened, summaryOf } from './text.ts';
import type { TeamsWords } from './words.ts';

/** Bytes of a card, so that a message with one stays under 28 kB; Teams refuses messages of about 100 kB. */
export const mostBytes = 26_000;
export const longestTitle = 200;
const mostTogether = 14_000;

/** The card in as many messages as it needs. Each says which part it is; the buttons stand on the last. */
export function pagesOf(card: Card, words: TeamsWords): readonly JsonObject[] {
  const title = card.title === null || card.title.trim() === '' ? null : visible(card.title);
  const name = title === null ? null : shortened(title, longestTitle);
  const rest = name === title ? [] : piecesOf([{ kind: 'text', spans: [title ?? ''] }]);
  const pieces = [...rest, ...piecesOf(card.elements), ...buttonPieces(card.actions, words)];
  const frame = frameOf(card.locale, summaryOf(card));
  const next = richText([{ subtle: words('teams.next') }]);
  const widest = heading(words('teams.part', { title: name ?? '', number: 999, of: 999 }));
  // A card without anything on it shows nothing at all.
  const all = pieces.length === 0 && name === null ? piecesOf([{ kind: 'text', spans: [summaryOf(card)] }]) : pieces;
  const bodies = packed(all, mostBytes - sizeOf({ ...frame, body: [widest, next] }));
  return bodies.map((body, index) => {
    const part = { number: index + 1, of: bodies.length };
    const top =
      bodies.length === 1 ? name : name === null ? words('teams.part.untitled', part) : words('teams.part', { ...part, title: name });
    const below = index < bodies.length - 1 ? [next] : [];
    return { ...frame, body: [...(top === null ? [] : [heading(top)]), ...body, ...below] };
  });
}

function buttonPieces(actions: Card['actions'], words: TeamsWords): readonly Piece[] {
  const { rows, leftOut } = buttonRows(actions, words);
  const missing =
    leftOut === 0 ? [] : piecesOf([{ kind: 'text', spans: [{ subtle: words('teams.buttons.left-out', { count: leftOut }) }] }]);
  const input = reasonInput(actions, words);
  // What is typed reaches only buttons of the same message.
  const near = rows.filter((_, index) => sizeOf(rows.slice(0, index + 1)) <= mostTogether);
  const together = input === null ? rows : [{ type: 'Container', items: [input, ...near] }, ...rows.slice(near.length)];
  return [...missing, ...together.map((json) => ({ json, head: null }))];
}

function packed(pieces: readonly Piece[], room: number): readonly (readonly JsonObject[])[] {
  const pages: JsonObject[][] = [[]];
  let left = room;
  for (const { json, head } of pieces) {
    const bytes = sizeOf(json) + 2;
    if (bytes > left && pages.at(-1)?.length !== 0) {
      pages.push(head === null ? [] : [head]);
      left = room - (head === null ? 0 : sizeOf(head) + 2);
    }
    pages.at(-1)?.push(json);
    left -= bytes;
  }
  return pages;
}
