import type { Heard } from '../chat/activity.ts';
import { planCode, planLink, planUnlink } from './link-account.ts';
import { planApprovals, planLocale } from './set-place.ts';
import { readSetting, type SettingOrder } from './settings-words.ts';
import type { Plan, Surroundings, Turn } from './turn.ts';

/** A setting somebody asks for by saying so to the bot. Nothing but a code is one from an account that is nobody yet alone. */
export function settingIn({ actor }: Turn, { text, heard }: { readonly text: string; readonly heard: Heard }): SettingOrder | null {
  const order = heard === 'addressed' ? readSetting(text) : null;
  return order?.kind === 'code' && order.bare && actor.kind === 'person' ? null : order;
}

/** What was said to the bot to have something set, carried out or refused. */
export function planSetting(turn: Turn, order: SettingOrder, surroundings: Surroundings): Promise<Plan> {
  switch (order.kind) {
    case 'approvals':
      return planApprovals(turn, 'here', surroundings);
    case 'no-approvals':
      return planApprovals(turn, order.nowhere ? 'nowhere' : 'not-here', surroundings);
    case 'locale':
      return planLocale(turn, order.locale, surroundings);
    case 'link':
      return planLink(turn, order.platform, surroundings);
    case 'unlink':
      return planUnlink(turn, order.platform);
    case 'code':
      return planCode(turn, order.code, surroundings);
  }
}
