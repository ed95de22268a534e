import { cardFrame, heading, richText } from '../../chat/adaptive-card.ts';
import type { Card } from '../../chat/card.ts';
import type { Showing } from '../../chat/platform.ts';
import { visible } from '../../chat/visible.ts';
import type { JsonObject, Say } from '../../locale.ts';
import { type Piece, piecesOf } from './body.ts';
import { buttonRows, reasonInput } from './buttons.ts';
import { executeAction, sizeOf } from './payload.ts';
import { fitted } from './shorten.ts';
import { plainSummary, shortened } from './text.ts';
import { type TeamsWords, wordsIn } from './words.ts';

/** Bytes of a card, so that a message with one stays under 28 kB; Teams refuses messages of about 100 kB. */
export const mostBytes = 26_000;
/** Teams refreshes a card for no more people than this. */
export const mostViewers = 60;
const longestTitle = 200;

export type TeamsOptions = { readonly say: Say };

/** The card as the content of one message. What does not fit is shortened, which it then says. */
export function renderTeamsCard(card: Card, { say }: TeamsOptions): JsonObject {
  const words = wordsIn(card.locale, say);
  return fitted(card, words, (one) => pagesOf(one, words));
}

/** The card as the contents of as many messages as it needs, in order, with nothing left out. Buttons stand on the last. */
export function renderTeamsMessages(card: Card, { say }: TeamsOptions): readonly JsonObject[] {
  return pagesOf(card, wordsIn(card.locale, say));
}

/** `userId`: an account's id as Teams' own lists of people have it (`29:…`), or null where it is not known. */
export type RequestCardOptions = TeamsOptions & { readonly userId: (account: string) => string | null };

/**
 * A request's card as one message for all in a conversation: where some may decide, the buttons to do so are not on it, and
 * their clients ask for a view of their own by the click `request.view`.
 */
export function renderTeamsRequestCard({ card, views }: Showing, { say, userId }: RequestCardOptions): JsonObject {
  if (views === null) return renderTeamsCard(card, { say });
  const open = ['request.details', 'request.timeline'];
  const base = { ...card, actions: card.actions.filter((action) => action.kind === 'copy' || open.includes(action.action)) };
  const { request, version, accounts } = views;
  const userIds = accounts.flatMap((account) => userId(account) ?? []).slice(0, mostViewers);
  const content = renderTeamsCard(base, { say });
  if (userIds.length === 0) return content;
  const { fallback: _, ...action } = executeAction(
    wordsIn(card.locale, say)('teams.refresh'),
    { action: 'request.view', data: { request, version } },
    false,
  );
  return { ...content, refresh: { action, userIds } };
}

function pagesOf(card: Card, words: TeamsWords): readonly JsonObject[] {
  const title = card.title === null ? null : visible(card.title);
  const name = title === null ? null : shortened(title, longestTitle);
  const frame = cardFrame(card.locale, plainSummary(card));
  const rest = name === title ? [] : piecesOf([{ kind: 'text', spans: [title ?? ''] }]);
  const pieces = [...rest, ...piecesOf(card.elements), ...buttonPieces(card.actions, words)];
  const next = richText([{ subtle: words('teams.next') }]);
  const longest = words('teams.part', { title: name ?? '', number: 999, of: 999 });
  const room = mostBytes - sizeOf({ ...frame, msteams: { width: 'Full' }, body: [heading(longest), next] });
  const bodies = packed(pieces, room);
  return bodies.map((body, index) => {
    const part = { title: name ?? '', number: index + 1, of: bodies.length };
    const top = bodies.length === 1 ? name : words(name === null ? 'teams.part.untitled' : 'teams.part', part);
    const below = index < bodies.length - 1 ? [next] : [];
    return { ...frame, msteams: { width: 'Full' }, body: [...(top === null ? [] : [heading(top)]), ...body, ...below] };
  });
}

function buttonPieces(actions: Card['actions'], words: TeamsWords): readonly Piece[] {
  const { rows, leftOut } = buttonRows(actions, words);
  const input = reasonInput(actions, words);
  const missing =
    leftOut === 0 ? [] : piecesOf([{ kind: 'text', spans: [{ subtle: words('teams.buttons.left-out', { count: leftOut }) }] }]);
  // What is typed reaches only buttons of the same message.
  const together = input === null ? rows : [{ type: 'Container', items: [input, ...rows] }];
  return [...missing, ...together.map((json) => ({ json, head: null }))];
}

function packed(pieces: readonly Piece[], room: number): readonly (readonly JsonObject[])[] {
  const pages: JsonObject[][] = [[]];
  let left = room;
  for (const { json, head } of pieces) {
    const bytes = sizeOf(json) + 2;
    if (bytes > left && pages.at(-1)?.length !== 0) {
      const again = head === null ? [] : [head];
      pages.push([...again]);
      left = room - (head === null ? 0 : sizeOf(head) + 2);
    }
    pages.at(-1)?.push(json);
    left -= bytes;
  }
  return pages;
}
