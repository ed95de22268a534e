import { describe, expect, test } from 'vitest';
import { answerCard } from '../../src/app/answer-card.ts';
import { type AskOptions, answerQuestion, findAnswer } from '../../src/app/answer-question.ts';
import { topologyIdSchema } from '../../src/domain/rule.ts';
import { loadTestKnowledge } from '../support/knowledge.ts';

const knowledge = loadTestKnowledge();
const id = (text: string) => topologyIdSchema.parse(text);
const ask = (question: string, options: AskOptions = {}) => answerQuestion(question, knowledge, options);
const from = (...ids: readonly string[]): AskOptions => ({ topologies: ids.map(id) });
const idsOf = ({ rules }: ReturnType<typeof ask>) => rules.map((rule) => rule.id);
const buttonsOf = (question: string) =>
  answerCard(findAnswer(question, knowledge), { locale: 'en', zone: 'UTC' }).actions.flatMap((action) =>
    action.kind === 'button' ? [action] : [],
  );

describe('the topology a question is answered from', () => {
  test('is the default one alone, where nothing names another', () => {
    expect(ask('what uses 5061?').catalogue.topology).toBe('lync-2013-director-dns-hlb');
    expect(idsOf(ask('what uses 5061?')).every((rule) => rule.startsWith('DIR-'))).toBe(true);
  });

  test('is the one the question names, before one asked for beside it, before a person’s own', () => {
    const named = 'which ports from reverse proxy to a single director?';
    expect(ask(named).catalogue.topology).toBe('lync-2013-director-single');
    expect(ask(named, from('lync-2013-mediation')).catalogue.topology).toBe('lync-2013-director-single');
    const own: AskOptions = { fallback: id('lync-2013-mediation') };
    expect(ask('what uses 5060?', own).catalogue.topology).toBe('lync-2013-mediation');
    expect(ask('what uses 5060?', { ...own, ...from('lync-2013-clients') }).catalogue.topology).toBe('lync-2013-clients');
  });

  test('may be several: what they say alike is one line, cited from each, and one rule each in JSON', () => {
    const { rules, answer, catalogue } = ask('from edge to director 5061', from('lync-2013-director-dns-hlb', 'lync-2013-director-single'));
    expect(catalogue.topology).toBe('lync-2013-director-dns-hlb,lync-2013-director-single');
    expect(rules.map((rule) => rule.id)).toEqual(['DIR-6', 'DS-06']);
    expect(answer.split('\n').filter((line) => line.startsWith('TCP 5061'))).toEqual([expect.stringContaining('(DIR-6, DS-06)')]);
    expect(answer).toContain('Port summary - DNS and HLB load balanced, table row 6');
    expect(answer).toContain('Port summary - Single Director, table row 6');
  });

  test('cites a rule that several pages state from each of them', () => {
    const { rules } = ask('DIR-P4', from('lync-2013-director-dns-hlb', 'lync-2013-director-single'));
    expect(rules).toMatchObject([{ id: 'DIR-P4', also: [{ document: 'Port summary - Single Director' }] }]);
  });

  test('does not matter to a rule asked for by its id', () => {
    expect(ask('EH-12')).toMatchObject({ intent: 'rule', rules: [{ id: 'EH-12' }] });
    expect(ask('EH-12').answer).toContain('EH-12 is a rule of Lync Server 2013, Edge pool, HLB.');
  });
});

describe('a role that the topology lacks', () => {
  test('is looked for where it occurs, first where there is an answer', () => {
    const buttons = buttonsOf('which ports from front end to mediation server?').filter(({ label }) => label.startsWith('Look in'));
    expect(buttons.length).toBeGreaterThan(0);
    for (const { data } of buttons.slice(0, 1)) {
      const topologies = Array.isArray(data['topologies']) ? data['topologies'].map((each) => id(String(each))) : [];
      const there = ask(String(data['question']), { topologies });
      expect(there.intent).toBe('ports');
      expect(there.rules.length).toBeGreaterThan(0);
    }
  });
});

describe('what a page leaves out', () => {
  const internal = from('lync-2013-internal-servers');

  test('a rule without a direction is said to be so, and a yes that hangs on it is neither yes nor no', () => {
    const { answer, verdict, rules } = ask('is 5061 allowed from front end to mediation server?', internal);
    expect(rules.length).toBeGreaterThan(0);
    expect(rules[0]).toMatchObject({ source: [], destination: [], role: expect.any(String), gaps: expect.arrayContaining(['direction']) });
    expect(verdict).toBeNull();
    expect(answer).toMatch(/^The page leaves that open\. /);
    expect(answer).toContain('direction not stated');
    expect(answer).toContain('The page does not say in which direction.');
    expect(ask('5061 从前端到中介服务器允许吗', internal).answer).toMatch(/^页面没有写明，无法断定。/);
  });

  test('what may be of an answer is named beneath it and near, never among its rules', () => {
    const { rules, near, answer } = ask(
      'which ports from director to exchange um?',
      from('lync-2013-internal-servers', 'exchange-2010-unified-messaging'),
    );
    for (const one of near) expect(rules.map((rule) => rule.id)).not.toContain(one);
    expect(answer).toMatch(/^Perhaps 7 rules, but the page does not say enough: .*IS-01/m);
  });

  test('an IPsec exception opens nothing, and says so', () => {
    const { verdict, answer } = ask('is 443 allowed from front end to edge?', from('lync-2013-ipsec'));
    expect(verdict).not.toBe('yes');
    expect(answer).toContain('they are not ports to open');
  });

  test('any that may be narrowed names its roles, and the page’s wording is said', () => {
    const edge = from('lync-2013-edge-hlb');
    const named = ask('from director to edge 8057', edge);
    expect(named.rules).toMatchObject([{ id: 'EH-14', match: 'explicit' }]);
    expect(named.answer).toContain('which may be narrowed to Director, Front End Server or Front End pool VIP');
    expect(ask('is 8057 allowed from sql server to edge?', edge).rules.every(({ match }) => match === 'any')).toBe(true);
  });

  test('a doubt is said with the rule', () => {
    expect(ask('PIC-04', {}).answer).toContain('Doubtful, PIC-04');
  });
});

describe('a comparison', () => {
  test('says what only one has, what changed, and how many are the same', () => {
    const { intent, differences, answer } = ask('What differs between a single Director and a DNS load-balanced pool?');
    expect(intent).toBe('compare');
    expect(differences).toMatchObject([
      { first: 'lync-2013-director-single', other: 'lync-2013-director-dns-hlb', only_first: [], only_other: [], same: 7 },
    ]);
    expect(differences?.[0]?.changed).toContainEqual(['DS-07', 'DIR-7']);
    expect(answer).toContain('Any → Edge (internal interface), TCP 50001');
    const one = ask('单个控制器和 DNS 负载平衡的控制器池有什么区别？');
    expect(one.differences?.[0]?.same).toBe(7);
    expect(one.answer).toContain('有变化');
  });
});

describe('other things a question may want', () => {
  test('a count, a why, what breaks, whether there is any', () => {
    expect(ask('how many rules to director?').answer).toMatch(/^8 rules\. /);
    expect(ask('is there any UDP?').answer).toMatch(/^No, none\. /);
    expect(ask('what breaks if I block 444').answer).toContain('If it is closed, this stops working:');
    expect(ask('why does the reverse proxy use 4443?').answer).toContain('Note: From the reverse proxy');
  });

  test('several questions in one message are answered one by one', () => {
    const { intent, answers, rules } = ask('from edge to director; from director to front end');
    expect(intent).toBe('several');
    expect(answers?.map((answer) => answer.rules.map((rule) => rule.id).slice(0, 1))).toEqual([['DIR-6'], ['DIR-3']]);
    expect(rules.map((rule) => rule.id)).toContain('DIR-3');
  });

  test('a follow-up takes from the question before it what it leaves out', () => {
    const { intent } = findAnswer('which ports from Edge to Director?', knowledge);
    expect(ask('and the other way?', { previous: intent }).reading).toMatchObject({ from: ['director'], to: ['edge-internal'] });
    expect(ask('and the other way?').intent).toBe('not-understood');
  });
});
