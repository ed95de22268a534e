import type { Card } from '../../chat/card.ts';
import type { Showing } from '../../chat/platform.ts';
import type { JsonObject, Say } from '../../locale.ts';
import { firstButtons } from './buttons.ts';
import { longestTitle, pagesOf } from './pages.ts';
import { executeAction } from './payload.ts';
import { firstFitting } from './shorten.ts';
import { nameOf } from './text.ts';
import { wordsIn } from './words.ts';

/** Teams refreshes a card for no more people than this. */
const mostViewers = 60;
/** What everybody may press on a request's card: it shows more of it, to them alone. */
const open = ['request.details', 'request.timeline'];

export type TeamsOptions = { readonly say: Say };

/** The card as the content of one message. What does not fit is shortened, which it then says. */
export function renderTeamsCard(card: Card, { say }: TeamsOptions): JsonObject {
  const words = wordsIn(card.locale, say);
  const details = card.actions.find((action) => action.kind === 'button' && action.action === 'request.details');
  const pages = firstFitting(
    card.elements,
    ({ elements, missing }) => {
      if (elements === card.elements) return pagesOf(card, words);
      const actions = firstButtons(card.actions);
      const count = missing + card.actions.length - actions.length;
      const said = details ? words('teams.cut.details', { count, button: details.label }) : words('teams.cut', { count });
      const title = card.title === null ? null : nameOf(card.title, longestTitle);
      return pagesOf({ ...card, title, elements: [...elements, { kind: 'notice', tone: 'warning', spans: [said] }], actions }, words);
    },
    ({ length }) => length === 1,
  );
  return pages[0] ?? {};
}

/** The card as the contents of as many messages as it needs, in order, with nothing left out. Buttons stand on the last. */
export function renderTeamsMessages(card: Card, { say }: TeamsOptions): readonly JsonObject[] {
  return pagesOf(card, wordsIn(card.locale, say));
}

/** `userId`: an account's id as Teams' lists of members have it (`29:…`), or null where it is not known. */
export type RequestCardOptions = TeamsOptions & { readonly userId: (account: string) => string | null };

/**
 * A request's card as one message for all in a conversation. Where some may decide, it has no buttons to do so; their clients
 * ask for a view of their own by the click `request.view`.
 */
export function renderTeamsRequestCard({ card, views }: Showing, { say, userId }: RequestCardOptions): JsonObject {
  if (views === null) return renderTeamsCard(card, { say });
  const actions = card.actions.filter((action) => action.kind === 'copy' || open.includes(action.action));
  const content = renderTeamsCard({ ...card, actions }, { say });
  const userIds = views.accounts.flatMap((account) => userId(account) ?? []).slice(0, mostViewers);
  if (userIds.length === 0) return content;
  const data = { request: views.request, version: views.version };
  const refresh = executeAction(wordsIn(card.locale, say)('teams.refresh'), { action: 'request.view', data }, false);
  const { fallback: _, ...action } = refresh;
  return { ...content, refresh: { action, userIds } };
}
