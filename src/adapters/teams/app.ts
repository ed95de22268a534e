import { Router } from 'express';
import type { ChatPlatform } from '../../chat/platform.ts';
import { connect } from './connection.ts';
import { gateway } from './gateway.ts';
import { createMembers } from './members.ts';
import type { TeamsParts } from './parts.ts';
import { createTeamsPlatform } from './platform.ts';
import type { Speaker } from './posts.ts';
import { createReferences } from './references.ts';
import { readBody } from './request-body.ts';
import { createTurns } from './turns.ts';

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
