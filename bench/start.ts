import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { fileURLToPath } from 'node:url';
import { type Measure, median, round } from './measurement.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = new URL('../dist/cli.js', import.meta.url);

/** Milliseconds of a process that says its version. The floor imports, and does nothing with, the packages that process loads. */
export const measure: Measure = async ({ full }) => {
  if (!existsSync(cli)) throw new Error('dist/ is missing: npm run build');
  const imports = [...packagesOf(cli)].map((name) => `import ${JSON.stringify(name)};`).join('');
  const start = () => runFor([fileURLToPath(cli), '--version']);
  const floor = () => runFor(['--input-type=module', '-e', imports]);
  for (const run of [start, floor]) run();
  const pairs = Array.from({ length: full ? 60 : 20 }, () => ({ ours: start(), floor: floor() }));
  const ours = median(pairs.map((pair) => pair.ours));
  const bare = median(pairs.map((pair) => pair.floor));
  return [{ name: 'start', value: round(ours), unit: 'ms', floor: round(bare), ratio: round(bare / ours), n: pairs.length }];
};

function runFor(args: readonly string[]): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root });
  const took = performance.now() - start;
  if (status !== 0) throw new Error(`node ${args.join(' ')}: ${stderr}`);
  return took;
}

/** Follows what the program loads at its start, file by file, to the packages. */
function packagesOf(file: URL, seen = new Set<string>(), found = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file.href)) return found;
  seen.add(file.href);
  for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(/^(?:import|export)\b(?:[^'";=]*\bfrom)?\s*['"]([^'"]+)['"]/gm)) {
    if (name.startsWith('.')) packagesOf(new URL(name, file), seen, found);
    else if (!isBuiltin(name)) found.add(name);
  }
  return found;
}
