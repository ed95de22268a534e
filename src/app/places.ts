import type { Conversation } from '../chat/activity.ts';
import type { ChatPlatform } from '../chat/platform.ts';
import type { Reader } from '../locale.ts';
import type { Defaults } from './ports.ts';
import type { Settings } from './ports-settings.ts';

/** Where approvers meet on each platform that has such a place: as an administrator said, else as it is configured. */
export function approvalsPlaces(platforms: readonly ChatPlatform[], { approvals }: Settings): readonly Conversation[] {
  return platforms.flatMap(({ id, capabilities }) => {
    const place = approvals.find(({ platform }) => platform === id) ?? capabilities.approvals;
    return place === null ? [] : [place];
  });
}

/** How a shared channel's cards are written. */
export function channelReader({ platform, id }: Conversation, { locales }: Settings, defaults: Defaults): Reader {
  const set = locales.find((one) => one.platform === platform && one.channel === id);
  return set === undefined ? defaults : { ...defaults, locale: set.locale };
}
