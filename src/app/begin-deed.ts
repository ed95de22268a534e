import { cleanText } from '../dialog/clean-text.ts';
import { refuse } from '../domain/refusal.ts';
import { type Deed, objection, planDeed, type readRequestId, wordy } from './decisions.ts';
import { openDialog } from './dialogs.ts';
import { withFreshGroups } from './group-members.ts';
import { messageCard, type PersonTurn, type Plan, refusedPlan, type Surroundings } from './turn.ts';

/** A deed at once where nothing is missing, or first the dialog that asks for its words; one that is not allowed is refused before anything is asked. */
export async function beginDeed(
  asked: PersonTurn,
  given: { deed: Deed; request: NonNullable<ReturnType<typeof readRequestId>>; version: number | null; text: string | null },
  surroundings: Surroundings,
): Promise<Plan> {
  // Words of characters that nobody sees are none; others stay as they were typed, and are shown with what is unseen in them.
  const isSaid = given.text !== null && cleanText(given.text).text !== '';
  const order = { ...given, text: isSaid ? given.text : null };
  if (order.text !== null || !wordy.includes(order.deed)) return planDeed(asked, order, surroundings);
  const turn = await withFreshGroups(asked, surroundings);
  const request = await surroundings.store.request(order.request);
  const refusal = request ? objection(turn, request, order) : refuse('no-such-request', { request: order.request });
  if (refusal) return refusedPlan(turn, `request.${order.deed}`, order.request, refusal, request?.content_hash);
  const seed = { request: order.request, version: order.version, decision: order.deed };
  const about = messageCard(turn.knowledge.say, turn.reader, [{ key: `request.words.${order.deed}`, params: { request: order.request } }]);
  return openDialog(turn, order.deed === 'record' ? 'record-outcome' : 'decide', seed, surroundings, () => [about]);
}
