import { z } from 'zod';
import { plainText } from './text.ts';

const sent = z.object({
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
  const input = sent.parse(view).blocks.find(({ type, block_id }) => type === 'input' && block_id !== undefined);
  if (input?.block_id !== undefined) return { response_action: 'errors', errors: { [input.block_id]: plainText(text, textRoom).text } };
  return { response_action: 'update', view: notSavedView(view, text) };
}

/** The page as it was sent, under a line that says so. Its inputs are the same ones: Slack leaves in them what was typed. */
export function notSavedView(view: unknown, text: string): Readonly<Record<string, unknown>> {
  const { blocks, ...page } = sent.parse(view);
  const notice = { type: 'context', block_id: 'not-saved', elements: [plainText(text, textRoom)] };
  const others = blocks.filter(({ block_id }) => block_id !== 'not-saved');
  return { type: 'modal', ...page, notify_on_close: true, blocks: [notice, ...others] };
}
