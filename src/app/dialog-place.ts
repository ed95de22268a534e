import type { Conversation } from '../chat/activity.ts';
import type { Surroundings, Turn } from './turn.ts';

/**
 * Where a dialog goes on: in a form, here, or in the person's direct conversation. `conversation` is where typed answers belong to
 * it, also those of a form that was put away.
 */
export type DialogPlace = { readonly kind: 'form' | 'here' | 'direct'; readonly conversation: Conversation };

export function placeOf({ activity }: Turn, { platforms }: Surroundings): DialogPlace {
  const here = activity.conversation;
  const platform = platforms.find(({ id }) => id === here.platform);
  const direct = here.kind === 'direct' ? here : (platform?.direct(activity.sender.id) ?? null);
  const conversation = direct ?? here;
  if (activity.surface === 'form') return { kind: 'form', conversation };
  const moves = here.kind === 'channel' && direct !== null && platform?.capabilities.dialogs === 'direct';
  return moves ? { kind: 'direct', conversation } : { kind: 'here', conversation: here };
}

/** Whether a question can be answered in a form as well. */
export function offersForms({ activity }: Turn, { platforms }: Surroundings): boolean {
  return platforms.find(({ id }) => id === activity.conversation.platform)?.capabilities.forms ?? false;
}
