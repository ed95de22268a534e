import { join } from 'node:path';
import { openAnchorFolder } from '../../src/adapters/anchors/anchor-folder.ts';
import { signingKeys } from '../../src/adapters/anchors/signing-keys.ts';
import { connect } from '../../src/adapters/store/sqlite.ts';
import { type AuditSigner, createAuditSigner } from '../../src/app/audit-signer.ts';
import type { SealedLog, SigningKeys } from '../../src/app/ports.ts';
import { temporaryFolder, temporaryStore } from './store.ts';
import { draftOf, SetClock, sampleRequest, transition } from './store-samples.ts';

type Db = Awaited<ReturnType<typeof temporaryStore>>;

/** A log with a key of its own, checkpoints as it goes, and a folder to anchor them in. */
export type SignedLog = {
  readonly db: Db;
  readonly clock: SetClock;
  readonly folder: string;
  readonly keyFile: string;
  readonly anchors: string;
  readonly heard: { readonly sealed: SealedLog[]; readonly troubles: (string | null)[]; written: number };
  /** One more of what signs, as another start of the program has. */
  signer(): AuditSigner;
  readonly keys: (isFirst: boolean) => SigningKeys;
  seal(): Promise<SealedLog>;
  remove(): Promise<void>;
};

export async function signedLog(): Promise<SignedLog> {
  const clock = new SetClock();
  const db = await temporaryStore(clock);
  const folder = temporaryFolder();
  const keyFile = join(folder.path, 'keys', 'audit.key');
  const anchors = join(folder.path, 'anchors');
  const heard: SignedLog['heard'] = { sealed: [], troubles: [], written: 0 };
  const keys = signingKeys(keyFile, 'log.example');
  return {
    db,
    clock,
    folder: folder.path,
    keyFile,
    anchors,
    heard,
    keys,
    signer: () =>
      createAuditSigner({
        store: db.store,
        clock,
        keys,
        anchor: openAnchorFolder(anchors),
        onSealed: (sealed) => void heard.sealed.push(sealed),
        onTrouble: (what) => void heard.troubles.push(what),
      }),
    seal: () => db.store.sealAudit(keys),
    async remove() {
      await db.remove();
      folder.remove();
    },
  };
}

/** Adds so many entries: ten requests that move on, and in between one about no request. */
export async function addEntries(log: SignedLog, count: number): Promise<void> {
  for (let k = log.heard.written; k < log.heard.written + count; k += 1) {
    const [turn, place] = [Math.floor(k / 11) + 1, k % 11];
    const nobody = { object: null, actor: { kind: 'account' as const, platform: 'slack', id: `U${turn % 3}` } };
    const commit = place === 10 ? { audit: [draftOf(sampleRequest(1), nobody)] } : transition(sampleRequest(place + 1, turn));
    const { kind } = await log.db.store.commit(commit);
    if (kind !== 'committed') throw new Error(`entry ${k} was not written: ${kind}`);
  }
  log.heard.written += count;
}

/** Edits a database as somebody with a shell could, the triggers out of the way. */
export function behindItsBack(file: string, ...statements: readonly string[]): void {
  const connection = connect(file);
  const triggers = connection.prepare<[], string>(`select name from sqlite_master where type = 'trigger'`).pluck().all();
  for (const trigger of triggers) connection.exec(`drop trigger ${trigger}`);
  for (const statement of statements) connection.exec(statement);
  connection.close();
}
