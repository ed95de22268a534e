import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { listen } from './adapters/http/listen.ts';
import type { Operations } from './adapters/http/operations.ts';
import type { OpenStore } from './adapters/store/open-store.ts';
import { terminalElsewhere } from './adapters/terminal/platform.ts';
import { createWeb } from './adapters/web/server.ts';
import type { Clock, KnowledgeSource } from './app/ports.ts';
import type { Program } from './app/program.ts';
import type { ChatPlatform } from './chat/platform.ts';
import type { Config } from './config.ts';

export type PlatformParts = {
  readonly config: Config;
  readonly program: Program;
  readonly store: OpenStore;
  readonly knowledge: KnowledgeSource;
  readonly clock: Clock;
  readonly operations: Operations;
  readonly logger: Logger;
  readonly onFault: (fault: unknown) => void;
};

/** A chat platform as the server runs it: attached, then its routes are served, then it is started. */
export type Served = {
  readonly platform: ChatPlatform;
  readonly router: Parameters<typeof listen>[0][number] | null;
  readonly start: () => Promise<void>;
  /** Takes in nothing more. */
  readonly close: () => Promise<void>;
};

/** Every configured platform; the local page and the terminals where none is. What knows a platform is loaded only where it is used. */
export async function servedPlatforms(parts: PlatformParts): Promise<readonly Served[]> {
  const { local, slack, teams } = parts.config;
  return [
    ...(local ? [localPage(parts), terminals] : []),
    ...(slack === null ? [] : [(await import('./main-slack.ts')).servedSlack(slack, parts)]),
    ...(teams === null ? [] : [(await import('./main-teams.ts')).servedTeams(teams, parts)]),
  ];
}

const nothing = (): Promise<void> => Promise.resolve();

/** In local mode the same people may also sit at terminals, each in a process of its own. */
const terminals: Served = { platform: terminalElsewhere, router: null, start: nothing, close: nothing };

function localPage({ program, store, knowledge, clock, operations, onFault }: PlatformParts): Served {
  const web = createWeb({
    handleTurn: (activity) => {
      operations.turns.inc({ platform: activity.conversation.platform, kind: activity.kind });
      return program.handleTurn(activity);
    },
    knowledge,
    board: store,
    clock,
    pageDir: join(import.meta.dirname, 'adapters', 'web', 'page'),
    rendererFile: createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.min.js'),
    epoch: randomUUID(),
    onFault,
  });
  return { platform: web.platform, router: web.router, start: nothing, close: async () => web.close() };
}
