import { actionStyles } from '../../chat/adaptive-card.ts';
import type { CardAction } from '../../chat/card.ts';
import { pieces } from '../../chat/cut.ts';
import { visible } from '../../chat/visible.ts';
import type { Json, JsonObject } from '../../locale.ts';
import { buttonTitle, executeAction, sizeOf } from './payload.ts';
import type { TeamsWords } from './words.ts';

/** Teams shows no more in one row, and hides the rest behind a menu. */
const mostInRow = 6;
/** What fits beside each other on a phone without being cut, in Latin letters; a button is wider than its label. */
const widestRow = 37;
const margin = 4.5;
/** What a button sends, twice, counts as well. */
const mostOfButton = 3000;
const mostToCopy = 4000;
const mostOfRow = 12_000;

/** Deeds for which words typed on the card count: all that end in a sentence beside somebody's name. */
const decisions = ['approve', 'reject', 'send-back', 'question', 'answer', 'take-back', 'withdraw'].map((deed) => `request.${deed}`);
const wordy = ['request.reject', 'request.send-back', 'request.question', 'request.answer'];

/** The input in which a reason is typed on the card itself. */
export const reasonId = 'reason';
const longestReason = 2000;

/** Rows of buttons, each a piece of the body; `leftOut` counts those that carry too much for a card. */
export function buttonRows(
  actions: readonly CardAction[],
  words: TeamsWords,
): { readonly rows: readonly JsonObject[]; readonly leftOut: number } {
  const fitting = actions.filter(fits);
  const rendered = fitting.flatMap((action, place) => (action.kind === 'copy' ? copyButtons(action, place, words) : [pressButton(action)]));
  return { rows: inRows(rendered), leftOut: actions.length - fitting.length };
}

/** Whether the card can hold what the button carries. */
function fits(action: CardAction): boolean {
  return action.kind === 'copy' || sizeOf(action.data) * 2 <= mostOfButton;
}

/** As many of the buttons, from the first, as a card has room for that is to stay one message. */
export function firstButtons(actions: readonly CardAction[]): readonly CardAction[] {
  let bytes = 0;
  return actions.filter((action) => {
    if (action.kind === 'copy' || !fits(action)) return false;
    bytes += sizeOf(pressButton(action));
    return bytes <= mostOfRow;
  });
}

function pressButton({ action, label, data, style }: Extract<CardAction, { kind: 'button' }>): JsonObject {
  const styled = actionStyles[style];
  return executeAction(label, { action, data }, decisions.includes(action), styled === 'default' ? undefined : styled);
}

/** Teams has no clipboard for cards: the button shows the text in a field, where all of it is selected at once. */
function copyButtons({ label, text }: Extract<CardAction, { kind: 'copy' }>, place: number, words: TeamsWords): readonly JsonObject[] {
  const parts = pieces(visible(text), mostToCopy);
  return parts.map((part, index) => {
    const title = parts.length === 1 ? label : words('teams.part', { title: label, number: index + 1, of: parts.length });
    return {
      type: 'Action.ShowCard',
      title: buttonTitle(title),
      card: {
        type: 'AdaptiveCard',
        body: [
          {
            type: 'Input.Text',
            id: `copy:${place}:${index}`,
            isMultiline: true,
            label: words('teams.copy'),
            ...(part === '' ? {} : { value: part }),
          },
        ],
      },
    };
  });
}

/** Rows of as many buttons as stand beside each other. */
export function inRows(actions: readonly JsonObject[]): readonly JsonObject[] {
  const rows: Json[][] = [];
  let left = { width: 0, bytes: 0 };
  for (const action of actions) {
    const width = widthOf(String(action['title'])) + margin;
    const bytes = sizeOf(action);
    const row = rows.at(-1);
    if (row === undefined || width > left.width || bytes > left.bytes || row.length === mostInRow) {
      rows.push([action]);
      left = { width: widestRow - width, bytes: mostOfRow - bytes };
    } else {
      row.push(action);
      left = { width: left.width - width, bytes: left.bytes - bytes };
    }
  }
  return rows.map((row, index) => ({ type: 'ActionSet', spacing: index === 0 ? 'default' : 'small', actions: row }));
}

/** A Chinese character counts two. */
function widthOf(text: string): number {
  return text.length + (text.match(/[\u2e80-\uffef]/g)?.length ?? 0);
}

/** Where a reason is typed, if any of these buttons is nothing without one. */
export function reasonInput(actions: readonly CardAction[], words: TeamsWords): JsonObject | null {
  const asking = actions.flatMap((action) => (action.kind === 'button' && wordy.includes(action.action) ? [action.action] : []));
  if (asking.length === 0) return null;
  const label = asking.every((action) => action === 'request.answer') ? words('teams.answer') : words('teams.reason');
  return { type: 'Input.Text', id: reasonId, isMultiline: true, maxLength: longestReason, label };
}
