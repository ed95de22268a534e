import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { answerQuestion } from '../../src/app/answer-question.ts';
import { topologyIdSchema } from '../../src/domain/rule.ts';
import { formatPorts } from '../../src/domain/service.ts';
import type { Intent } from '../../src/nlu/intent.ts';
import { read } from '../../src/nlu/read.ts';
import { buildVocabulary, withActive } from '../../src/nlu/vocabulary.ts';
import { loadTestKnowledge } from '../support/knowledge.ts';

const knowledge = loadTestKnowledge();
const fileOf = (name: string): unknown => parse(readFileSync(new URL(`../cases/${name}.yaml`, import.meta.url), 'utf8'));
const ids = z.array(z.string()).default([]);

const estate = z
  .array(
    z.strictObject({
      ask: z.string(),
      topology: topologyIdSchema,
      language: z.enum(['en', 'zh-CN']),
      intent: z.string(),
      verdict: z.string().nullable().default(null),
      explicit: ids,
      any: ids,
    }),
  )
  .parse(fileOf('questions-estate'));

describe('questions to other topologies', () => {
  test.each(estate)('$topology: $ask', ({ ask, topology, ...expected }) => {
    const { language, intent, verdict, rules } = answerQuestion(ask, knowledge, { topologies: [topology] });
    const of = (match: string) => rules.filter((rule) => rule.match === match).map(({ id }) => id);
    expect({ language, intent, verdict, explicit: of('explicit'), any: of('any') }).toEqual(expected);
  });

  test('are of more than ten topologies, and half of all questions are Chinese', () => {
    const seed = z.array(z.looseObject({ language: z.string() })).parse(fileOf('questions'));
    const all = [...seed, ...estate];
    expect(all.length).toBeGreaterThanOrEqual(400);
    expect(all.filter(({ language }) => language === 'zh-CN').length / all.length).toBeGreaterThanOrEqual(0.5);
    expect(new Set(estate.map(({ topology }) => topology)).size).toBeGreaterThan(10);
  });
});

const talk = z.array(z.looseObject({ ask: z.string(), follows: z.boolean().default(false) })).parse(fileOf('talk'));
const vocabulary = withActive(buildVocabulary(knowledge), [topologyIdSchema.parse('lync-2013-director-dns-hlb')]);

describe('texts are read', () => {
  let previous: Intent | null = null;
  const turns = talk.map((turn) => {
    const { intent } = read(turn.ask, vocabulary, turn.follows ? previous : null);
    previous = intent;
    return { turn, intent };
  });

  test.each(turns)('$turn.ask', ({ turn: { ask: _, follows: __, ...expected }, intent }) => {
    expect(said(intent)).toEqual(expected);
  });
});

/** An intent without what is empty. */
function said(intent: Intent): Record<string, unknown> {
  const reading = 'reading' in intent ? intent.reading : null;
  const all: Record<string, unknown> = {
    kind: intent.kind,
    ...('aspect' in intent && intent.aspect !== 'list' ? { aspect: intent.aspect } : {}),
    ...(intent.kind === 'not-understood' ? { because: intent.because } : {}),
    ...(intent.kind === 'request' ? { remove: intent.remove } : {}),
    ...(intent.kind === 'rule' ? { rules: intent.rules } : {}),
    ...(intent.kind === 'unknown-role' ? { words: intent.words } : {}),
    ...(intent.kind === 'several' ? { questions: intent.questions.map((question) => said(question.intent)) } : {}),
    ...(intent.kind === 'compare' ? { compared: intent.topologies } : {}),
    ...(reading === null
      ? {}
      : {
          from: reading.from,
          to: reading.to,
          both: reading.both,
          ports: reading.ports.map((range) => formatPorts([range])),
          transport: reading.transport,
          application: reading.application,
          security: reading.security,
          topologies: intent.kind === 'compare' ? [] : reading.topologies,
          sites: reading.sites,
          fromAddresses: reading.addresses.from,
          toAddresses: reading.addresses.to,
        }),
  };
  const isEmpty = (value: unknown) => value === null || value === false || (Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(all).filter(([, value]) => !isEmpty(value)));
}

describe('a word that means several roles', () => {
  const asked = (text: string, topology: string) => read(text, withActive(vocabulary, [topologyIdSchema.parse(topology)])).intent;

  test('means the one the active topology speaks of', () => {
    expect(asked('who talks to the vip?', 'lync-2013-director-hlb')).toMatchObject({ kind: 'ports', reading: { to: ['director-vip'] } });
    expect(asked('who talks to the vip?', 'lync-2013-hlb-requirements')).toMatchObject({ kind: 'ports', reading: { to: ['fe-pool-vip'] } });
  });

  test.each([
    ['which ports go to the vip?', 'en'],
    ['哪些端口去VIP？', 'zh-CN'],
  ])('is asked back, each way as a question that can be read in no other: %s', (text) => {
    const intent = asked(text, 'lync-2013-internal-servers');
    if (intent.kind !== 'ambiguous') throw new Error(intent.kind);
    const roles = intent.choices.map(({ question }) => {
      const chosen = asked(question, 'lync-2013-internal-servers');
      return 'reading' in chosen ? chosen.reading.to.join() : chosen.kind;
    });
    expect(roles).toEqual(['director-vip', 'fe-pool-vip', 'mediation-vip']);
  });

  test('is not a part of many: an Edge means all its interfaces', () => {
    expect(asked('which ports from any to edge?', 'lync-2013-edge-single-nat')).toMatchObject({ kind: 'ports', reading: { to: ['edge'] } });
  });
});
