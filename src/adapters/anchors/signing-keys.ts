import { randomBytes } from 'node:crypto';
import type { SigningKeys } from '../../app/ports.ts';
import { readKeys } from './key-file.ts';

/** The keys of a file as the log asks for them, read anew each time: they may have been replaced. `host` begins the name of a new log. */
export function signingKeys(path: string, host: string): (isFirst: boolean) => SigningKeys {
  return (isFirst) => ({ ...readKeys(path, isFirst), newOrigin: () => `${host}/audit/${randomBytes(4).toString('hex')}` });
}
