import { openAnchorFolder } from '../adapters/anchors/anchor-folder.ts';
import { signingKeys } from '../adapters/anchors/signing-keys.ts';
import { type AuditSigner, createAuditSigner, type SignerParts } from '../app/audit-signer.ts';
import type { Config } from '../config.ts';

/** Begins the name of a log whose operator has no public address. */
const unnamedHost = 'portclerk.internal';

/** What signs the audit log of a store and anchors it, as the configuration says. */
export function createSigner(
  { auditKeyFile, auditAnchorDir, publicUrl }: Config,
  parts: Pick<SignerParts, 'store' | 'clock'> & Partial<Pick<SignerParts, 'onSealed' | 'onTrouble'>>,
): AuditSigner {
  const host = publicUrl === null ? unnamedHost : new URL(publicUrl).hostname;
  return createAuditSigner({
    keys: signingKeys(auditKeyFile, host),
    anchor: auditAnchorDir === null ? null : openAnchorFolder(auditAnchorDir),
    onSealed: () => undefined,
    onTrouble: () => undefined,
    ...parts,
  });
}
