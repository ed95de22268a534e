import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Writes a file so that at any moment, a power cut included, all of it is there or nothing new. */
export function writeWhole(path: string, text: string, mode: number): void {
  const draft = `${path}.unfinished-${process.pid}`;
  try {
    synced(openSync(draft, 'w', mode), (file) => writeSync(file, text));
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  synced(openSync(dirname(path), 'r'), () => undefined);
}

function synced(file: number, work: (file: number) => void): void {
  try {
    work(file);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
