import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Does the work while no other process does work under the same lock file. A lock whose holder has died is taken over. */
export async function holdingLock(path, work) {
  while (!taken(path)) {
    if (!alive(holder(path))) rmSync(path, { force: true });
    await sleep(100);
  }
  try {
    await work();
  } finally {
    rmSync(path, { force: true });
  }
}

function taken(path) {
  try {
    const file = openSync(path, 'wx');
    writeSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Null when the lock has just gone, or is just being written. */
function holder(path) {
  try {
    return Number(readFileSync(path, 'utf8')) || null;
  } catch {
    return null;
  }
}

function alive(pid) {
  if (pid === null) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
