import { createSlack } from './adapters/slack/app.ts';
import { beginsDialog } from './app/read-command.ts';
import { resolveActor } from './app/resolve-actor.ts';
import type { SlackConfig } from './config-platforms.ts';
import type { PlatformParts, Served } from './main-platforms.ts';

/** Slack as the server runs it. */
export function servedSlack(settings: SlackConfig, parts: PlatformParts): Served {
  const { config, program, store, knowledge, clock, operations, logger, onFault } = parts;
  const count = (kind: string): void => operations.turns.inc({ platform: 'slack', kind });
  return createSlack({
    settings,
    handleTurn: (activity, delivered) => {
      count(activity.kind);
      return program.handleTurn(activity, delivered);
    },
    receive: async (activity) => {
      const outcome = await program.receive(activity);
      if (outcome === 'new') count(activity.kind);
      return outcome;
    },
    home: program.home,
    store,
    notes: store,
    clock,
    say: () => knowledge.current().say,
    readerOf(account) {
      const sender = { platform: 'slack', tenant: null, id: account, name: '', standing: 'member' } as const;
      const actor = resolveActor(sender, knowledge.current().people);
      return actor.kind === 'person' ? actor.person : config.defaults;
    },
    beginsDialog: (text) => beginsDialog(text, knowledge.current().words),
    counts: {
      refused: (reason) => operations.refusedRequests.inc({ platform: 'slack', reason }),
      retried: () => operations.repeatedRequests.inc({ platform: 'slack' }),
    },
    log: ({ level, what }) => logger[level]({ platform: 'slack' }, what),
    onFault,
  });
}
