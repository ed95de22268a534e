import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { DialogTalk } from '../support/dialog-talk.ts';
import { readRequest } from '../support/request-read.ts';

const caseSchema = z.strictObject({
  say: z.string(),
  reads: z
    .strictObject({
      order: z.enum(['open', 'remove']),
      site: z.string().optional(),
      rules: z.array(z.string()).optional(),
      lines: z.array(z.string()).optional(),
      said: z.record(z.string(), z.string()).optional(),
      rest: z.string().optional(),
    })
    .nullable(),
});
const file = new URL('../cases/request-sentences.yaml', import.meta.url);
const cases = z.array(caseSchema).parse(parse(readFileSync(file, 'utf8')));

describe('a sentence that asks for a change is taken for all it says, and for nothing more', () => {
  test.each(cases)('$say', ({ say, reads }) => {
    expect(readRequest(say)).toEqual(reads);
  });

  test('half of them are Chinese', () => {
    expect(cases.length).toBeGreaterThanOrEqual(150);
    expect(cases.filter(({ say }) => /\p{Script=Han}/u.test(say)).length * 2).toBeGreaterThanOrEqual(cases.length);
  });
});

describe('whatever is typed', () => {
  const pieces = fc.constantFrom(
    ...'open|close|申请|开通|删除|from|to|从|到|edge|director|边缘|控制器|10.1.2.3|10.1.2.0/24|2001:db8::1|5061/tcp|443|TCP|udp|until|till|直到|Friday|周五|tomorrow|明晚十点|22:00|for|because|因为|用于|on behalf of|代|site B|站点A|CHG-42|emergency|紧急|urgent|between|and|和|之间|->|?|,|，|;|。|\n|"|(|)|?|吗||||\t|for 3 months|三个月|the new pool|新池|"10.0.0.1'.split(
      '|',
    ),
    '|',
  );
  const text = fc.oneof(
    fc.array(pieces, { maxLength: 60 }).map((words) => words.join(' ')),
    fc.array(pieces, { maxLength: 60 }).map((words) => words.join('')),
    fc.string({ unit: 'binary', maxLength: 300 }),
  );

  test('it is read, twice alike', () => {
    fc.assert(
      fc.property(text, (typed) => {
        expect(readRequest(typed)).toEqual(readRequest(typed));
      }),
      { numRuns: 150 },
    );
  });

  test.each([
    'open 5061/tcp from edge to director until ',
    'until until for for because ',
    'open 443/tcp, ',
    '从边缘到控制器',
    '明天明天到到',
    '1.2.3.4, ',
    'a,b,c\n',
    '10.0.0.1,10.0.0.2,443/tcp\n',
    '"a,',
    '|-|',
    '10.0.0.1 -> 10.0.0.2 : 443/tcp\n',
    ':::1:',
    '0-0-',
    'for a ',
  ])('ten thousand characters of “%s” take no longer than a blink', (piece) => {
    const typed = (length: number) => `open ${piece.repeat(Math.ceil(length / piece.length)).slice(0, length)}`;
    const took = (length: number): number => {
      const start = performance.now();
      readRequest(typed(length));
      return performance.now() - start;
    };
    took(10_000);
    expect(Math.min(took(10_000), took(10_000), took(10_000))).toBeLessThan(1000);
    expect(Math.min(took(1_900), took(1_900), took(1_900))).toBeLessThan(1000);
  });
});

describe('the dialog a sentence begins', () => {
  test('a date said yesterday for today is asked again, not taken for another day', () => {
    const window = {
      raw: 'tonight',
      value: { kind: 'between', start: '2026-11-17T21:00:00.000Z', end: '2026-11-17T22:00:00.000Z', zone: 'UTC' },
      echo: 'x',
      notices: [],
    };
    const talk = new DialogTalk('request-rule', { rules: ['DIR-6'], site: 'site-a', said: { window } }).say('new pool', 'me');
    expect(talk.at).toBe('window');
    expect(talk.problem).toBe('field-error.window-passed');
  });

  test('a site without an address for a role is asked for, and the role named', () => {
    const talk = new DialogTalk('request-rule', { lines: 'Reverse proxy -> Director : 443/tcp', site: 'site-b' });
    expect(talk.problem).toBe('field-error.site-lacks');
    expect(talk.card.summary).toContain('Site B has no addresses for Reverse proxy.');
    expect(talk.buttons).not.toContain('Site B');
    expect(talk.say('a').echo('flows')).toContain('192.0.2.20 -> 198.51.100.20');
  });

  test('addresses are at the site they belong to, at none, or where the person says', () => {
    const at = (lines: string) => new DialogTalk('request-rule', { lines }).state.answers['site']?.value;
    expect(at('192.0.2.10 -> 198.51.100.20 : 5061/tcp')).toBe('site-a');
    expect(at('192.0.2.138 -> 198.51.100.148 : 5061/tcp')).toBe('site-b');
    expect(at('192.0.2.10 -> 198.51.100.148 : 5061/tcp')).toBe('other');
    expect(at('10.0.0.1 -> Director : 5061/tcp')).toBeUndefined();
  });

  test('what can’t be used is asked about with the words it was said in', () => {
    const talk = new DialogTalk('request-rule', { lines: 'Edge -> Director : 70000/tcp', site: 'site-a' });
    expect(talk.at).toBe('flows');
    expect(talk.problem).toBe('field-error.port');
    expect(JSON.stringify(talk.card.elements)).toContain('Edge -> Director : 70000/tcp');
  });

  test('a first name that one person bears is that person', () => {
    const said = { on_behalf_of: { raw: 'Ada' } };
    expect(new DialogTalk('request-rule', { rules: ['DIR-6'], site: 'site-a', said }).echo('on_behalf_of')).toBe('Ada Marin');
  });

  test('a service the catalogue does not have is still asked for', () => {
    const talk = new DialogTalk('request-rule', { lines: 'Edge (internal interface) -> Director : 8443/tcp', site: 'site-b' });
    expect(talk.echo('flows')).toBe(
      '192.0.2.138, 192.0.2.139 -> 198.51.100.148, 198.51.100.149 : 8443/tcp\n2001:db8:b:10::10 -> 2001:db8:b:20::20 : 8443/tcp',
    );
  });
});
