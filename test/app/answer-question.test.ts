import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { answerQuestion } from '../../src/app/answer-question.ts';
import { loadTestKnowledge } from '../support/knowledge.ts';

const ids = z.array(z.string()).default([]);
const casesSchema = z.array(
  z.strictObject({
    ask: z.string(),
    language: z.enum(['en', 'zh-CN']),
    intent: z.string(),
    from: ids,
    to: ids,
    both: z.boolean().default(false),
    ports: ids,
    transport: z.string().nullable().default(null),
    application: ids,
    verdict: z.string().nullable().default(null),
    explicit: ids,
    any: ids,
    near: ids,
  }),
);
const cases = casesSchema.parse(parse(readFileSync(new URL('../cases/questions.yaml', import.meta.url), 'utf8')));
const knowledge = loadTestKnowledge();
const answer = (question: string) => answerQuestion(question, knowledge);

describe('questions are read and answered', () => {
  test.each(cases)('$ask', ({ ask, ...expected }) => {
    const { language, intent, reading, verdict, rules, near } = answer(ask);
    const of = (match: string) => rules.filter((rule) => rule.match === match).map(({ id }) => id);
    expect({ language, intent, ...reading, verdict, explicit: of('explicit'), any: of('any'), near }).toEqual(expected);
  });

  test('half of them in Chinese, more than 120 in all', () => {
    const chinese = cases.filter(({ language }) => language === 'zh-CN').length;
    expect(cases.length).toBeGreaterThanOrEqual(120);
    expect(chinese).toBeGreaterThanOrEqual(60);
  });
});

describe('an answer', () => {
  test('cites where each rule stands, and the state of the catalogue', () => {
    const { rules, catalogue } = answer('which ports from Edge to Director?');
    expect(rules[0]).toMatchObject({
      id: 'DIR-6',
      transport: 'tcp',
      ports: '5061',
      application: 'SIP',
      security: 'MTLS',
      via: null,
      cite: { document: 'Port summary - DNS and HLB load balanced', place: 'table row 6' },
    });
    expect(catalogue).toEqual({ topology: 'lync-2013-director-dns-hlb', version: knowledge.versions.catalogue });
  });

  test('says first how it was read, keeps what holds through any apart, and mentions the other way', () => {
    const lines = answer('which ports from Edge to Director?').answer.split('\n');
    expect(lines[0]).toBe('Edge (internal interface) → Director · Lync Server 2013, Director pool, DNS + HLB');
    expect(lines[1]).toMatch(/^TCP 5061: .*\(DIR-6\)$/);
    expect(lines).toContain('From any source, so from Edge (internal interface) too: TCP 50001-50003 (DIR-7, DIR-8, DIR-9).');
    expect(lines).toContain('The other way, Director → Edge (internal interface): TCP 5061 (DIR-P4).');
    expect(lines.at(-1)).toBe('Port summary - DNS and HLB load balanced, table rows 6-9');
  });

  test('is in the language of the question', () => {
    const { answer: text, rules } = answer('从边缘服务器到控制器需要开哪些端口?');
    expect(text).toMatch(/^边缘服务器（内部接口） → 控制器 · /);
    expect(rules[0]?.cite).toEqual({ document: '端口摘要 - 已进行 DNS 和 HLB 负载平衡', place: '表格第 6 行' });
    expect(rules[0]?.purpose).toMatch(/\p{Script=Han}/u);
  });

  test('to a yes/no question begins with the word, and says so where only the introduction has the rule', () => {
    const { answer: text } = answer('is 5061 allowed from director to edge?');
    expect(text).toMatch(/^Yes\. /);
    expect(text).toContain('in its introduction, not in its table');
  });

  test('to a wrong direction is no, but the other way', () => {
    const { answer: text } = answer('is 444 allowed from front end to director?');
    expect(text).toMatch(/^No\. /);
    expect(text).toContain('The other way, Director → Front End Server, is open: TCP 444 (DIR-3).');
  });

  test('tells what of several ports is closed', () => {
    expect(answer('are 5061 and 444 allowed from edge to director?').answer).toContain('Nothing opens port 444 here.');
    expect(answer('is 444 allowed between director and front end?').answer).toContain('Open one way only.');
  });

  test('names the words it does not know, says what they are where it knows that, and what is open whatever they are', () => {
    const unknown = answer('from foobar to director').answer;
    expect(unknown).toContain('I don’t know foobar');
    expect(unknown).toContain('TCP 50001-50003 to Director are open to any source (DIR-7, DIR-8, DIR-9)');
    expect(answer('从边缘到集中日志记录服务控制器').answer).toContain('不是控制器（Director）');
  });

  test.each([
    ['from direktor to edge', 'I read “direktor” as Director.'],
    ['边沿服务器到控制器', '我把“边沿服务器”理解为边缘服务器'],
  ])('to %s states what it took a word for', (question, remark) => {
    expect(answer(question).answer).toContain(remark);
  });

  test('to a port that can’t be says so', () => {
    expect(answer('port 70000').answer).toBe('70000 is not a port. Ports are 1 to 65535.');
    expect(answer('50003-50001').answer).toContain('50003-50001 is not a range of ports');
  });
});
