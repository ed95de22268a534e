import { z } from 'zod';
import { plainText } from './text.ts';

const sent = z.looseObject({
  blocks: z.array(z.looseObject({ type: z.string(), block_id: z.string().optional() })),
  title: z.unknown().optional(),
  submit: z.unknown().optional(),
  close: z.unknown().optional(),
  private_metadata: z.string(),
  callback_id: z.string(),
});

const textRoom = 600;

/**
 * The answer to a submission that could not be saved: all that was typed stays where it is, with a line at the first input
 * that says so. A page without inputs is shown again under that line.
 */
export function notSavedAnswer(view: unknown, text: string): Readonly<Record<string, unknown>> {
  const { blocks, title, submit, close, private_metadata, callback_id } = sent.parse(view);
  const line = plainText(text, textRoom);
  const input = blocks.find(({ type, block_id }) => type === 'input' && block_id !== undefined);
  if (input?.block_id !== undefined) return { response_action: 'errors', errors: { [input.block_id]: line.text } };
  const notice = { type: 'context', block_id: 'not-saved', elements: [line] };
  const others = blocks.filter(({ block_id }) => block_id !== 'not-saved');
  const again = { type: 'modal', callback_id, private_metadata, notify_on_close: true, title, submit, close };
  return { response_action: 'update', view: { ...again, blocks: [notice, ...others] } };
}
