import type { ChatPlatform } from '../chat/platform.ts';
import { createOutbox, type DeliveryLog } from './deliver.ts';
import { createHandleTurn } from './handle-turn.ts';
import type { HandleTurn } from './ports.ts';
import { reloadCommit } from './reloads.ts';
import type { Surroundings } from './turn.ts';

export type ProgramParts = Omit<Surroundings, 'platforms' | 'wake'> & {
  readonly log: DeliveryLog;
  /** Hears of faults that happen with nobody waiting for an answer. */
  readonly onFault: (fault: unknown) => void;
};

/** The whole of the program but for the platforms it speaks through. */
export type Program = {
  /** From here on the platform is written to as well. */
  readonly attach: (platform: ChatPlatform) => void;
  readonly handleTurn: HandleTurn;
  /** Delivers all that is due now. */
  readonly deliver: () => Promise<void>;
  readonly stop: () => void;
};

export function createProgram(parts: ProgramParts): Program {
  const platforms: ChatPlatform[] = [];
  const outbox = createOutbox({ ...parts, platforms }, parts.log);
  const wake = (): void => void outbox.drain().catch(parts.onFault);
  const surroundings: Surroundings = { ...parts, platforms, wake };
  const stop = parts.knowledge.onReload((outcome) => {
    const commit = reloadCommit(parts.knowledge.current(), outcome.ok ? [] : outcome.problems, surroundings);
    parts.store.commit(commit).then(wake, parts.onFault);
  });
  return {
    attach: (platform) => void platforms.push(platform),
    handleTurn: createHandleTurn(surroundings),
    deliver: outbox.drain,
    stop,
  };
}
