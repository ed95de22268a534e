import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { copyFileSync, existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '../../errors.ts';
import { writeWhole } from './write-whole.ts';

/** The private keys that sign for the log: one in force, and perhaps the one before it. */
export type KeyPair = { readonly current: KeyObject; readonly previous: KeyObject | null };

const mode = 0o600;
/** Somebody else's writing, or everyone's reading. A group that reads is how secrets are mounted in places. */
const tooOpen = 0o027;

/**
 * Reads the keys, and with `mayMake` makes the first one where there is none. Throws `AppError('config-invalid')` with what to
 * do when it is missing, open to others, or no Ed25519 key.
 */
export function readKeys(path: string, mayMake: boolean): KeyPair {
  if (!existsSync(path)) {
    if (!mayMake) {
      throw new AppError(
        'config-invalid',
        `AUDIT_KEY_FILE: there is no key at ${path}, but the audit log is signed: put its key back, or start a new database`,
      );
    }
    makeKey(path);
  }
  const former = formerOf(path);
  return { current: readKey(path), previous: existsSync(former) ? readKey(former) : null };
}

/** The public keys, 32 bytes each, as far as they are at hand: somebody who only verifies need not be able to read the private ones. */
export function publicKeys(path: string): readonly Uint8Array[] {
  return [path, formerOf(path)].flatMap((file) => {
    try {
      const { x = '' } = createPublicKey(readKey(file)).export({ format: 'jwk' });
      return [Buffer.from(x, 'base64url')];
    } catch {
      return [];
    }
  });
}

/** Puts a new key in force and keeps the one before it beside it, so that the next checkpoint is signed by both. */
export function replaceKey(path: string): void {
  const next = `${path}.next`;
  writeWhole(next, newKey(), mode);
  const former = formerOf(path);
  copyFileSync(path, `${former}.new`);
  renameSync(`${former}.new`, former);
  renameSync(next, path);
}

function formerOf(path: string): string {
  return `${path}.previous`;
}

/** Two processes that start at once end up with the same key: the second finds the first one's. */
function makeKey(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeWhole(draft, newKey(), mode);
  try {
    linkSync(draft, path);
  } catch (error) {
    if (!existsSync(path)) throw error;
  } finally {
    rmSync(draft);
  }
}

function newKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function readKey(path: string): KeyObject {
  if ((statSync(path).mode & tooOpen) !== 0) {
    throw new AppError('config-invalid', `AUDIT_KEY_FILE: others may read or change ${path}: chmod 600 ${path}`);
  }
  const key = parse(readFileSync(path));
  if (key?.asymmetricKeyType !== 'ed25519') {
    throw new AppError('config-invalid', `AUDIT_KEY_FILE: ${path} holds no Ed25519 private key in PEM: put the log's key back`);
  }
  return key;
}

function parse(pem: Buffer): KeyObject | null {
  try {
    return createPrivateKey(pem);
  } catch {
    return null;
  }
}
