import type { ActionData } from '../../chat/card.ts';
import type { FormSubmission } from '../../chat/form.ts';
import { cleanText } from '../../dialog/clean-text.ts';
import { reasonId } from './buttons.ts';
import { readTeamsForm } from './form.ts';
import { clickSchema, readPress } from './payload.ts';

/** What somebody pressed on a card of ours. A reason typed on the card is the click's `data.reason`. */
export type TeamsAction =
  | { readonly kind: 'click'; readonly action: string; readonly data: ActionData }
  | { readonly kind: 'form'; readonly submission: FormSubmission };

/** Reads the value of an `adaptiveCard/action` invoke and that of a message an `Action.Submit` sent alike. Null when it is none of ours. */
export function readTeamsAction(value: unknown): TeamsAction | null {
  const submission = readTeamsForm(value);
  if (submission !== null) return { kind: 'form', submission };
  const press = readPress(value);
  const click = clickSchema.safeParse(press?.payload);
  if (press === null || !click.success) return null;
  const typed = press.typed[reasonId]?.trim() ?? '';
  const reason = cleanText(typed).text === '' ? '' : typed;
  const { action, data } = click.data;
  return { kind: 'click', action, data: reason === '' ? data : { ...data, reason } };
}
