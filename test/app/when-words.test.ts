import { describe, expect, test } from 'vitest';
import { expiryValidator } from '../../src/app/handlers/expiry-validator.ts';
import { windowValidator } from '../../src/app/handlers/window-validator.ts';
import type { Verdict } from '../../src/dialog/handlers.ts';
import { contextFor, dialogEnv } from '../support/dialog-env.ts';
import { loadTestKnowledge } from '../support/knowledge.ts';

const { policy } = loadTestKnowledge();
const windows = windowValidator(policy.windows);

function window(text: string, zone = 'Europe/Berlin', now?: string): string {
  const env = dialogEnv('en', zone, now === undefined ? undefined : new Date(now));
  return outcome(windows.read(text, contextFor(env)));
}

function expiry(text: string, now?: string): string {
  return outcome(expiryValidator.read(text, contextFor(dialogEnv('en', 'Europe/Berlin', now === undefined ? undefined : new Date(now)))));
}

function outcome(verdict: Verdict): string {
  if (verdict.kind === 'refused') return verdict.problem.key;
  const value = JSON.parse(JSON.stringify(verdict.value));
  if (value.kind === 'between') return `${value.start.slice(0, 16)} ${value.end.slice(0, 16)}`;
  return value.kind === 'until' ? value.at.slice(0, 16) : value.kind;
}

describe('a window in words, on a Wednesday morning in Berlin', () => {
  test.each([
    ['next Friday 22:00 for an hour', '2026-11-27T21:00 2026-11-27T22:00'],
    ['next friday 22:00', '2026-11-27T21:00 2026-11-27T22:00'],
    ['friday 22:00-23:30', '2026-11-20T21:00 2026-11-20T22:30'],
    ['this friday 22:00', '2026-11-20T21:00 2026-11-20T22:00'],
    ['friday 10pm-2am', '2026-11-20T21:00 2026-11-21T01:00'],
    ['friday 10-11pm', '2026-11-20T21:00 2026-11-20T22:00'],
    ['tomorrow night', '2026-11-19T21:00 2026-11-19T22:00'],
    ['tonight', '2026-11-18T21:00 2026-11-18T22:00'],
    ['tonight at 23:00 for 30 minutes', '2026-11-18T22:00 2026-11-18T22:30'],
    ['tomorrow at 10 p.m. for two hours', '2026-11-19T21:00 2026-11-19T23:00'],
    ['from friday 22:00 to saturday 02:00', '2026-11-20T21:00 2026-11-21T01:00'],
    ['22:00 to 23:00 on friday', '2026-11-20T21:00 2026-11-20T22:00'],
    ['between 22:00 and 23:00 tomorrow', '2026-11-19T21:00 2026-11-19T22:00'],
    ['friday 22:00 to midnight', '2026-11-20T21:00 2026-11-20T23:00'],
    ['22:00', '2026-11-18T21:00 2026-11-18T22:00'],
    ['08:00', '2026-11-19T07:00 2026-11-19T08:00'],
    ['2026-11-27 22:00-23:00', '2026-11-27T21:00 2026-11-27T22:00'],
    ['2026-11-27T22:00', '2026-11-27T21:00 2026-11-27T22:00'],
    ['27 Nov 2026 22:00 to 23:00', '2026-11-27T21:00 2026-11-27T22:00'],
    ['27.11.2026 22:00', '2026-11-27T21:00 2026-11-27T22:00'],
    ['27/11/2026 22:00', '2026-11-27T21:00 2026-11-27T22:00'],
    ['next friday 22:00 UTC', '2026-11-27T22:00 2026-11-27T23:00'],
    ['friday 22:00-23:00 Asia/Shanghai', '2026-11-20T14:00 2026-11-20T15:00'],
    ['in 2 hours', '2026-11-18T11:00 2026-11-18T12:00'],
    ['any window', 'any'],
    ['下周五晚上十点', '2026-11-27T21:00 2026-11-27T22:00'],
    ['下週五晚上十點', '2026-11-27T21:00 2026-11-27T22:00'],
    ['下周五晚上十点，一个小时', '2026-11-27T21:00 2026-11-27T22:00'],
    ['下周五晚上十点半到十一点', '2026-11-27T21:30 2026-11-27T22:00'],
    ['周五晚上十点到十一点', '2026-11-20T21:00 2026-11-20T22:00'],
    ['周五晚上十一点到凌晨一点', '2026-11-20T22:00 2026-11-21T00:00'],
    ['周五22:00到周六02:00', '2026-11-20T21:00 2026-11-21T01:00'],
    ['明晚', '2026-11-19T21:00 2026-11-19T22:00'],
    ['明晚十点', '2026-11-19T21:00 2026-11-19T22:00'],
    ['今晚11点', '2026-11-18T22:00 2026-11-18T23:00'],
    ['后天凌晨两点两个半小时', '2026-11-20T01:00 2026-11-20T03:30'],
    ['本周六下午三点', '2026-11-21T14:00 2026-11-21T15:00'],
    ['11月27日晚上10点', '2026-11-27T21:00 2026-11-27T22:00'],
    ['２０２６年１１月２７日 ２２：００', '2026-11-27T21:00 2026-11-27T22:00'],
    ['两小时后', '2026-11-18T11:00 2026-11-18T12:00'],
    ['任意窗口', 'any'],
    ['随时', 'any'],
  ])('%s', (text, expected) => {
    expect(window(text)).toBe(expected);
  });

  test.each([
    ['last friday 22:00', 'field-error.window-past'],
    ['last friday', 'field-error.window-past'],
    ['上周五晚上十点', 'field-error.window-past'],
    ['2020-01-01 22:00', 'field-error.window-past'],
    ['today 08:00', 'field-error.window-past'],
    ['friday 23:00-22:00', 'field-error.window-inverted'],
    ['2026-11-27 22:00 to 2026-11-26 22:00', 'field-error.window-inverted'],
    ['2026-11-27 22:00 to 2026-12-24 22:00', 'field-error.window-long'],
    ['2036-11-27 22:00', 'field-error.window-far'],
    ['friday 25:00', 'field-error.time'],
    ['next friday', 'field-error.which-time'],
    ['tomorrow morning', 'field-error.which-time'],
    ['5/12/2026 22:00', 'field-error.date-ambiguous'],
    ['32 january 2027 22:00', 'field-error.when'],
    ['2026-02-30 22:00', 'field-error.when'],
    ['banana', 'field-error.when'],
    ['what does 50001 do?', 'field-error.when'],
    ['下个月', 'field-error.when'],
    ['香蕉', 'field-error.when'],
  ])('%s is refused', (text, expected) => {
    expect(window(text)).toBe(expected);
  });

  test('a weekday said on that weekday is today as long as its time is to come', () => {
    expect(window('friday 22:00', 'Europe/Berlin', '2026-11-20T09:00:00Z')).toBe('2026-11-20T21:00 2026-11-20T22:00');
    expect(window('friday 09:00', 'Europe/Berlin', '2026-11-20T09:00:00Z')).toBe('2026-11-27T08:00 2026-11-27T09:00');
  });

  test('the same words mean another moment in another zone', () => {
    expect(window('next friday 22:00', 'Asia/Shanghai')).toBe('2026-11-27T14:00 2026-11-27T15:00');
    expect(window('next friday 22:00', 'America/New_York')).toBe('2026-11-28T03:00 2026-11-28T04:00');
  });

  test('a time the clocks skip is moved and said to be; a time they show twice is the first', () => {
    const before = new Date('2027-03-26T09:00:00Z');
    const skipped = windows.read('sunday 02:30', contextFor(dialogEnv('en', 'Europe/Berlin', before)));
    expect(skipped).toMatchObject({ value: { start: '2027-03-28T01:30:00.000Z' } });
    expect(JSON.stringify(skipped)).toContain('dialog.note.clock-skipped');
    const autumn = new Date('2026-10-23T09:00:00Z');
    const twice = windows.read('sunday 02:30', contextFor(dialogEnv('en', 'Europe/Berlin', autumn)));
    expect(twice).toMatchObject({ value: { start: '2026-10-25T00:30:00.000Z' } });
    expect(JSON.stringify(twice)).toContain('dialog.note.clock-twice');
  });

  test('it is echoed in words with its zone and the window it lies in', () => {
    const verdict = windows.read('next friday 22:00 for an hour', contextFor(dialogEnv()));
    expect(verdict).toMatchObject({
      echo: 'Friday 27 November 2026, 22:00-23:00, Europe/Berlin (inside the window “weekday nights”)',
      notices: [],
    });
    const chinese = windows.read('下周五晚上十点一个小时', contextFor(dialogEnv('zh-CN')));
    expect(chinese).toMatchObject({ echo: '2026年11月27日 星期五，22:00-23:00，Europe/Berlin（在变更窗口“工作日夜间”之内）' });
  });

  test('outside every window is remarked on, not refused', () => {
    const verdict = windows.read('next friday 14:00-15:00', contextFor(dialogEnv()));
    expect(verdict).toMatchObject({ kind: 'accepted', notices: [{ key: 'dialog.note.outside-windows' }] });
  });

  test('a date with two readings offers both', () => {
    const verdict = windows.read('5/12/2026 22:00-23:00', contextFor(dialogEnv()));
    expect(verdict).toMatchObject({
      suggestions: [
        { label: '2026-12-05', text: '2026-12-05 22:00-23:00' },
        { label: '2026-05-12', text: '2026-05-12 22:00-23:00' },
      ],
    });
  });
});

describe('an end in words', () => {
  test.each([
    ['6 months', '2027-05-18T21:59'],
    ['six months', '2027-05-18T21:59'],
    ['in 2 weeks', '2026-12-02T22:59'],
    ['for a year', '2027-11-18T22:59'],
    ['half a year', '2027-05-18T21:59'],
    ['until Friday', '2026-11-20T22:59'],
    ['by next friday', '2026-11-27T22:59'],
    ['31 Dec 2027', '2027-12-31T22:59'],
    ['31/12/2027', '2027-12-31T22:59'],
    ['until 2027-03-31 18:00', '2027-03-31T16:00'],
    ['end of november', '2026-11-30T22:59'],
    ['end of the year', '2026-12-31T22:59'],
    ['permanent', 'permanent'],
    ['forever', 'permanent'],
    ['six-months', '2027-05-18T21:59'],
    ['one-year', '2027-11-18T22:59'],
    ['6个月', '2027-05-18T21:59'],
    ['半年', '2027-05-18T21:59'],
    ['三个月后', '2027-02-18T22:59'],
    ['九十天', '2027-02-16T22:59'],
    ['到周五', '2026-11-20T22:59'],
    ['截至2027年12月31日', '2027-12-31T22:59'],
    ['年底', '2026-12-31T22:59'],
    ['下个月底', '2026-12-31T22:59'],
    ['长期有效', 'permanent'],
    ['永久', 'permanent'],
  ])('%s', (text, expected) => {
    expect(expiry(text)).toBe(expected);
  });

  test.each([
    ['yesterday', 'field-error.expiry-past'],
    ['2020-01-01', 'field-error.expiry-past'],
    ['昨天', 'field-error.expiry-past'],
    ['2050-01-01', 'field-error.expiry-far'],
    ['4/5/2027', 'field-error.date-ambiguous'],
    ['soon', 'field-error.expiry'],
    ['next month', 'field-error.expiry'],
    ['what does 50001 do?', 'field-error.expiry'],
  ])('%s is refused', (text, expected) => {
    expect(expiry(text)).toBe(expected);
  });

  test('it may not come before the change itself has ended', () => {
    const values = {
      window: { kind: 'between', start: '2026-11-27T21:00:00.000Z', end: '2026-11-27T22:00:00.000Z', zone: 'Europe/Berlin' },
    };
    const verdict = expiryValidator.read('until friday', contextFor(dialogEnv(), values));
    expect(verdict).toMatchObject({ problem: { key: 'field-error.expiry-before-window' } });
  });
});
