import type { Clock, MessageBoard } from '../../app/ports.ts';
import type { ChatPlatform } from '../../chat/platform.ts';
import { personIdSchema } from '../../domain/actor.ts';
import { instantOf } from '../../domain/instant.ts';
import { approvalsChannel, directConversation, webPlatformId } from './conversations.ts';
import type { Live } from './live.ts';

/** The local page as the outbox sees it. It is always there: what nobody looks at now stands on the board. */
export function createWebPlatform(board: MessageBoard, live: Live, clock: Clock): ChatPlatform {
  return {
    id: webPlatformId,
    capabilities: { approvals: approvalsChannel, dialogs: 'here', forms: false, home: false },
    direct: (account) => directConversation(account),
    reach: 'everywhere',
    async post({ conversation, card, key, only }) {
      const at = instantOf(clock.now());
      const seenBy = only === null ? null : personIdSchema.parse(only);
      const message = await board.append({ conversation, author: null, seenBy, content: { kind: 'card', card }, at }, `post:${key}`);
      live.publish(message);
      return { kind: 'delivered', message: { conversation: message.conversation, id: message.id } };
    },
    async edit(ref, { card }) {
      const message = await board.replace(ref.id, { kind: 'card', card }, instantOf(clock.now()));
      if (message === null) return { kind: 'gone', reason: `no message ${ref.id} on the board` };
      live.publish(message);
      return { kind: 'delivered', message: ref };
    },
  };
}
