import { describe, expect, test } from 'vitest';
import type { WeeklyWindow } from '../../src/domain/approval-policy.ts';
import { isInside, windowAround } from '../../src/domain/change-window.ts';

const nights: WeeklyWindow = {
  id: 'nights',
  name: { en: 'nights', 'zh-CN': '夜间' },
  zone: 'Europe/Berlin',
  days: [1, 2, 3, 4, 5],
  from: '21:00',
  until: '05:00',
};
const inside = (window: WeeklyWindow, start: string, end: string) => isInside(window, new Date(start), new Date(end));

describe('a weekly window', () => {
  test.each([
    ['Friday evening', '2026-11-27T21:00:00Z', '2026-11-27T22:00:00Z', true],
    ['its whole length', '2026-11-27T20:00:00Z', '2026-11-28T04:00:00Z', true],
    ['over midnight', '2026-11-27T22:30:00Z', '2026-11-28T01:00:00Z', true],
    ['Saturday morning, in the night that began on Friday', '2026-11-28T02:00:00Z', '2026-11-28T03:00:00Z', true],
    ['a minute early', '2026-11-27T19:59:00Z', '2026-11-27T22:00:00Z', false],
    ['a minute late', '2026-11-28T03:00:00Z', '2026-11-28T04:01:00Z', false],
    ['Saturday evening', '2026-11-28T21:00:00Z', '2026-11-28T22:00:00Z', false],
    ['at noon', '2026-11-27T11:00:00Z', '2026-11-27T12:00:00Z', false],
  ])('%s', (_, start, end, expected) => {
    expect(inside(nights, start, end)).toBe(expected);
  });

  test('keeps its wall-clock hours over a change of the clocks', () => {
    expect(inside(nights, '2026-07-03T19:00:00Z', '2026-07-03T20:00:00Z')).toBe(true);
    expect(inside(nights, '2026-11-27T19:00:00Z', '2026-11-27T20:00:00Z')).toBe(false);
    const sunday: WeeklyWindow = { ...nights, days: [7], from: '01:00', until: '04:00' };
    expect(inside(sunday, '2027-03-28T00:00:00Z', '2027-03-28T02:00:00Z')).toBe(true);
    expect(inside(sunday, '2027-03-28T00:00:00Z', '2027-03-28T02:01:00Z')).toBe(false);
    expect(inside(sunday, '2026-10-24T23:00:00Z', '2026-10-25T03:00:00Z')).toBe(true);
  });

  test('whole days that follow each other make one time', () => {
    const weekend: WeeklyWindow = { ...nights, days: [6, 7], from: '00:00', until: '00:00' };
    expect(inside(weekend, '2026-11-28T10:00:00Z', '2026-11-29T20:00:00Z')).toBe(true);
    expect(inside(weekend, '2026-11-28T10:00:00Z', '2026-11-30T00:00:00Z')).toBe(false);
  });

  test('the first window that has all of the time is named', () => {
    const other = { ...nights, id: 'other', days: [6] };
    expect(windowAround([nights, other], new Date('2026-11-28T21:00:00Z'), new Date('2026-11-28T22:00:00Z'))?.id).toBe('other');
    expect(windowAround([], new Date('2026-11-28T21:00:00Z'), new Date('2026-11-28T22:00:00Z'))).toBeNull();
  });
});
