import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ReadCheckpoint, readCheckpoint } from '../../audit/checkpoint.ts';
import { AppError } from '../../errors.ts';
import { writeWhole } from './write-whole.ts';

/** A folder that should lie where whoever writes the database does not: one file for each log, its latest checkpoint. */
export type AnchorFolder = {
  /** Throws when it can't be written, or holds a later or another checkpoint, which is never overwritten. */
  write(note: string): void;
  /** Null when there is none of this log. */
  read(origin: string): ReadCheckpoint | null;
};

const mode = 0o644;

export function openAnchorFolder(folder: string): AnchorFolder {
  const pathOf = (origin: string): string => join(folder, `${origin.replace(/[^A-Za-z0-9.-]+/g, '_')}.checkpoint`);
  const read = (origin: string): ReadCheckpoint | null => {
    const path = pathOf(origin);
    if (!existsSync(path)) return null;
    const found = readCheckpoint(readFileSync(path, 'utf8'));
    if (found?.origin === origin) return found;
    throw new AppError('store-corrupt', `${path} is no checkpoint of this log: see what happened to it, then move it away`);
  };
  return {
    read,
    write(note) {
      const checkpoint = readCheckpoint(note);
      if (checkpoint === null) throw new AppError('unreachable', 'only a checkpoint is anchored');
      mkdirSync(folder, { recursive: true });
      const standing = read(checkpoint.origin);
      if (standing !== null && standing.size > checkpoint.size) {
        throw new AppError(
          'store-corrupt',
          `${pathOf(checkpoint.origin)} covers ${standing.size} entries, the log only ${checkpoint.size}: was a backup restored?`,
        );
      }
      if (standing?.note.text !== checkpoint.note.text) writeWhole(pathOf(checkpoint.origin), note, mode);
    },
  };
}
