import { describe, expect, test } from 'vitest';
import { siteFileSchema } from '../../src/adapters/files/site-file.ts';
import { answerCard } from '../../src/app/answer-card.ts';
import { answerQuestion, findAnswer } from '../../src/app/answer-question.ts';
import type { Knowledge } from '../../src/app/ports.ts';
import { loadTestKnowledge } from '../support/knowledge.ts';

const base = loadTestKnowledge();
const site = (id: string, letter: string, topology: string, bindings: Readonly<Record<string, readonly string[]>>) =>
  siteFileSchema.parse({
    id,
    name: { en: `Site ${letter}`, 'zh-CN': `站点 ${letter}` },
    aliases: [`site ${letter.toLowerCase()}`, `${letter}站`],
    topology,
    bindings,
  });
const knowledge: Knowledge = {
  ...base,
  sites: [
    site('site-a', 'A', 'lync-2013-director-dns-hlb', {
      'edge-internal': ['10.10.1.7'],
      director: ['10.10.2.0/24'],
      'internal-client': ['10.10.0.0/16'],
    }),
    site('site-b', 'B', 'lync-2013-director-single', {
      director: ['10.20.2.7', '2001:db8::7'],
      'edge-internal': ['10.20.1.7', 'edge.example.com'],
      'fe-server': ['10.20.3.7'],
      'reverse-proxy': ['10.20.3.7'],
    }),
  ],
};
const ask = (question: string) => answerQuestion(question, knowledge);

describe('a question that names a site', () => {
  test('is answered from its topology, with its addresses filled in', () => {
    const { answer, catalogue, scope } = ask('which ports from edge to director in site B?');
    expect(catalogue.topology).toBe('lync-2013-director-single');
    expect(scope?.sites).toEqual(['site-b']);
    expect(answer).toContain('10.20.1.7, edge.example.com → 10.20.2.7, 2001:db8::7, TCP 5061');
    expect(ask('B站的边缘到控制器需要哪些端口？').answer).toContain('10.20.2.7');
  });

  test('offers to request just that, at that site', () => {
    const card = answerCard(findAnswer('which ports from edge to director in site B?', knowledge), { locale: 'en', zone: 'UTC' });
    expect(card.actions.find((action) => action.kind === 'button' && action.action === 'request')).toMatchObject({
      data: { site: 'site-b' },
    });
    expect(JSON.stringify(card.elements)).toContain('10.20.2.7');
  });
});

describe('a question that names an address', () => {
  test('is asked for the role the address belongs to, and answered with it', () => {
    const { reading, answer } = ask('what does 10.20.1.7 need to reach the Director in site B?');
    expect(reading).toMatchObject({ from: ['edge-internal'], to: ['director'] });
    expect(answer).toContain('10.20.1.7 is Edge (internal interface) at Site B.');
    expect(answer).toContain('10.20.1.7 → 10.20.2.7, TCP 5061');
    expect(answer).not.toContain('2001:db8::7');
  });

  test('takes the smallest network around it', () => {
    expect(ask('what does 10.10.1.7 need to reach the director?').reading.from).toEqual(['edge-internal']);
    expect(ask('what does 10.10.9.9 need to reach the director?').reading.from).toEqual(['internal-client']);
    expect(ask('what does 10.10.9.9 need to reach the director?').catalogue.topology).toBe('lync-2013-director-dns-hlb');
  });

  test('says whose it may be, where it is more than one role’s', () => {
    const { reading, answer } = ask('what does 10.20.3.7 need to reach the director?');
    expect([...reading.from].sort()).toEqual(['fe-server', 'reverse-proxy']);
    expect(answer).toContain('10.20.3.7 may be Front End Server at Site B or Reverse proxy at Site B.');
  });

  test('that no site knows is said to be unknown, and nothing is guessed', () => {
    const { intent, rules, answer } = ask('what does 10.99.1.1 need to reach the director?');
    expect({ intent, rules }).toEqual({ intent: 'unknown-role', rules: [] });
    expect(answer).toContain('I don’t know 10.99.1.1: no site gives that address to a role.');
  });

  test('is asked the other way round by its button, with the address', () => {
    const card = answerCard(findAnswer('which ports from 10.20.1.7 to the director in site B?', knowledge), { locale: 'en', zone: 'UTC' });
    const back = card.actions.find((action) => action.label === 'Other direction');
    const question = back?.kind === 'button' ? String(back.data['question']) : '';
    expect(ask(question).reading).toMatchObject({ from: ['director'], to: ['edge-internal'] });
    expect(question).toContain('10.20.1.7');
  });
});
