import markdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { renderTeamsCard, renderTeamsMessages } from '../../../src/adapters/teams/card.ts';
import { renderTeamsForm } from '../../../src/adapters/teams/form.ts';
import { plainSummary } from '../../../src/adapters/teams/text.ts';
import type { Card } from '../../../src/chat/card.ts';
import { loadTestKnowledge } from '../../support/knowledge.ts';
import { hostileTexts } from '../../support/teams-arbitrary.ts';
import { checkTeamsCard, valuesOf } from '../../support/teams-limits.ts';
import { formSamples } from '../../support/teams-samples.ts';

const { say } = loadTestKnowledge();

function cardSaying(typed: string): Card {
  return {
    locale: 'en',
    title: typed,
    elements: [
      { kind: 'text', spans: [typed, { strong: typed }, { code: typed }, { subtle: typed }] },
      { kind: 'facts', facts: [{ label: 'Why', value: typed }] },
      { kind: 'table', columns: ['a', 'b'], rows: [[typed, 'x']] },
      { kind: 'table', columns: ['a', 'b', 'c', 'd'], rows: [['x', typed, 'y', 'z']] },
      { kind: 'notice', tone: 'warning', spans: [typed] },
    ],
    actions: [
      { kind: 'button', label: typed, action: 'ask', data: { question: typed }, style: 'default' },
      { kind: 'copy', label: 'Copy', text: typed },
    ],
    summary: typed,
  };
}

/** Markdown as its most generous readers take it, addresses in running text included. */
const markdown = markdownIt({ html: true, linkify: true });
const acting = (text: string) =>
  markdown
    .parse(text, {})
    .flatMap((token) => [token, ...(token.children ?? [])])
    .map(({ type }) => type)
    .filter((type) => !['paragraph_open', 'paragraph_close', 'inline', 'text', 'softbreak', 'text_special'].includes(type));

describe('what people type to see what happens', () => {
  it.each(hostileTexts.map((text) => [JSON.stringify(text).slice(0, 50), text]))('comes out harmless: %s', (_, typed) => {
    const card = cardSaying(`say: ${typed}`);
    for (const content of [renderTeamsCard(card, { say }), ...renderTeamsMessages(card, { say })]) {
      expect(checkTeamsCard(content)).toEqual([]);
      expect(valuesOf(content, 'fallbackText').flatMap(acting)).toEqual([]);
      for (const text of valuesOf(content, 'speak')) expect(text).not.toMatch(/[<>&]/);
      expect(valuesOf(content, 'type')).not.toContain('TextBlock');
      expect(content).not.toHaveProperty('msteams.entities');
    }
    expect(acting(plainSummary(card))).toEqual([]);
    expect(plainSummary(card)).not.toMatch(/<|\n|@(?!\u2060)|(?<!\u2060)@|:\/\//);
  });

  it.each(['x', '网', '\u200b', '👩‍👩‍👧‍👦', '"', '\n', 'word ', '[a](b) '])('fits in ten thousand characters of %j everywhere', (unit) => {
    const card = cardSaying(unit.repeat(10_000 / unit.length));
    const content = renderTeamsCard(card, { say });
    expect(checkTeamsCard(content)).toEqual([]);
    expect(JSON.stringify(content)).toContain('Shortened to fit into one message.');
    expect(renderTeamsMessages(card, { say }).flatMap(checkTeamsCard)).toEqual([]);
    expect(plainSummary(card).length).toBeLessThan(4000);
    const { why } = formSamples('en');
    const form = {
      ...why,
      fields: why.fields.map((field) => ({ ...field, value: unit.repeat(10_000 / unit.length), problem: 'x'.repeat(9000) })),
    };
    expect(checkTeamsCard(renderTeamsForm(form, { say }))).toEqual([]);
  });

  it('keeps letters that are read from right to left as they are', () => {
    const content = renderTeamsCard(cardSaying('مرحبا שלום'), { say });
    expect(valuesOf(content, 'text')).toContain('مرحبا שלום');
  });

  it('leaves names, addresses and rule ids as they are in a summary', () => {
    for (const summary of [
      'FCR-12 · Edge → Director: TCP 5061 (DIR-6)',
      '192.0.2.10/32, 2001:db8::1',
      'tcp_udp 50001-50003',
      '网络审批(0/1)：等待',
    ]) {
      expect(plainSummary({ ...cardSaying('x'), summary })).toBe(summary);
    }
  });
});
