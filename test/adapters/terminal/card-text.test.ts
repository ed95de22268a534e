import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardLines } from '../../../src/adapters/terminal/card-text.ts';
import { textWidth, wrapped } from '../../../src/adapters/terminal/width.ts';
import type { Card } from '../../../src/chat/card.ts';
import { cards } from '../../support/cards.ts';

describe('a card in a terminal', () => {
  for (const [name, card] of Object.entries(cards)) {
    it(`of ${name} looks as agreed`, async () => {
      await expect(`${cardLines(card, 80).join('\n')}\n`).toMatchFileSnapshot(`../../golden/terminal/${name}.txt`);
    });
  }

  it('lines up the columns of a table with Chinese in it', () => {
    const lines = cardLines(cards['answer-zh'], 80).filter((line) => line.includes('DIR-') || line.includes('规则'));
    const starts = lines.map((line) => textWidth(line.slice(0, line.search(/规则|DIR-/))));
    expect(new Set(starts).size).toBe(1);
  });

  it('shows the escape sequences of a typed text instead of obeying them', () => {
    const typed = '\u001b[2J\u001b]0;owned\u0007\u009b31m\u202egnp';
    const card: Card = {
      ...cards.question,
      title: typed,
      elements: [
        { kind: 'text', spans: [typed] },
        { kind: 'facts', facts: [{ label: typed, value: typed }] },
        { kind: 'table', columns: [typed], rows: [[typed]] },
      ],
      actions: [{ kind: 'copy', label: typed, text: typed }],
    };
    const shown = cardLines(card, 80).join('\n');
    expect(shown).toContain('␛[2J');
    expect(shown).not.toMatch(/(?!\n)[\p{Cc}\u202e]/u);
  });

  it('wraps within its columns and loses no character', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '边', ' ', 'é', ',', '\n') }),
        fc.integer({ min: 6, max: 40 }),
        (text, columns) => {
          const lines = wrapped(text, columns);
          for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(columns);
          expect(lines.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
        },
      ),
    );
  });
});
