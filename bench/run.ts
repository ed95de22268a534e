import { parseArgs } from 'node:util';
import type { Measure, Measurement } from './measurement.ts';

/** Loaded when asked for, so that one measurement does not disturb another. */
const modules: Readonly<Record<string, () => Promise<{ readonly measure: Measure }>>> = {
  ask: () => import('./ask.ts'),
  load: () => import('./load.ts'),
  flow: () => import('./flow.ts'),
  transition: () => import('./transition.ts'),
  start: () => import('./start.ts'),
  audit: () => import('./audit.ts'),
  slack: () => import('./slack.ts'),
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false }, full: { type: 'boolean', default: false } },
});

const unknown = positionals.find((name) => !(name in modules));
if (unknown !== undefined) {
  console.error(`there is no measurement "${unknown}"; there are ${Object.keys(modules).join(', ')}`);
  process.exit(64);
}
for (const [name, load] of Object.entries(modules)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const { measure } = await load();
  for (const measurement of await measure({ full: values.full }))
    console.log(values.json ? JSON.stringify(measurement) : line(measurement));
}

function line({ name, value, unit, floor, ratio, n }: Measurement): string {
  return `${name.padEnd(24)} ${value} ${unit}   floor ${floor}   ratio ${ratio}   n ${n}`;
}
