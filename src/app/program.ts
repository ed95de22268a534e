import type { ChatPlatform } from '../chat/platform.ts';
import { anchorAlertCommit, anchorCommit } from './anchors.ts';
import { createOutbox, type DeliveryLog } from './deliver.ts';
import { createHandleTurn } from './handle-turn.ts';
import type { HandleTurn, SealedLog } from './ports.ts';
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
  /** Puts a checkpoint of the audit log where others keep it, once a day at most. */
  readonly anchor: (sealed: SealedLog) => Promise<void>;
  /** Tells the administrators that the audit log is no longer signed or anchored. */
  readonly warn: (what: string) => Promise<void>;
  readonly stop: () => void;
};

export function createProgram(parts: ProgramParts): Program {
  const platforms: ChatPlatform[] = [];
  const outbox = createOutbox({ ...parts, platforms }, parts.log);
  const wake = (): void => void outbox.drain().catch(parts.onFault);
  const surroundings: Surroundings = { ...parts, platforms, wake };
  let { versions } = parts.knowledge.current();
  const stop = parts.knowledge.onReload((outcome) => {
    const knowledge = parts.knowledge.current();
    const commit = reloadCommit(knowledge, versions, outcome.ok ? [] : outcome.problems, surroundings);
    versions = knowledge.versions;
    parts.store.commit(commit).then(wake, parts.onFault);
  });
  return {
    attach: (platform) => void platforms.push(platform),
    handleTurn: createHandleTurn(surroundings),
    deliver: outbox.drain,
    async anchor(sealed) {
      const commit = anchorCommit(sealed, surroundings);
      if (commit !== null) await parts.store.commit(commit).then(wake);
    },
    warn: (what) => parts.store.commit(anchorAlertCommit(what, surroundings)).then(wake),
    stop,
  };
}
