import { describe, expect, test } from 'vitest';
import { differingPlaceholders, missingTexts, sayFrom, wordsFrom } from '../../src/dialog/texts.ts';

const texts = (en: Record<string, string>, zh: Record<string, string>) => ({
  en: new Map(Object.entries(en)),
  'zh-CN': new Map(Object.entries(zh)),
});
const berlin = { locale: 'en', zone: 'Europe/Berlin' } as const;
const shanghai = { locale: 'zh-CN', zone: 'Asia/Shanghai' } as const;

describe('saying a text', () => {
  const say = sayFrom(texts({ 'a.b': '{who}: {count} at {when}' }, { 'a.b': '{when}，{who}，{count}' }));
  const params = { who: { en: 'Edge', 'zh-CN': '边缘' }, count: 2, when: { at: '2026-11-27T21:00:00.000Z' } };

  test('fills in words in the language and times in the zone of whoever reads it', () => {
    expect(say({ key: 'a.b', params }, berlin)).toBe('Edge: 2 at Friday 27 November 2026 22:00');
    expect(say({ key: 'a.b', params }, shanghai)).toBe('2026年11月28日 星期六 05:00，边缘，2');
    expect(say({ key: 'a.b', params: { ...params, who: '$1 {count}' } }, berlin)).toContain('$1 {count}: 2');
  });

  test('an unknown key or an open placeholder is a fault', () => {
    expect(() => say({ key: 'a.c' }, berlin)).toThrow('no text a.c');
    expect(() => say({ key: 'a.b', params: { who: 'x', count: 1 } }, berlin)).toThrow('{when}');
  });
});

describe('checking the texts', () => {
  test('a key that only one language has is missing in the other', () => {
    expect(missingTexts(texts({ 'a.b': 'x', 'a.c': 'y' }, { 'a.b': 'x' }))).toEqual([
      { locale: 'en', key: 'a.c', what: 'a.c has no text in zh-CN' },
    ]);
  });

  test('placeholders differ, or a brace is none', () => {
    const found = differingPlaceholders(texts({ 'a.b': '{x} {y}', 'a.c': '{x' }, { 'a.b': '{y} {z}', 'a.c': 'x' }));
    expect(found.map(({ locale, key }) => `${locale} ${key}`)).toEqual(['zh-CN a.b', 'en a.c']);
  });

  test('the words to listen for are those of all languages', () => {
    const words = wordsFrom(texts({ 'command.back': 'back | go back', 'a.b': 'x | y' }, { 'command.back': '上一步' }));
    expect([...words]).toEqual([['command.back', ['back', 'go back', '上一步']]]);
  });
});
