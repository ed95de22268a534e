import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../src/canonical-json.ts';

describe('the canonical text of a value', () => {
  test.each([
    ['[56,{"d":true,"10":null,"1":[]}]', '[56,{"1":[],"10":null,"d":true}]'],
    ['1E30', '1e+30'],
    ['4.50', '4.5'],
    ['2e-3', '0.002'],
    ['-0', '0'],
    ['"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/"', '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'],
    ['{"a": "\\u007f\\u2028"}', '{"a":"\u007f\u2028"}'],
  ])('of %s is %s', (source, canonical) => {
    expect(canonicalJson(JSON.parse(source))).toBe(canonical);
  });

  test('has its names in the order of their UTF-16 units', () => {
    expect(canonicalJson({ '\ufb33': 1, '😂': 2, ö: 3, '1': 4, '\r': 5, '€': 6 })).toBe('{"\\r":5,"1":4,"ö":3,"€":6,"😂":2,"\ufb33":1}');
  });

  test('is the same however the names were ordered, and reads back as the value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const wellFormed: unknown = JSON.parse(JSON.stringify(value).replace(/\\ud[89a-f][0-9a-f]{2}/gi, '?'));
        expect(JSON.parse(canonicalJson(wellFormed))).toEqual(wellFormed);
        expect(canonicalJson(turned(wellFormed))).toBe(canonicalJson(wellFormed));
      }),
    );
  });
});

describe('a value with no canonical text is refused', () => {
  const cyclic: unknown[] = [];
  cyclic.push(cyclic);
  class Named {
    name = 'x';
  }
  test.each<[string, unknown]>([
    ['undefined', undefined],
    ['an undefined member', { a: undefined }],
    ['a hole', Array(1)],
    ['a list with a name', Object.assign([1], { a: 1 })],
    ['NaN', Number.NaN],
    ['infinity', [Number.POSITIVE_INFINITY]],
    ['a bigint', 1n],
    ['a function', () => 1],
    ['a symbol', { a: Symbol('a') }],
    ['a symbol as a name', { [Symbol('a')]: 1 }],
    ['a lone high surrogate', 'a\ud83d'],
    ['a lone low surrogate as a name', { '\ude02': 1 }],
    ['a date', new Date(0)],
    ['a map', new Map([['a', 1]])],
    ['a set', new Set([1])],
    ['bytes', Buffer.from('a')],
    ['a boxed string', Object('a')],
    ['an instance', new Named()],
    ['a toJSON of its own', { toJSON: () => 1 }],
    ['a hidden member', Object.defineProperty({}, 'a', { value: 1, enumerable: false })],
    ['a list of another class', new (class extends Array {})()],
    ['a circle', cyclic],
  ])('%s', (_, value) => {
    expect(() => canonicalJson(value)).toThrow(expect.objectContaining({ code: 'not-canonical' }));
  });

  test('with the place named', () => {
    expect(() => canonicalJson({ a: [{ b: undefined }] })).toThrow('$.a[0].b');
  });
});

function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, part]) => [name, turned(part)])
      .reverse(),
  );
}
