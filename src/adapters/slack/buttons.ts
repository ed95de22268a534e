import { createHash } from 'node:crypto';
import type { ActionsBlock, Button, RichTextBlock } from '@slack/types';
import { z } from 'zod';
import type { ActionData, CardAction } from '../../chat/card.ts';
import { jsonSchema } from '../../locale.ts';
import { linesBlocks, plain } from './rich-text.ts';
import { plainText } from './text.ts';

/** What a button means and is too long to carry: to be stored under `key` before the button is shown. The same payload has the same key. */
export type Kept = { readonly key: string; readonly payload: string };

/** What was pressed. `kept`: it stands under that key, and `readSlackPayload` reads it. */
export type Pressed = { readonly action: string; readonly data: ActionData } | { readonly kept: string };

/** Slack takes 2000, but everything a message's buttons carry counts against what the message may hold. */
const usualRoom = 500;
const narrowRoom = 60;
const labelRoom = 75;
const nameRoom = 200;
const inARow = 5;

/** `labels`: those that a button cuts, whole, to stand above the rows. */
export type Buttons = { readonly labels: readonly RichTextBlock[]; readonly rows: readonly ActionsBlock[]; readonly kept: readonly Kept[] };

/**
 * The actions as rows of buttons, `first` being the number of the first one in its message or view. A button's `value` is
 * `{action, data}` as JSON; where that is too long, `{kept}` with a key, and the payload is among `kept`. A copy action is a
 * button `copy` with data `{text}`: Slack reaches no clipboard, so its press shows the text to be copied (`renderCopyModal`).
 */
export function renderButtons(actions: readonly CardAction[], first = 0, fit: 'usual' | 'narrow' = 'usual'): Buttons {
  const kept: Kept[] = [];
  const buttons = actions.map((action, index): Button => {
    const name = action.kind === 'copy' ? 'copy' : action.action;
    const payload = JSON.stringify({ action: name, data: action.kind === 'copy' ? { text: action.text } : action.data });
    return {
      type: 'button',
      action_id: `${name.slice(0, nameRoom)}#${first + index}`,
      text: plainText(action.label, labelRoom),
      value: carried(payload, fit === 'usual' ? usualRoom : narrowRoom, kept),
      ...(action.kind === 'button' && action.style !== 'default' ? { style: action.style } : {}),
    };
  });
  const long = actions.map(({ label }) => plainText(label, Number.POSITIVE_INFINITY).text).filter((label) => label.length > labelRoom);
  const rows = Array.from({ length: Math.ceil(buttons.length / inARow) }, (_, row): ActionsBlock => {
    return { type: 'actions', elements: buttons.slice(row * inARow, (row + 1) * inARow) };
  });
  return { labels: linesBlocks(long.map((label) => [plain(`[${label}]`)])), rows, kept };
}

function carried(payload: string, room: number, kept: Kept[]): string {
  if (payload.length <= room) return payload;
  const key = createHash('sha256').update(payload).digest('hex').slice(0, 32);
  if (!kept.some((one) => one.key === key)) kept.push({ key, payload });
  return JSON.stringify({ kept: key });
}

const payloadSchema = z.strictObject({ action: z.string(), data: z.record(z.string(), jsonSchema) });
const keptSchema = z.strictObject({ kept: z.string().regex(/^[0-9a-f]{32}$/) });

/** A press on one of our buttons, by its `action_id` and `value`; null when it is none of ours. */
export function readSlackButton(actionId: string, value: string): Pressed | null {
  const parsed = z.union([payloadSchema, keptSchema]).safeParse(parseJson(value));
  if (!parsed.success) return null;
  if ('kept' in parsed.data) return parsed.data;
  return actionId.startsWith(`${parsed.data.action.slice(0, nameRoom)}#`) ? parsed.data : null;
}

/** What was stored under a kept key. */
export function readSlackPayload(payload: string): { readonly action: string; readonly data: ActionData } | null {
  const parsed = payloadSchema.safeParse(parseJson(payload));
  return parsed.success ? parsed.data : null;
}

/** JSON from outside; undefined where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
