import type { Conversation } from '../../chat/activity.ts';
import type { Card } from '../../chat/card.ts';
import type { ChatPlatform, Delivery } from '../../chat/platform.ts';
import type { Screen } from './screen.ts';

export const terminalPlatformId = 'terminal';

export function terminalConversation(account: string): Conversation {
  return { platform: terminalPlatformId, id: `direct:${account}`, kind: 'direct', thread: null };
}

/** Every terminal as a process without one sees them: what is for somebody's waits until they open it. */
export const terminalElsewhere: ChatPlatform = {
  id: terminalPlatformId,
  capabilities: { approvals: null, dialogs: 'here', forms: false, home: false },
  direct: terminalConversation,
  reach: 'nowhere',
  post: () => Promise.resolve(notHere),
  edit: () => Promise.resolve(notHere),
};
const notHere: Delivery = { kind: 'retry', afterMs: null, reason: 'no terminal is open in this process' };

/**
 * The terminal as the outbox sees it: one person's screen. What is for others waits until they open theirs. A posted card's
 * id is its key, so that a screen shows it once and a later one can still be told of its edit.
 */
export function createTerminalPlatform(account: string, screen: Screen, updated: (card: Card) => string): ChatPlatform {
  const own = terminalConversation(account);
  return {
    ...terminalElsewhere,
    reach: own,
    async post({ conversation, card, key }) {
      if (!screen.has(key)) screen.show({ id: key, card }, null);
      return { kind: 'delivered', message: { conversation, id: key } };
    },
    async edit(message, { card }) {
      // Several moves that wait for one reader leave one card: it is printed once.
      if (!screen.shows({ id: message.id, card })) screen.show({ id: message.id, card }, updated(card));
      return { kind: 'delivered', message };
    },
  };
}
