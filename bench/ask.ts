import MiniSearch from 'minisearch';
import { loadKnowledge } from '../src/adapters/files/load.ts';
import { answerQuestion } from '../src/app/answer-question.ts';
import { knownNames } from '../src/app/dialog-handlers.ts';
import type { Knowledge } from '../src/app/ports.ts';
import type { Role } from '../src/domain/role.ts';
import { topologySchema } from '../src/domain/rule.ts';
import { type EstateRule, estateOf, type Question, questionsOn } from './estate.ts';
import { type Measure, type Measurement, median, rates, round } from './measurement.ts';

const rounds = 9;
/** Half of them in each language. */
const perRound = 100;

/**
 * Questions a second in one process, from the words of a question to the finished answer with its text and citations. The peer is
 * MiniSearch over the same rules, with the same English questions and its question words left out, which only ranks.
 */
export const measure: Measure = async ({ full }) => {
  const peerTime = full ? 5000 : 1000;
  const loaded = loadKnowledge({ data: 'data', dialogs: 'dialogs' }, knownNames);
  if (!loaded.ok) throw new Error(loaded.problems.map(({ file, line, what }) => `${file}:${line}: ${what}`).join('\n'));
  const { knowledge } = loaded;
  const seed = measureSeed(knowledge, peerTime);
  const results = [1000, 10_000, 100_000].map((size) => ({ size, ...measureEstate(size, knowledge, peerTime) }));
  const [first, last] = [results[0], results.at(-1)];
  const growth: readonly Measurement[] =
    first === undefined || last === undefined
      ? []
      : [
          {
            name: `ask-growth-${first.size}-${last.size}`,
            value: last.median,
            unit: 'us',
            floor: first.median,
            ratio: round(first.median / last.median),
            n: rounds * perRound,
          },
        ];
  return [seed, ...results.map(({ measurement }) => measurement), ...growth, ...longTexts(knowledge)];
};

const seedQuestions = [
  'which ports from Edge to Director?',
  'is 5061 allowed from director to edge?',
  'from reverse proxy to front end',
  'who talks to the Director?',
  'what uses 5061?',
];

function measureSeed(knowledge: Knowledge, peerTime: number): Measurement {
  const rules = knowledge.topologies.find(({ id }) => id === 'lync-2013-director-dns-hlb')?.rules ?? [];
  const documents = rules.map((rule) =>
    documentOf({ ...rule, ports: rule.ports.map(({ from }) => from).join(' '), transport: rule.transport ?? '' }, namesOf(knowledge.roles)),
  );
  const peer = searchOver(documents);
  const questions = Array.from({ length: perRound }, (_, at) => seedQuestions[at % seedQuestions.length] ?? '');
  return beside(`ask-${rules.length}`, questions, (text) => answerQuestion(text, knowledge).rules.length, peer, peerTime);
}

/** Milliseconds of one answer, in the middle of many, in microseconds; and the rate beside the peer's. */
function measureEstate(size: number, base: Knowledge, peerTime: number): { readonly measurement: Measurement; readonly median: number } {
  const estate = estateOf(size);
  const topology = topologySchema.parse(estate.topology);
  const knowledge: Knowledge = { ...base, roles: estate.roles, notRoles: [], topologies: [topology], sites: [] };
  const questions = questionsOn(estate, 2 * perRound);
  for (const question of questions) mustAnswer(question, knowledge);
  const names = namesOf(estate.roles);
  const peer = searchOver(estate.topology.rules.map((rule) => documentOf(rule, names)));
  const english = questions.filter(({ language }) => language === 'en').map(({ text }) => text);
  const measurement = beside(`ask-${size}`, english, (text) => answerQuestion(text, knowledge).rules.length, peer, peerTime);
  const times = Array.from({ length: rounds }, () =>
    questions.map(({ text }) => timed(() => answerQuestion(text, knowledge).rules.length)),
  );
  return { measurement, median: round(1000 * median(times.flat())) };
}

/** A rate counts for something only if the answers are right. */
function mustAnswer({ text, rule }: Question, knowledge: Knowledge): void {
  const { rules, intent } = answerQuestion(text, knowledge);
  if (!rules.some(({ id }) => id === rule.id)) throw new Error(`${rule.id} is missing from the answer to "${text}" (${intent})`);
}

type Rate = (text: string) => number;

/** Question by question, one's answer and the other's; the peer gets as many questions as fit into `peerTime` milliseconds, five at least. */
function beside(name: string, questions: readonly string[], ours: Rate, peer: Rate, peerTime: number): Measurement {
  const mean = (find: Rate, until: number): number[] => {
    const times: number[] = [];
    const end = performance.now() + until;
    for (let turn = 0; turn < 5 || performance.now() < end; turn++) {
      const some = Array.from({ length: turns }, (_, at) => questions[(turn * turns + at) % questions.length] ?? '');
      times.push(timed(() => some.reduce((found, text) => found + find(text), 0)) / turns);
    }
    return times;
  };
  for (let warm = 0; warm < 3; warm++) for (const text of questions) ours(text);
  for (const text of questions.slice(0, 10)) peer(text);
  const [own, others] = [mean(ours, 1000), mean(peer, peerTime)];
  return { ...rates(name, 1, own, others), n: own.length * turns };
}

/** Questions timed together: of ten, each kind comes as often as in all. */
const turns = 10;

type Document = Readonly<Record<'id' | 'source' | 'destination' | 'service' | 'purpose', string>>;

const namesOf = (roles: readonly Role[]) => new Map<string, string>(roles.map(({ id, name }) => [id, name.en]));

function documentOf(
  rule: Pick<EstateRule, 'id' | 'source' | 'destination' | 'ports' | 'transport'> & { readonly purpose?: unknown },
  names: ReadonlyMap<string, string>,
): Document {
  const purpose = typeof rule.purpose === 'object' && rule.purpose !== null && 'en' in rule.purpose ? String(rule.purpose.en) : '';
  const named = (roles: readonly string[]) => roles.map((role) => names.get(role) ?? role).join(' ');
  return {
    id: rule.id,
    source: named(rule.source),
    destination: named(rule.destination),
    service: `${rule.transport} ${rule.ports}`,
    purpose,
  };
}

const questionWords = new Set([
  'which',
  'ports',
  'port',
  'from',
  'to',
  'is',
  'allowed',
  'who',
  'talks',
  'what',
  'uses',
  'the',
  'in',
  'and',
  'of',
]);

function searchOver(documents: readonly Document[]): Rate {
  const search = new MiniSearch<Document>({
    fields: ['source', 'destination', 'service', 'purpose'],
    processTerm: (term) => (questionWords.has(term.toLowerCase()) ? null : term.toLowerCase()),
  });
  search.addAll(documents);
  return (text) => search.search(text).length;
}

/** Milliseconds of reading and answering 10,000 characters, beside a tenth of them. */
function longTexts(knowledge: Knowledge): readonly Measurement[] {
  const texts = {
    words: 'which ports from the edge to the director and ',
    noise: 'lorem ipsum dolor 5061 ',
    han: '从边缘服务器到控制器需要开哪些端口',
  };
  return Object.entries(texts).map(([name, piece]) => {
    const of = (length: number) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
    const [long, short] = [of(10_000), of(1000)];
    const time = (text: string) => median(Array.from({ length: 15 }, () => timed(() => answerQuestion(text, knowledge).answer.length)));
    time(long);
    const [value, tenth] = [time(long), time(short)];
    return {
      name: `ask-10000-characters-${name}`,
      value: round(value),
      unit: 'ms',
      floor: round(tenth),
      ratio: round(tenth / value),
      n: 15,
    };
  });
}

/** Milliseconds; what was found is looked at, so that the work can't be left out. */
function timed(work: () => number): number {
  const start = performance.now();
  if (work() < 0) throw new Error('nothing was found');
  return performance.now() - start;
}
