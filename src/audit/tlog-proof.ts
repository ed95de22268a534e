import { readCheckpoint, signsFor } from './checkpoint.ts';
import { decode, signersOf, type Verifier } from './note.ts';
import { includes } from './proof.ts';
import { type Hash, hashBytes, leafHash } from './tree.ts';

/** C2SP `tlog-proof`: all that shows an entry to be in a log, but for the entry and the log's key. */
export type TlogProof = {
  readonly index: number;
  readonly path: readonly Hash[];
  /** The signed note, as it stands. */
  readonly checkpoint: string;
};

const header = 'c2sp.org/tlog-proof@v1';

export function formatProof({ index, path, checkpoint }: TlogProof): string {
  return [header, `index ${index}`, ...path.map((hash) => Buffer.from(hash).toString('base64')), '', checkpoint].join('\n');
}

/** Null when it is no such proof. Extra data is passed over: nothing vouches for it. */
export function parseProof(text: string): TlogProof | null {
  const end = text.indexOf('\n\n');
  if (end < 0) return null;
  const [first, ...more] = text.slice(0, end).split('\n');
  const [second = '', ...hashes] = more[0]?.startsWith('extra ') ? more.slice(1) : more;
  const index = /^index (0|[1-9]\d*)$/.exec(second)?.[1];
  const path = hashes.map(decode).filter((hash) => hash?.length === hashBytes);
  if (first !== header || index === undefined || !Number.isSafeInteger(Number(index)) || path.length !== hashes.length) return null;
  return { index: Number(index), path: path.filter((hash) => hash !== null), checkpoint: text.slice(end + 2) };
}

/**
 * Whether the proof shows these exact bytes to be an entry of the log that the key signs for. Anything that does not fit
 * is a no: index, path, root, signature, origin.
 */
export function provesEntry(bytes: Uint8Array, text: string, verifier: Verifier): boolean {
  const proof = parseProof(text);
  const checkpoint = proof && readCheckpoint(proof.checkpoint);
  if (!proof || !checkpoint || !signsFor(checkpoint.origin, verifier)) return false;
  if (!signersOf(checkpoint.note, [verifier])?.length) return false;
  const { size, root } = checkpoint;
  return includes({ index: proof.index, size, leaf: leafHash(bytes), root }, proof.path);
}
