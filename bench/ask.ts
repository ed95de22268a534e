import { loadKnowledge } from '../src/adapters/files/load.ts';
import { defaultTopology } from '../src/app/answer-knowledge.ts';
import { answerQuestion } from '../src/app/answer-question.ts';
import { knownNames } from '../src/app/dialog-handlers.ts';
import type { Knowledge } from '../src/app/ports.ts';
import type { Rule } from '../src/domain/rule.ts';
import { type Measurement, rates } from './measurement.ts';

const rounds = 31;
const repeats = 60;

/** Questions whose readings are known, so that the floor need not read them. */
const asked: readonly { readonly question: string; readonly from: string; readonly to: string }[] = [
  { question: 'which ports from Edge to Director?', from: 'edge-internal', to: 'director' },
  { question: '从边缘服务器到控制器需要开哪些端口?', from: 'edge-internal', to: 'director' },
  { question: 'from reverse proxy to front end', from: 'reverse-proxy', to: 'fe-server' },
  { question: '控制器到边缘', from: 'director', to: 'edge-internal' },
];

/**
 * One answer in process, from the words of a question to the finished result, with its text. The floor is a plain filter
 * over the same rules by the reading such an answer has, and nothing else: nothing is read, worded or cited.
 */
export async function measure(): Promise<readonly Measurement[]> {
  const loaded = loadKnowledge({ data: 'data', dialogs: 'dialogs' }, knownNames);
  if (!loaded.ok) throw new Error(loaded.problems.map(({ file, line, what }) => `${file}:${line}: ${what}`).join('\n'));
  const { knowledge } = loaded;
  const rules = knowledge.topologies.find(({ id }) => id === defaultTopology)?.rules ?? [];
  for (let warm = 0; warm < 20; warm++) timed(() => answerAll(knowledge));
  const ours: number[] = [];
  const floors: number[] = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(timed(() => answerAll(knowledge)));
    floors.push(timed(() => filterAll(rules)));
  }
  return [rates('ask', repeats * asked.length, ours, floors)];
}

function answerAll(knowledge: Knowledge): number {
  let found = 0;
  for (let at = 0; at < repeats; at++) for (const { question } of asked) found += answerQuestion(question, knowledge).rules.length;
  return found;
}

function filterAll(rules: readonly Rule[]): number {
  const names = (roles: readonly string[], role: string) => roles.includes(role) || roles.includes('any');
  let found = 0;
  for (let at = 0; at < repeats; at++) {
    for (const { from, to } of asked) {
      found += rules.filter(({ source, destination }) => names(source, from) && names(destination, to)).length;
    }
  }
  return found;
}

/** Milliseconds; the number of rules found is looked at, so that the work can't be left out. */
function timed(work: () => number): number {
  const start = performance.now();
  if (work() <= 0) throw new Error('nothing was found');
  return performance.now() - start;
}
