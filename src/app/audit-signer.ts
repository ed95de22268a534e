import { type ReadCheckpoint, readCheckpoint } from '../audit/checkpoint.ts';
import { verifyEnd } from '../audit/verify.ts';
import { AppError } from '../errors.ts';
import type { AuditReader, AuditSealer, Clock, SealedLog, SigningKeys } from './ports.ts';

/** A checkpoint is due after so many entries, or when the oldest unsigned one is so old. */
const entriesApart = 100;
const longestMs = 5 * 60_000;
/** How long until anchoring is tried again after it failed. */
const retryMs = 60_000;

export type SignerParts = {
  readonly store: AuditSealer & AuditReader;
  readonly clock: Clock;
  readonly keys: (isFirst: boolean) => SigningKeys;
  /** Where checkpoints are put beyond the reach of whoever writes the database; null where there is no such place. */
  readonly anchor: { write(note: string): void; read(origin: string): ReadCheckpoint | null } | null;
  /** Hears of every new checkpoint, once it is stored. */
  readonly onSealed: (sealed: SealedLog) => void;
  /** Hears when signing or anchoring begins to fail, and with null when it works again. */
  readonly onTrouble: (what: string | null) => void;
};

export type AuditSigner = {
  /** Looks at the log from its last checkpoint on and signs what is new. Throws when the log is not what was signed: then nothing must be written. */
  start(): Promise<SealedLog>;
  /** Signs and anchors when it is due; to be called every second or so. Never throws. */
  tick(): Promise<void>;
  /** Signs what is new and anchors it, as at a shutdown. */
  finish(): Promise<void>;
  /** Why signing or anchoring fails; null while it works. */
  trouble(): string | null;
};

export function createAuditSigner({ store, clock, keys, anchor, onSealed, onTrouble }: SignerParts): AuditSigner {
  let latest: SealedLog | null = null;
  let unsignedSince: number | null = null;
  let trouble: string | null = null;
  let tryAgainAt = 0;
  let running: Promise<void> | null = null;

  const seal = async (): Promise<SealedLog> => {
    const sealed = await store.sealAudit(keys);
    latest = sealed;
    unsignedSince = null;
    if (sealed.isNew) onSealed(sealed);
    return sealed;
  };
  const settle = (what: string | null): void => {
    if ((what === null) !== (trouble === null)) onTrouble(what);
    trouble = what;
  };
  /** Whatever fails is said and tried again later: an anchor out of reach must not keep people from working. */
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
      settle(null);
    } catch (error) {
      tryAgainAt = clock.now().getTime() + retryMs;
      settle(error instanceof Error ? error.message : String(error));
    }
  };
  const sealAndAnchor = async (): Promise<void> => {
    const { note } = await seal();
    anchor?.write(note);
  };
  const isDue = async (): Promise<boolean> => {
    const size = await store.readAudit(async (trail) => ((await trail.lastIndex()) ?? -1) + 1);
    const ahead = size - (latest?.size ?? 0);
    if (ahead <= 0) return false;
    const now = clock.now().getTime();
    unsignedSince ??= now;
    return ahead >= entriesApart || now - unsignedSince >= longestMs;
  };
  const round = async (): Promise<void> => {
    if (trouble !== null && clock.now().getTime() < tryAgainAt) return;
    if (trouble !== null) return attempt(sealAndAnchor);
    // A database that does not answer just now is said elsewhere.
    if (await isDue().catch(() => false)) await attempt(sealAndAnchor);
  };

  return {
    async start() {
      await demandIntactEnd(store, anchor);
      const sealed = await seal();
      await attempt(async () => anchor?.write(sealed.note));
      return sealed;
    },
    tick() {
      running ??= round().finally(() => {
        running = null;
      });
      return running;
    },
    async finish() {
      await running;
      await attempt(sealAndAnchor);
    },
    trouble: () => trouble,
  };
}

/** Throws `AppError('store-corrupt')` when the log's end, or the anchor, says that this is not the log that was signed. */
async function demandIntactEnd(store: AuditReader, anchor: SignerParts['anchor']): Promise<void> {
  const { findings } = await store.readAudit(async (trail) => {
    const last = (await trail.checkpoints()).at(-1);
    const origin = last === undefined ? undefined : readCheckpoint(last.note)?.origin;
    const anchored = origin === undefined ? null : (anchor?.read(origin) ?? null);
    return verifyEnd(trail, { outside: anchored === null ? [] : [anchored] });
  });
  const [first] = findings;
  if (first === undefined) return;
  const place = first.entry === null ? '' : `entry ${first.entry}: `;
  throw new AppError('store-corrupt', `the audit log is not the one that was signed; ${place}${first.what}; run "portclerk audit verify"`);
}
