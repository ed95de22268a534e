import type { ActionsBlock, KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import type { Form, FormPress } from '../../chat/form.ts';
import type { Say } from '../../locale.ts';
import { parseJson } from './buttons.ts';
import { asideBlocks, elementBlocks } from './elements.ts';
import { blockId, fieldBlocks } from './form-field.ts';
import { plainText } from './text.ts';
import { beginningOf, bytesOf } from './view.ts';

export const formCallbackId = 'portclerk.form';

const titleRoom = 24;
const labelRoom = 75;
const errorRoom = 600;
/** Of a view's 250 kB: so much for what stands above the questions, and for the questions in full. */
const elementBytes = 70_000;
const fieldBytes = 110_000;
const mostElements = 40;

/** Where the form was opened, and what else its caller wants back; at most 1000 characters. */
export type Origin = string | null;

/**
 * One page of a form as a modal. A field's block is `field:<name>`; a further button's `action_id` is `form.<press>#<n>`. Slack
 * hands back `private_metadata` `{draft, page, seen, origin, standing}`: `standing` names the fields whose text is too long to
 * stand in an input. Their inputs are empty and say so, and sent back empty they are left out of the values: nothing changes.
 * The `action_id` of an input has `seen` in it, or else Slack would put what stood in an older drawing back into a newer one.
 */
export function renderSlackModal(form: Form, say: Say, origin: Origin = null): ModalView {
  const reader = { locale: form.locale, zone: 'UTC' };
  let left = fieldBytes;
  const fields = form.fields.map((field) => {
    const full = fieldBlocks(field, form.seen, 'full', say, reader);
    const shown = bytesOf(full.blocks) <= left ? full : fieldBlocks(field, form.seen, 'lean', say, reader);
    left -= bytesOf(shown.blocks);
    return { ...shown, name: field.name };
  });
  const { number, of } = form.position;
  const head = of > 1 ? say({ key: 'slack.form-page', params: { title: form.title, number, of } }, reader) : form.title;
  const body = form.elements.flatMap((element): readonly KnownBlock[] => elementBlocks(element));
  const tooLong = asideBlocks(say({ key: 'slack.view-too-long' }, reader));
  const standing = fields.filter((field) => field.stands).map((field) => field.name);
  return {
    type: 'modal',
    callback_id: formCallbackId,
    private_metadata: JSON.stringify({ draft: form.draft, page: form.page, seen: form.seen, origin, standing }),
    notify_on_close: true,
    title: plainText(form.title, titleRoom),
    submit: plainText(form.next, titleRoom),
    close: plainText(form.close, titleRoom),
    blocks: [
      ...asideBlocks(head),
      ...beginningOf(body, { blocks: mostElements, bytes: elementBytes }, tooLong),
      ...fields.flatMap(({ blocks }) => blocks),
      ...furtherButtons(form),
    ],
  };
}

function furtherButtons(form: Form): readonly ActionsBlock[] {
  if (form.buttons.length === 0) return [];
  const elements = form.buttons.map(({ label, press, style }, index): ActionsBlock['elements'][number] => ({
    type: 'button',
    action_id: `form.${press.kind}#${index}`,
    text: plainText(label, labelRoom),
    value: JSON.stringify(press),
    ...(style === 'default' ? {} : { style }),
  }));
  return Array.from({ length: Math.ceil(elements.length / 5) }, (_, row) => ({
    type: 'actions',
    elements: elements.slice(row * 5, (row + 1) * 5),
  }));
}

/** The problems of a form for `response_action: 'errors'`: Slack shows each under its input, and keeps what was typed. */
export function slackFormErrors(form: Form): Record<string, string> {
  return Object.fromEntries(
    form.fields.flatMap(({ name, problem }) => (problem === null ? [] : [[blockId(name), plainText(problem, errorRoom).text]])),
  );
}

const pressSchema: z.ZodType<FormPress> = z.union([
  z.strictObject({ kind: z.enum(['next', 'back', 'keep', 'discard']) }),
  z.strictObject({ kind: z.literal('go'), page: z.string() }),
]);

/** A press on one of the form's further buttons; null when it is none of them. */
export function readSlackPress(actionId: string, value: string): FormPress | null {
  const parsed = pressSchema.safeParse(parseJson(value));
  return parsed.success && actionId.startsWith(`form.${parsed.data.kind}#`) ? parsed.data : null;
}
