import { createTeams } from './adapters/teams/app.ts';
import type { TeamsConfig } from './config-platforms.ts';
import type { PlatformParts, Served } from './main-platforms.ts';

/** Microsoft Teams as the server runs it. */
export function servedTeams(
  settings: TeamsConfig,
  { config, program, store, knowledge, clock, operations, logger, onFault }: PlatformParts,
): Served {
  const count = (kind: string): void => operations.turns.inc({ platform: 'teams', kind });
  const { router, platform } = createTeams({
    registration: settings.kind === 'local' ? null : settings,
    program: {
      handleTurn: (activity, delivered) => {
        count(activity.kind);
        return program.handleTurn(activity, delivered);
      },
      receive: async (activity) => {
        const outcome = await program.receive(activity);
        if (outcome === 'new') count(activity.kind);
        return outcome;
      },
    },
    store,
    knowledge,
    defaults: config.defaults,
    clock,
    random: Math.random,
    refused: (reason, why) => {
      operations.refusedRequests.inc({ platform: 'teams', reason });
      logger.warn({ platform: 'teams', reason, why }, 'refused');
    },
    onFault,
  });
  const nothing = (): Promise<void> => Promise.resolve();
  return { platform, router, start: nothing, close: nothing };
}
