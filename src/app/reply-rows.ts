import type { Activity } from '../chat/activity.ts';
import type { Card } from '../chat/card.ts';
import type { ChatPlatform } from '../chat/platform.ts';
import type { NewOutboxRow, TurnReply } from './ports.ts';

/**
 * A reply as deliveries, under ids that follow from the activity: said once, however often it is worked out. What is for the
 * direct conversation always is one; the rest where nobody waits to show it.
 */
export function replyRows(
  activity: Activity,
  reply: TurnReply,
  platform: ChatPlatform | undefined,
  delivered: 'here' | 'outbox',
): readonly NewOutboxRow[] {
  const { conversation, sender } = activity;
  const row = (name: string, place: NewOutboxRow['conversation'], card: Card, only: string | null): NewOutboxRow => ({
    id: `reply:${conversation.platform}:${sender.id}:${activity.id}:${name}`,
    conversation: place,
    content: { kind: 'card', request: null, card, only },
  });
  const only = reply.private && conversation.kind === 'channel' ? sender.id : null;
  const here = delivered === 'outbox' ? reply.cards.map((card, index) => row(String(index), conversation, card, only)) : [];
  const direct = reply.direct === undefined ? null : (platform?.direct(sender.id) ?? null);
  return direct === null ? here : [...here, ...(reply.direct ?? []).map((card, index) => row(`direct:${index}`, direct, card, null))];
}
