import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { pageSource } from './web.ts';

const executable = '/usr/bin/chromium';
const root = fileURLToPath(new URL('../..', import.meta.url));

/** Why browser tests are skipped here, or null. */
export const noBrowser: string | null = existsSync(executable) ? null : 'Chromium is missing: apt-get install chromium';

export function openBrowser(): Promise<Browser> {
  // Containers have no user namespaces for the sandbox and little shared memory; only our own page is opened.
  return chromium.launch({ executablePath: executable, args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'] });
}

/** The page as the build makes it, in a folder of its own. */
export function buildPage(): string {
  const folder = mkdtempSync(join(tmpdir(), 'portclerk-page-'));
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.page.json'), '--noCheck', '--outDir', folder]);
  cpSync(pageSource, folder, { recursive: true, filter: (file) => !file.endsWith('.ts') });
  return folder;
}
