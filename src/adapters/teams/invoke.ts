import type { HandleTurn, TurnReply } from '../../app/ports.ts';
import type { Activity } from '../../chat/activity.ts';
import type { Card } from '../../chat/card.ts';
import { inTime, TooLate } from '../../chat/within.ts';
import type { JsonObject, Locale, Say } from '../../locale.ts';
import { renderTeamsCard, renderTeamsMessages } from './card.ts';
import { renderTeamsForm } from './form.ts';
import { plainSummary } from './text.ts';
import { wordsIn } from './words.ts';

/** The answer to an `adaptiveCard/action` invoke: a card in the clicked one's place, for the clicker alone, or a line under it. */
export type InvokeAnswer =
  | { readonly statusCode: 200; readonly type: 'application/vnd.microsoft.card.adaptive'; readonly value: JsonObject }
  | { readonly statusCode: 200; readonly type: 'application/vnd.microsoft.activity.message'; readonly value: string };

/** Teams gives up after ten seconds; a person does earlier. */
const longestTurnMs = 3_000;
const longestViewMs = 700;

const deeds = ['approve', 'reject', 'send-back', 'question', 'answer', 'take-back', 'withdraw', 'start', 'verify'];
/** Nothing without words: until some are typed on the card, these open a dialog. */
const wordy = ['reject', 'send-back', 'question', 'answer'];

type Surroundings = {
  readonly handleTurn: HandleTurn;
  readonly say: Say;
  readonly onFault: (fault: unknown) => void;
  /** Called when what was pressed has come to an end in time. */
  readonly onAnswered: () => void;
};

/** Handles what was pressed and answers in time, whatever happens. `locale`: for when there is nothing else to go by. */
export async function answerPress(activity: Activity, locale: Locale, surroundings: Surroundings): Promise<InvokeAnswer> {
  const { handleTurn, say, onFault, onAnswered } = surroundings;
  const place = placeFor(activity);
  try {
    const reply = await inTime(handleTurn(activity, place === 'posted' ? 'outbox' : 'here'), longestTurnMs, 'a press');
    const answer = await answerWith(reply, activity, place, locale, surroundings);
    onAnswered();
    return answer;
  } catch (fault) {
    if (!(fault instanceof TooLate)) onFault(fault);
    return messageAnswer(wordsIn(locale, say)('teams.again'));
  }
}

async function answerWith(
  reply: TurnReply,
  activity: Activity,
  place: ReturnType<typeof placeFor>,
  locale: Locale,
  { handleTurn, say }: Surroundings,
): Promise<InvokeAnswer> {
  const line = (key: string): InvokeAnswer => messageAnswer(wordsIn(reply.cards[0]?.locale ?? locale, say)(key));
  const card = inOne(reply.cards);
  if (reply.form !== undefined) return cardAnswer(renderTeamsForm(reply.form, { say }));
  if (card !== undefined && (reply.unsaved || (place !== 'posted' && reply.cards.length === 1 && isRefusal(card))))
    return messageAnswer(plainSummary(card));
  if (place === 'posted') return line(saidElsewhere(activity, reply) ? 'teams.answered-direct' : 'teams.answered');
  if (card === undefined) return line('teams.answered-direct');
  // What no single card holds is posted, page by page, instead of being cut.
  if (place === 'details' && renderTeamsMessages(card, { say }).length > 1) {
    const posted = await inTime(handleTurn({ ...activity, id: `${activity.id}:posted` }, 'outbox'), longestViewMs, 'the pages');
    return line(saidElsewhere(activity, posted) ? 'teams.answered-direct' : 'teams.answered');
  }
  const view = place === 'request' ? await viewAfter(activity, handleTurn) : null;
  // What came of it stands above the request as it is now.
  const after = view === null ? card : { ...view, elements: [...card.elements, ...view.elements] };
  return cardAnswer(renderTeamsCard(place === 'details' ? withWayBack(card, activity, say) : after, { say }));
}

/**
 * Where an answer goes. `posted`: to the conversation, as a message that stays. The others take the clicked card's place, which
 * only the clicker sees: the page of a form, the request as it is after a deed, its details.
 */
function placeFor(activity: Activity): 'posted' | 'form' | 'request' | 'details' {
  if (activity.kind === 'form' || activity.surface === 'form') return 'form';
  if (activity.kind !== 'click') return 'posted';
  const [scope, name = ''] = activity.action.split(/\.(.*)/, 2);
  if (scope !== 'request') return 'posted';
  if (name === 'view') return 'form';
  if (name === 'details') return 'details';
  return deeds.includes(name) && (!wordy.includes(name) || activity.data['reason'] !== undefined) ? 'request' : 'posted';
}

function saidElsewhere({ conversation }: Activity, reply: TurnReply): boolean {
  return conversation.kind === 'channel' && (reply.private || reply.direct !== undefined);
}

/** The request as the person sees it now: after a deed that says more than that it was done. */
async function viewAfter(activity: Activity, handleTurn: HandleTurn): Promise<Card | null> {
  if (activity.kind !== 'click') return null;
  const { request = null, version = null } = activity.data;
  const view: Activity = { ...activity, id: `${activity.id}:view`, action: 'request.view', data: { request, version } };
  try {
    const [card] = (await inTime(handleTurn(view, 'here'), longestViewMs, 'a view')).cards;
    return card === undefined || isRefusal(card) ? null : card;
  } catch {
    return null;
  }
}

/** Only one card can take another's place: the question that comes back when a form is done stands under what came of it. */
function inOne([first, ...others]: readonly Card[]): Card | undefined {
  if (first === undefined || others.length === 0) return first;
  const below = others.flatMap(({ title, elements }): Card['elements'] =>
    title === null ? elements : [{ kind: 'text', spans: [{ strong: title }] }, ...elements],
  );
  return { ...first, elements: [...first.elements, ...below], actions: [first, ...others].flatMap(({ actions }) => actions) };
}

function withWayBack(card: Card, activity: Activity, say: Say): Card {
  if (activity.kind !== 'click') return card;
  const { request = null, version = null } = activity.data;
  const label = wordsIn(card.locale, say)('teams.back');
  const back = { kind: 'button', label, action: 'request.view', data: { request, version }, style: 'default' } as const;
  return { ...card, actions: [...card.actions, back] };
}

/** A few words that nothing was done, and why. */
function isRefusal({ title, elements }: Card): boolean {
  return title === null && elements.some((element) => element.kind === 'notice' && element.tone !== 'good');
}

function cardAnswer(value: JsonObject): InvokeAnswer {
  return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value };
}

export function messageAnswer(value: string): InvokeAnswer {
  return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value };
}
