// Makes dist/ anew from src/: the program, the page's scripts, and the page's other files beside them.
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { root, STAMP } from './places.mjs';

const page = join('adapters', 'web', 'page');

/** Builds beside the old dist/ and swaps at the end, so that nobody ever starts half a build. */
export async function build() {
  const began = new Date();
  const fresh = join(root, `dist.new-${process.pid}`);
  const old = join(root, `dist.old-${process.pid}`);
  try {
    const jobs = [compile('tsconfig.build.json', fresh)];
    if (existsSync(join(root, 'tsconfig.page.json'))) jobs.push(compile('tsconfig.page.json', join(fresh, page)));
    await Promise.all(jobs);
    copyOthers(join(root, 'src'), fresh);
    writeFileSync(join(fresh, STAMP), '');
    utimesSync(join(fresh, STAMP), began, began);
    if (existsSync(join(root, 'dist'))) renameSync(join(root, 'dist'), old);
    renameSync(fresh, join(root, 'dist'));
  } finally {
    rmSync(fresh, { recursive: true, force: true });
    rmSync(old, { recursive: true, force: true });
  }
}

function compile(project, outDir) {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  // Types are checked by `npm run check`; here only the JavaScript is wanted, and soon.
  const args = [tsc, '-p', project, '--noEmit', 'false', '--noCheck', '--outDir', outDir];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 2, 2] });
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`the build of ${project} failed`))));
  });
}

function copyOthers(from, to) {
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name.endsWith('.ts')) continue;
    const source = join(entry.parentPath, entry.name);
    const target = join(to, relative(from, source));
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(source, target);
  }
}
