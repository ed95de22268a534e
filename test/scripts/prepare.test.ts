import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** A checkout with its packages installed and nothing built, whose program is one file. */
function checkout(): string {
  const root = mkdtempSync(join(tmpdir(), 'portclerk-checkout-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const name of ['bin', 'scripts', 'package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json']) {
    cpSync(join(repository, name), join(root, name), { recursive: true, preserveTimestamps: true });
  }
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'));
  program(root, 'one');
  return root;
}

function program(root: string, says: string): void {
  cpSync(join(repository, 'src', 'errors.ts'), join(root, 'src', 'errors.ts'), { recursive: true });
  writeFileSync(join(root, 'src', 'cli.ts'), `process.stdout.write('${says}\\n');\n`);
}

function run(root: string): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [join(root, 'bin', 'portclerk.mjs')], { cwd: root, encoding: 'utf8' });
}

test('the first use builds, silently on standard output, and the second does not', () => {
  const root = checkout();
  expect(run(root)).toMatchObject({ stdout: 'one\n', stderr: 'portclerk: building …\n', status: 0 });
  expect(run(root)).toMatchObject({ stdout: 'one\n', stderr: '', status: 0 });
});

test('an edited source file means a new build', () => {
  const root = checkout();
  run(root);
  program(root, 'two');
  const later = new Date(Date.now() + 5_000);
  utimesSync(join(root, 'src', 'cli.ts'), later, later);
  expect(run(root)).toMatchObject({ stdout: 'two\n', stderr: 'portclerk: building …\n' });
});

test('two at once build once, and both run', async () => {
  const root = checkout();
  const both = await Promise.all([1, 2].map(() => finished(root)));
  expect(both.map(({ stdout }) => stdout)).toEqual(['one\n', 'one\n']);
  expect(both.map(({ stderr }) => stderr).join('')).toBe('portclerk: building …\n');
});

function finished(root: string): Promise<{ readonly stdout: string; readonly stderr: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, 'bin', 'portclerk.mjs')], { cwd: root });
    const said = { stdout: '', stderr: '' };
    child.stdout.on('data', (text) => {
      said.stdout += String(text);
    });
    child.stderr.on('data', (text) => {
      said.stderr += String(text);
    });
    child.on('close', () => resolve(said));
  });
}
