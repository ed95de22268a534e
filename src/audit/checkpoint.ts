import { decode, type Note, parseNote, type Signer, signNote, type Verifier } from './note.ts';
import { type Hash, hashBytes } from './tree.ts';

/** What a log was at one size, in the form of C2SP `tlog-checkpoint`. `origin` names the log, for all its life. */
export type Checkpoint = { readonly origin: string; readonly size: number; readonly root: Hash };

/** A checkpoint read from a signed note, whose signatures nobody has looked at yet. */
export type ReadCheckpoint = Checkpoint & { readonly note: Note };

export function signCheckpoint({ origin, size, root }: Checkpoint, signers: readonly Signer[]): string {
  return signNote(`${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`, signers);
}

/** Null when the text is no signed note over a checkpoint. */
export function readCheckpoint(text: string): ReadCheckpoint | null {
  const note = parseNote(text);
  if (note === null) return null;
  const [origin = '', count = '', hash = '', ...extensions] = note.text.slice(0, -1).split('\n');
  const root = decode(hash);
  const size = Number(count);
  const sound = origin !== '' && /^(0|[1-9]\d*)$/.test(count) && Number.isSafeInteger(size) && !extensions.includes('');
  return sound && root?.length === hashBytes ? { origin, size, root, note } : null;
}

/** A key that signs for a log bears its name: one key may sign for several logs, and none for another's. */
export function signsFor(origin: string, { name }: Verifier): boolean {
  return name === origin;
}
