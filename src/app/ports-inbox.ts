import type { Activity } from '../chat/activity.ts';
import type { Instant } from '../domain/instant.ts';

/** Activities kept from the moment they are acknowledged until their effect is stored; a `Commit` with `received` ends one. */
export interface Inbox {
  /** Keeps an activity and takes it on until `leaseEnds`. `known`: it is kept, or its effect is stored, already. */
  receive(activity: Activity, leaseEnds: Instant): Promise<'new' | 'known'>;
  /** Takes on kept activities that nobody works at: due, in their order, the oldest of each account in each conversation. */
  claimInbox(platforms: readonly string[], now: Instant, leaseEnds: Instant, limit: number): Promise<readonly Activity[]>;
  /** Lets go of one whose effect could not be stored; it is due again at `dueAt`. */
  putBack(activity: Pick<Activity, 'id' | 'conversation'>, dueAt: Instant): Promise<void>;
  /** Forgets those that were done before `before`: no platform sends them again. */
  forgetInbox(before: Instant): Promise<void>;
}
