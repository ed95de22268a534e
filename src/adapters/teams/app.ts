import { Router } from 'express';
import type { Clock, Defaults, HandleTurn, KnowledgeSource, Store } from '../../app/ports.ts';
import type { Notes } from '../../app/ports-settings.ts';
import type { Activity } from '../../chat/activity.ts';
import type { ChatPlatform } from '../../chat/platform.ts';
import { type Cloud, connect, type Registration } from './connection.ts';
import { gateway } from './gateway.ts';
import { createMembers } from './members.ts';
import { createTeamsPlatform } from './platform.ts';
import type { Speaker } from './posts.ts';
import { createReferences } from './references.ts';
import type { Refused } from './refused.ts';
import { readBody } from './request-body.ts';
import { createTurns } from './turns.ts';

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

export type Teams = { readonly router: Router; readonly platform: ChatPlatform };

/** Microsoft Teams: the route that its channel sends activities to, and the way back for the outbox. */
export function createTeams(parts: TeamsParts): Teams {
  const { registration, store, clock, knowledge, refused, onFault } = parts;
  const connection = connect(registration, parts.cloud);
  const tenant = registration?.tenantId ?? null;
  const references = createReferences(store, tenant ?? 'local');
  const speaker: Speaker = { connection, appId: registration?.appId ?? '', tenant };
  const members = createMembers(speaker, references, clock);
  const takeIn = createTurns({ ...parts, references, members });
  const router = Router();
  router.post('/api/messages', ...readBody(refused), gateway({ connection, tenant, refused, onFault, takeIn }));
  const platform = createTeamsPlatform({
    ...speaker,
    references,
    members,
    clock,
    random: parts.random,
    say: () => knowledge.current().say,
  });
  return { router, platform };
}
