import { expect, test } from 'vitest';
import { answerQuestion } from '../../src/app/answer-question.ts';
import { topologyIdSchema } from '../../src/domain/rule.ts';
import { loadTestKnowledge } from '../support/knowledge.ts';
import { Oracle } from './oracle.ts';
import { paraphrases } from './paraphrases.ts';

const knowledge = loadTestKnowledge();
const oracles = new Map<string, Oracle>(knowledge.topologies.map(({ id, rules }) => [id, new Oracle(rules, knowledge.roles)]));

/** Says that it is not sure, and answers nothing. */
const asksBack = ['ambiguous', 'not-understood', 'unknown-role', 'invalid', 'several'];

test('ten thousand ways to ask get exactly the rules that are meant, all but a few without asking back', () => {
  const wrong: string[] = [];
  const unsure: string[] = [];
  let asked = 0;
  for (const { text, topology, meant } of paraphrases(knowledge, 10_000, 20_261_122)) {
    asked++;
    const { intent, rules } = answerQuestion(text, knowledge, { topologies: [topologyIdSchema.parse(topology)] });
    const of = (match: string) =>
      rules
        .filter((rule) => rule.match === match)
        .map(({ id }) => id)
        .sort();
    const expected = oracles.get(topology)?.answer(meant);
    if (asksBack.includes(intent) && rules.length === 0) unsure.push(`${topology}: ${text}`);
    else if (JSON.stringify({ explicit: of('explicit'), any: of('any') }) !== JSON.stringify(expected)) {
      wrong.push(
        `${topology}: ${text}\n  ${intent} ${of('explicit')} | ${of('any')}\n  ${JSON.stringify(meant)} ${expected?.explicit} | ${expected?.any}`,
      );
    }
  }
  expect(asked).toBe(10_000);
  expect(wrong).toEqual([]);
  expect(unsure.length, unsure.slice(0, 20).join('\n')).toBeLessThanOrEqual(asked * 0.02);
});
