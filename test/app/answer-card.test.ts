import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerCard } from '../../src/app/answer-card.ts';
import { answerQuestion, findAnswer } from '../../src/app/answer-question.ts';
import type { Card, CardAction } from '../../src/chat/card.ts';
import { type Locale, locales } from '../../src/locale.ts';
import { loadTestKnowledge } from '../support/knowledge.ts';

const knowledge = loadTestKnowledge();
const cardOf = (question: string, locale: Locale = 'en'): Card => answerCard(findAnswer(question, knowledge), { locale, zone: 'UTC' });
const button = (card: Card, label: string): Extract<CardAction, { kind: 'button' }> | undefined =>
  card.actions.flatMap((action) => (action.kind === 'button' && action.label === label ? [action] : []))[0];
const copied = (card: Card, label: string): string =>
  card.actions.flatMap((action) => (action.kind === 'copy' && action.label === label ? [action.text] : []))[0] ?? '';
const questionOf = (action: CardAction | undefined): string =>
  action?.kind === 'button' && typeof action.data['question'] === 'string' ? action.data['question'] : '';

describe('the card of an answer', () => {
  test('has the rules that were asked for in a table, and what holds through any apart from it', () => {
    const card = cardOf('which ports from Edge to Director?');
    const tables = card.elements.filter((element) => element.kind === 'table');
    expect(tables).toHaveLength(1);
    expect(tables[0]).toMatchObject({
      columns: ['Port', 'What for', 'Rule'],
      rows: [['TCP 5061', expect.stringContaining('SIP'), 'DIR-6']],
    });
    expect(JSON.stringify(card.elements)).toContain('From any source, so from Edge (internal interface) too');
    expect(JSON.stringify(card.elements)).toContain('table rows 6-9');
  });

  test('names both ends of each rule where they differ', () => {
    const card = cardOf('what uses 5061?');
    expect(card.elements.find((element) => element.kind === 'table')).toMatchObject({ columns: ['Port', 'From → to', 'What for', 'Rule'] });
  });

  test('offers to request exactly its rules', () => {
    expect(button(cardOf('which ports from Edge to Director?'), 'Request these ports')?.data).toEqual({
      rules: ['DIR-6', 'DIR-7', 'DIR-8', 'DIR-9'],
      from: ['edge-internal'],
      to: ['director'],
      topology: 'lync-2013-director-dns-hlb',
    });
    expect(button(cardOf('is 444 allowed from front end to director?'), 'Request these ports')).toBeUndefined();
  });

  test('is in the reader’s language, whatever the question’s', () => {
    expect(button(cardOf('which ports from Edge to Director?', 'zh-CN'), '申请这些端口')).toBeDefined();
    expect(JSON.stringify(cardOf('从边缘到控制器', 'en').elements)).toContain('Edge (internal interface) → Director');
  });

  test('offers near rules, and what was typed where a word was taken for another', () => {
    const wrongWay = cardOf('is 444 allowed from front end to director?');
    expect(questionOf(button(wrongWay, 'DIR-3: TCP 444'))).toBe('DIR-3');
    const misspelt = questionOf(button(cardOf('from direktor to edge'), 'That’s wrong'));
    expect(answerQuestion(misspelt, knowledge)).toMatchObject({ intent: 'unknown-role', reading: { to: ['edge-internal'] } });
  });

  test('copies as text and as CSV', () => {
    const card = cardOf('which ports from Edge to Director?');
    expect(copied(card, 'Copy as text')).toContain('TCP 5061');
    const [header, first, ...more] = copied(card, 'Copy as CSV').split('\r\n');
    expect(header).toBe('rule,match,source,destination,via,transport,ports,application,security,purpose,document,place');
    expect(first).toMatch(/^DIR-6,explicit,Edge \(internal interface\),Director,,tcp,5061,SIP,MTLS,/);
    expect(more).toHaveLength(3);
  });

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx'])('a cell that a spreadsheet would reckon with is kept a text: %j', (purpose) => {
    const topologies = knowledge.topologies.map((topology) => ({
      ...topology,
      rules: topology.rules.map((rule) => ({ ...rule, purpose: { en: purpose, 'zh-CN': purpose } })),
    }));
    const risky = { ...knowledge, topologies };
    const card = answerCard(findAnswer('DIR-6', risky), { locale: 'en', zone: 'UTC' });
    expect(copied(card, 'Copy as CSV')).toContain(`,'${purpose},`);
  });
});

describe('the other direction', () => {
  const role = fc.constantFrom(...knowledge.roles.filter(({ kind }) => kind !== 'any'));
  const port = fc.constantFrom('', ' 5061', ' tcp 444', ' udp 50001-50003', ' SIP');

  test('is asked in words that read back as the same roles turned round', () => {
    fc.assert(
      fc.property(role, role, port, fc.constantFrom(...locales), (from, to, filter, locale) => {
        const question = `from ${from.name.en} to ${to.name.en}${filter}`;
        const asked = answerQuestion(question, knowledge);
        const back = questionOf(
          button(cardOf(question, locale), knowledge.say({ key: 'answer.button.other-way' }, { locale, zone: 'UTC' })),
        );
        if (asked.intent === 'unknown-role') return;
        const { reading, language } = answerQuestion(back, knowledge);
        expect(reading).toEqual({ ...asked.reading, from: asked.reading.to, to: asked.reading.from });
        expect(language).toBe(locale);
      }),
      { numRuns: 300 },
    );
  });

  test.each(locales)('turns "who talks to" round, too, in %s', (locale) => {
    const back = questionOf(button(cardOf('who talks to the edge?', locale), locale === 'en' ? 'Other direction' : '反方向'));
    expect(answerQuestion(back, knowledge).reading).toMatchObject({ from: ['edge-internal'], to: [], both: false });
  });
});
