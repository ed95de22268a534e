import type { Activity, Sender } from '../chat/activity.ts';
import type { Home } from '../chat/home.ts';
import type { ChatPlatform } from '../chat/platform.ts';
import { instantOf } from '../domain/instant.ts';
import { anchorAlertCommit, anchorCommit } from './anchors.ts';
import { createOutbox, type DeliveryLog } from './deliver.ts';
import { watchGroups } from './group-members.ts';
import { createHandleTurn } from './handle-turn.ts';
import { homeFor } from './home.ts';
import { createInbox } from './inbox.ts';
import type { HandleTurn, SealedLog } from './ports.ts';
import { reloadCommit } from './reloads.ts';
import { withSettings } from './roster.ts';
import type { Surroundings } from './turn.ts';
import { waitingCards } from './waiting-cards.ts';

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
  /**
   * Stores what somebody said, to be worked on in the background; once it is stored it has its effect and its answer, whatever
   * happens to this process. Rejects with `AppError('store-busy')` when it can't be stored.
   */
  readonly receive: (activity: Activity) => Promise<'new' | 'known'>;
  /** Works on all that was kept and delivers all that is due now. */
  readonly deliver: () => Promise<void>;
  /** The page of whoever this account is. */
  readonly home: (sender: Sender) => Promise<Home>;
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
  const handleTurn = createHandleTurn(surroundings);
  const lookAtGroups = watchGroups(surroundings, parts.onFault);
  const inbox = createInbox(surroundings, handleTurn, parts.onFault);
  let { versions } = parts.knowledge.current();
  const stop = parts.knowledge.onReload((outcome) => {
    const knowledge = parts.knowledge.current();
    const before = versions;
    versions = knowledge.versions;
    const keep = async (): Promise<void> => {
      const settings = await parts.store.settings();
      const known = withSettings(knowledge, settings, instantOf(parts.clock.now()));
      const commit = reloadCommit(known, before, outcome.ok ? [] : outcome.problems, surroundings);
      const isSame = before.people === knowledge.versions.people && before.policy === knowledge.versions.policy;
      const cards = isSame ? [] : await waitingCards(known, { ...surroundings, settings });
      await parts.store.commit({ ...commit, outbox: [...(commit.outbox ?? []), ...cards] });
    };
    keep().then(wake, parts.onFault);
  });
  return {
    attach: (platform) => void platforms.push(platform),
    handleTurn: (activity, delivered = 'here') => handleTurn(activity, { delivered, kept: false }),
    receive: inbox.receive,
    async deliver() {
      const looking = lookAtGroups().catch(parts.onFault);
      await inbox.drain();
      await outbox.drain();
      await inbox.forget().catch(parts.onFault);
      await looking;
    },
    home: (sender) => homeFor(sender, surroundings),
    async anchor(sealed) {
      const commit = anchorCommit(sealed, { ...surroundings, settings: await parts.store.settings() });
      if (commit !== null) await parts.store.commit(commit).then(wake);
    },
    warn: async (what) => {
      const settings = await parts.store.settings();
      await parts.store.commit(anchorAlertCommit(what, { ...surroundings, settings })).then(wake);
    },
    stop,
  };
}
