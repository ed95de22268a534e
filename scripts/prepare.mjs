// Runs before `npm start`, `npm test` and their like, with nothing installed yet: plain Node, no packages.
// Installs and builds what is missing or out of date, and otherwise costs a few milliseconds. Says what it does on standard error.
import './node-version.mjs';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { holdingLock } from './lock.mjs';
import { root, STAMP } from './places.mjs';

export async function prepare() {
  if (!installIsStale() && !buildIsStale()) return;
  mkdirSync(join(root, 'var'), { recursive: true });
  // Whoever comes second waits, then looks again.
  await holdingLock(join(root, 'var', 'prepare.lock'), async () => {
    if (installIsStale()) install();
    if (!buildIsStale()) return;
    say('building …');
    await build();
  });
}

const lockfile = join(root, 'package-lock.json');
const installed = join(root, 'node_modules', '.package-lock.json');

function installIsStale() {
  return changedAt(installed) < changedAt(lockfile);
}

function install() {
  say(`${existsSync(installed) ? 'the lockfile has changed' : 'nothing is installed yet'}: running npm ci, which can take some minutes …`);
  const npm = process.env.npm_execpath;
  const args = ['ci', '--include=dev', '--loglevel=error'];
  const options = { cwd: root, stdio: ['ignore', 2, 2] };
  const { status } = npm === undefined ? spawnSync('npm', args, options) : spawnSync(process.execPath, [npm, ...args], options);
  if (status !== 0) throw new Error('npm ci failed: see above. Is the package registry reachable?');
  // A lockfile dated in the future would otherwise mean an installation every time.
  const now = Math.max(Date.now(), changedAt(lockfile)) / 1000;
  utimesSync(installed, now, now);
}

/** Folders count as well: their time moves when a file in them is removed. */
function buildIsStale() {
  const built = changedAt(join(root, 'dist', STAMP));
  const inputs = ['src', 'tsconfig.json', 'tsconfig.build.json', 'tsconfig.page.json', 'scripts/build.mjs'].map((name) => join(root, name));
  const sources = readdirSync(join(root, 'src'), { recursive: true }).map((name) => join(root, 'src', name));
  return [...inputs, ...sources].some((path) => changedAt(path) > built);
}

function changedAt(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function say(what) {
  process.stderr.write(`portclerk: ${what}\n`);
}

if (process.argv[1] === import.meta.filename) {
  await prepare().catch((error) => {
    say(error.message);
    process.exitCode = 1;
  });
}
