import type { Sender } from '../../chat/activity.ts';
import type { Home } from '../../chat/home.ts';
import type { ChatPlatform } from '../../chat/platform.ts';
import type { Identity } from './identity.ts';
import { homeOpened } from './payloads.ts';
import type { createSenders } from './senders.ts';

/** Shows somebody their page when they open it; afterwards the outbox keeps it as it should be. */
export function createHomes(parts: {
  readonly home: (sender: Sender) => Promise<Home>;
  readonly platform: ChatPlatform;
  readonly identity: () => Promise<Identity>;
  readonly senderOf: ReturnType<typeof createSenders>;
}): (body: unknown) => Promise<void> {
  return async (body) => {
    const opened = homeOpened.safeParse(body);
    if (!opened.success || (opened.data.event.tab != null && opened.data.event.tab !== 'home')) return;
    const { event } = opened.data;
    const sender = await parts.senderOf({ id: event.user, name: null, team: null }, await parts.identity());
    await parts.platform.showHome?.(event.user, await parts.home(sender));
  };
}
