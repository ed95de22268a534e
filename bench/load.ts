import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Catalogue } from '../src/domain/catalogue.ts';
import { withIncludes } from '../src/domain/includes.ts';
import { topologySchema } from '../src/domain/rule.ts';
import { buildVocabulary } from '../src/nlu/vocabulary.ts';
import { estateOf } from './estate.ts';
import { type Measure, type Measurement, median, round } from './measurement.ts';

const rounds = 5;

/**
 * From the text of a catalogue to one that answers: parsed, every rule checked, indexed, its words learnt. The floor parses the same
 * text as bare JSON and does nothing with it. Memory is what either keeps after a full collection.
 */
export const measure: Measure = async ({ full }) => {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new Error('the collector can’t be called');
  return (full ? [1000, 10_000, 100_000] : [100_000]).flatMap((size) => measureSize(size, () => void collect()));
};

function measureSize(size: number, collect: () => void): readonly Measurement[] {
  const estate = estateOf(size);
  const text = JSON.stringify(estate.topology);
  const load = () => {
    const topologies = withIncludes([topologySchema.parse(JSON.parse(text))]);
    const catalogue = new Catalogue(topologies, estate.roles);
    return { catalogue, vocabulary: buildVocabulary({ roles: estate.roles, notRoles: [], topics: [], topologies }) };
  };
  const bare = (): unknown => JSON.parse(text);
  const [ours, floors]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < rounds; turn++) {
    ours.push(timed(load));
    floors.push(timed(bare));
  }
  const [value, floor] = [round(median(ours)), round(median(floors))];
  const [kept, least] = [round(held(load, collect)), round(held(bare, collect))];
  return [
    { name: `load-${size}`, value, unit: 'ms', floor, ratio: round(floor / value), n: rounds },
    { name: `load-${size}-memory`, value: kept, unit: 'MB', floor: least, ratio: round(least / kept), n: 1 },
  ];
}

function timed(work: () => unknown): number {
  const start = performance.now();
  if (work() === null) throw new Error('nothing was loaded');
  return performance.now() - start;
}

/** Megabytes. */
function held(make: () => unknown, collect: () => void): number {
  collect();
  const before = process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
  const made = make();
  collect();
  const after = process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
  if (made === null) throw new Error('nothing was loaded');
  return (after - before) / 2 ** 20;
}
