import { z } from 'zod';
import { plain } from '../../chat/adaptive-card.ts';
import type { ActionData } from '../../chat/card.ts';
import { type Json, type JsonObject, jsonSchema } from '../../locale.ts';
import { nameOf } from './text.ts';

/** The verb of every action of ours, and the name under which its payload travels beside what was typed on the card. */
export const verb = 'portclerk';

/** Longer labels are cut by the clients themselves, without a mark. */
const longestLabel = 80;

export const clickSchema = z.object({ action: z.string(), data: z.record(z.string(), jsonSchema) });

/** What a button carries: a click by its action, or the page of a form that is sent back. */
export type Payload = { readonly action: string; readonly data: ActionData } | { readonly form: JsonObject };

/**
 * `Action.Execute`, and for clients that don't know it `Action.Submit` with the same payload. `inputs`: whether what is typed
 * on the card comes along; the clients put it beside the payload, by the ids of the inputs.
 */
export function executeAction(title: string, payload: Payload, inputs: boolean, style?: 'positive' | 'destructive'): JsonObject {
  const shared = {
    title: buttonTitle(title),
    data: { [verb]: payload },
    associatedInputs: inputs ? 'auto' : 'none',
    ...(style === undefined ? {} : { style }),
  };
  return { type: 'Action.Execute', verb, ...shared, fallback: { type: 'Action.Submit', ...shared } };
}

export function buttonTitle(label: string): string {
  return plain(nameOf(label, longestLabel));
}

const executed = z.object({ action: z.object({ verb: z.literal(verb), data: z.record(z.string(), z.unknown()) }) });
const submitted = z.record(z.string(), z.unknown());

/** What came back with a press: our payload, and what was typed, by the ids of the inputs. Null when it is none of ours. */
export function readPress(value: unknown): { readonly payload: unknown; readonly typed: Readonly<Record<string, string>> } | null {
  const invoke = executed.safeParse(value);
  const data = invoke.success ? invoke.data.action.data : submitted.safeParse(value).data;
  const payload = data?.[verb];
  if (data === undefined || payload === undefined) return null;
  const typed = Object.entries(data).flatMap(([id, text]): [string, string][] => (typeof text === 'string' ? [[id, text]] : []));
  return { payload, typed: Object.fromEntries(typed) };
}

/** Bytes of a message as Teams counts them (UTF-16), or as they travel (UTF-8), whichever is more. */
export function sizeOf(json: Json): number {
  const text = JSON.stringify(json);
  return Math.max(text.length * 2, Buffer.byteLength(text));
}
