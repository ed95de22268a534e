import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderAdaptiveCard } from '../../src/chat/adaptive-card.ts';
import type { Card } from '../../src/chat/card.ts';
import type { Json } from '../../src/locale.ts';
import { cards } from '../support/cards.ts';

/** Every string under a property of this name, anywhere in the JSON. */
function valuesOf(json: Json, property: string): string[] {
  if (Array.isArray(json)) return json.flatMap((item) => valuesOf(item, property));
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([name, value]) => [
    ...(name === property && typeof value === 'string' ? [value] : []),
    ...(name === 'data' ? [] : valuesOf(value, property)),
  ]);
}

function typesOf(card: Card): Set<string> {
  return new Set(valuesOf(renderAdaptiveCard(card), 'type'));
}

function cardSaying(typed: string): Card {
  return {
    locale: 'en',
    title: typed,
    elements: [
      { kind: 'text', spans: [typed, { strong: typed }, { code: typed }, { subtle: typed }] },
      { kind: 'facts', facts: [{ label: typed, value: typed }] },
      { kind: 'table', columns: [typed], rows: [[typed]] },
      { kind: 'notice', tone: 'warning', spans: [typed] },
    ],
    actions: [
      { kind: 'button', label: typed, action: 'go', data: { text: typed }, style: 'default' },
      { kind: 'copy', label: typed, text: typed },
    ],
    summary: typed,
  };
}

describe('an Adaptive Card', () => {
  for (const [name, card] of Object.entries(cards)) {
    it(`of ${name} looks as agreed`, async () => {
      await expect(`${JSON.stringify(renderAdaptiveCard(card), null, 2)}\n`).toMatchFileSnapshot(`../golden/adaptive-card/${name}.json`);
    });
  }

  it('is made of the same elements whatever was typed, none of which reads Markdown', () => {
    const plain = typesOf(cardSaying('word'));
    expect([...plain]).not.toContain('TextBlock');
    expect([...plain]).not.toContain('FactSet');
    const hostile = fc.constantFrom(
      '[a](javascript:alert(1))',
      '<script>',
      '{{DATE(2020-01-01T00:00:00Z)}}',
      '**b**',
      '\u202e',
      '\u001b[2J',
      '<at>x</at>',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string({ unit: 'binary' }), hostile), { minLength: 1 }), (parts) => {
        const json = renderAdaptiveCard(cardSaying(`x${parts.join('')}`));
        expect(new Set(valuesOf(json, 'type'))).toEqual(plain);
        for (const text of [...valuesOf(json, 'text'), ...valuesOf(json, 'title'), ...valuesOf(json, 'speak')]) {
          expect(text).not.toMatch(/\{\{|(?!\n)[\p{Cc}\u202a-\u202e]/u);
        }
        for (const text of valuesOf(json, 'fallbackText')) expect(text).not.toMatch(/(?<!\\)(\\\\)*[*_[\]<>`]/);
      }),
    );
  });

  it('gives a column with a longer word more room, so that an address stays in one piece', () => {
    const table = { kind: 'table', columns: ['from', 'to'], rows: [['192.0.2.10', '198.51.100.96']] } as const;
    const json = renderAdaptiveCard({ ...cardSaying('x'), elements: [table] });
    expect(json['body']).toContainEqual(expect.objectContaining({ columns: [{ width: 15 }, { width: 18 }] }));
  });

  it('gives back what a button carries, untouched', () => {
    const json = renderAdaptiveCard(cardSaying('{{a}}\u202e'));
    expect(json['actions']).toMatchObject([{ data: { action: 'go', text: '{{a}}\u202e' } }, { data: { copy: '{{a}}\u202e' } }]);
  });

  it("lets no data take the place of a button's name", () => {
    const card: Card = {
      ...cardSaying('x'),
      actions: [{ kind: 'button', label: 'Reject', action: 'reject', data: { action: 'approve' }, style: 'danger' }],
    };
    expect(renderAdaptiveCard(card)['actions']).toMatchObject([{ data: { action: 'reject' } }]);
  });
});
