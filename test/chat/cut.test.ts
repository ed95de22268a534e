import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cut, cutLine, pieces } from '../../src/chat/cut.ts';

const family = '👨‍👩‍👧‍👦';

test('a text is cut between characters as people see them, and says that it was', () => {
  expect(cut(`ab${family}`, 6)).toBe('ab…');
  expect(cut('防火墙变更', 3)).toBe('防火…');
  expect(cut('whole', 5)).toBe('whole');
  expect(cut('two words', 5)).toBe('two…');
  expect(cutLine('two\n  lines ', 20)).toBe('two lines');
});

test('pieces lose nothing and fit, and end after a line or a word where they can', () => {
  expect(pieces('first line\nsecond', 12)).toEqual(['first line\n', 'second']);
  expect(pieces('one two three', 9)).toEqual(['one two ', 'three']);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.integer({ min: 2, max: 40 }), (text, room) => {
      const found = pieces(text, room);
      expect(found.join('')).toBe(text);
      expect(found.every((piece) => piece.length <= room)).toBe(true);
      expect(cut(text, room).length).toBeLessThanOrEqual(room);
    }),
  );
});
