import { replaceKey } from '../adapters/anchors/key-file.ts';
import type { AuditSigner } from '../app/audit-signer.ts';
import type { AuditParts } from './audit.ts';

export type CheckpointParts = Omit<AuditParts, 'store'> & { readonly signer: AuditSigner };

/** Signs what is new and prints the checkpoint, exactly as it may be kept; the key goes to standard error. Returns 1 when it could not be anchored. */
export async function auditCheckpoint({ signer, json, write, fail }: CheckpointParts): Promise<number> {
  const { size, note, vkey } = await signer.start();
  write(json ? JSON.stringify({ size, vkey, checkpoint: note }) : note.trimEnd());
  if (!json) fail(`key: ${vkey}`);
  return signer.trouble() === null ? 0 : 1;
}

/** Puts a new key in force. The log says so, and this checkpoint and all further ones are signed with both, for as long as the old key lies beside the new one. */
export async function auditRotateKey(keyFile: string, parts: CheckpointParts): Promise<number> {
  // What was signed so far has to be sound before a new key vouches for it.
  await parts.signer.start();
  replaceKey(keyFile);
  return auditCheckpoint(parts);
}
