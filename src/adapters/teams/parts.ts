import type { Clock, Defaults, HandleTurn, KnowledgeSource, Store } from '../../app/ports.ts';
import type { Notes } from '../../app/ports-settings.ts';
import type { Activity } from '../../chat/activity.ts';
import type { Cloud, Registration } from './connection.ts';
import type { Refused } from './refused.ts';

/** What Teams' adapter is given by whoever puts the program together. */
export type TeamsParts = {
  /** Null for Microsoft's local playground: nobody is authenticated, and only this machine is served. */
  readonly registration: Registration | null;
  readonly cloud?: Cloud;
  readonly program: { readonly handleTurn: HandleTurn; readonly receive: (activity: Activity) => Promise<'new' | 'known'> };
  readonly store: Pick<Store, 'requestAt' | 'hasSpokenIn'> & Notes;
  readonly knowledge: KnowledgeSource;
  readonly defaults: Defaults;
  readonly clock: Clock;
  readonly random: () => number;
  readonly refused: Refused;
  readonly onFault: (fault: unknown) => void;
};
