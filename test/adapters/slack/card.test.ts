import { beforeAll, describe, expect, it } from 'vitest';
import { readSlackButton, readSlackPayload } from '../../../src/adapters/slack/buttons.ts';
import { renderSlackCard, renderSlackMessages } from '../../../src/adapters/slack/card.ts';
import type { Card, CardElement } from '../../../src/chat/card.ts';
import { cards } from '../../support/cards.ts';
import { loadTestKnowledge } from '../../support/knowledge.ts';
import { checkSlackMessage, textsOf } from '../../support/slack-limits.ts';
import { golden, shownCards } from '../../support/slack-shown.ts';

const { say } = loadTestKnowledge();
const names = ['answer', 'yes-no', 'prompt', 'review', 'approval', 'decided', 'help'].flatMap((name) => [name, `${name}-zh`]);
let shown: ReadonlyMap<string, Card>;

beforeAll(async () => {
  shown = await shownCards();
});

const card = (elements: readonly CardElement[], more: Partial<Card> = {}): Card => ({
  ...cards.question,
  elements,
  ...more,
});
const button = (label: string, data: Record<string, string> = {}, action = 'say') =>
  ({ kind: 'button', label, action, data, style: 'default' }) as const;
const wordsOf = (messages: readonly { readonly blocks: readonly unknown[] }[]) => textsOf(messages.map(({ blocks }) => blocks)).join('');
const longTable: CardElement = {
  kind: 'table',
  columns: ['port', 'what for', 'rule'],
  rows: Array.from({ length: 600 }, (_, row) => [`TCP ${10_000 + row}`, 'central logging', `DIR-${row}.`]),
};

describe('a card in Slack', () => {
  for (const name of names) {
    it(`looks as agreed: ${name}`, async () => {
      const one = shown.get(name);
      if (one === undefined) throw new Error(`no card ${name}`);
      const messages = renderSlackMessages(one, say).map(({ text, blocks }) => ({ text, blocks }));
      expect(messages).toHaveLength(1);
      expect(messages.flatMap(checkSlackMessage)).toEqual([]);
      await expect(golden(messages[0])).toMatchFileSnapshot(`../../golden/slack/card-${name}.json`);
    });
  }

  it('says by a sign what a notice means, since no colour does', () => {
    const tones = (['good', 'warning', 'error'] as const).map((tone) => card([{ kind: 'notice', tone, spans: ['so'] }]));
    expect(tones.map((one) => wordsOf(renderSlackMessages(one, say)))).toEqual(['✅ so', '⚠️ so', '⛔ so']);
  });

  it('shows a title whole, however long', () => {
    const title = `${'very '.repeat(40)}long`;
    expect(wordsOf(renderSlackMessages(card([], { title }), say))).toContain(title);
  });

  it('shows a label whole that its button has no room for', () => {
    const label = `Answer: ${'10.0.0.0/8, '.repeat(12)}end`;
    const [message] = renderSlackMessages(card([], { actions: [button(label)] }), say);
    expect(message?.blocks).toContainEqual(expect.objectContaining({ type: 'rich_text' }));
    expect(wordsOf([{ blocks: message?.blocks ?? [] }])).toContain(`[${label}]`);
  });

  it('has one message at least, also for an empty card', () => {
    const [message] = renderSlackMessages(card([], { summary: 'Done.' }), say);
    expect(textsOf(message?.blocks)).toEqual(['Done.']);
  });
});

describe('a card that is too long for one message', () => {
  it('goes on in further ones, with every word and every row once', () => {
    const text = Array.from({ length: 1400 }, (_, place) => `w${place}`).join(' ');
    const messages = renderSlackMessages(card([{ kind: 'text', spans: [text] }, longTable]), say);
    expect(messages.length).toBeGreaterThan(5);
    const words = wordsOf(messages);
    expect(words).toContain(text);
    for (const [port = '', , rule = ''] of longTable.kind === 'table' ? longTable.rows : []) {
      expect(words.split(port)).toHaveLength(2);
      expect(words.split(rule)).toHaveLength(2);
    }
  });

  it('says on each of them which part it is, and repeats the heading of a table', () => {
    const messages = renderSlackMessages(card([longTable]), say);
    const of = messages.length;
    expect(wordsOf(messages.slice(0, 1))).toContain(`Part 1 of ${of}. It goes on below.`);
    expect(wordsOf(messages.slice(1, 2))).toContain(`Part 2 of ${of}`);
    expect(wordsOf(messages.slice(-1))).not.toContain('It goes on');
    for (const message of messages) expect(textsOf(message.blocks)).toContain('what for');
  });

  it('has its buttons under the last, each of them once', () => {
    const actions = Array.from({ length: 200 }, (_, place) => button(`b${place}.`, { text: `t${place}` }));
    const messages = renderSlackMessages(card([longTable], { actions }), say);
    const pressed = messages.flatMap(({ blocks }) => buttonsIn(blocks)).map(({ action_id, value }) => readSlackButton(action_id, value));
    expect(pressed).toEqual(actions.map(({ action, data }) => ({ action, data })));
    expect(buttonsIn(messages[0]?.blocks ?? [])).toEqual([]);
  });

  it('is one message where it has to be, and says what is missing and where it is', () => {
    const details = button('Details', { request: 'FCR-1' }, 'request.details');
    const long: CardElement = { kind: 'facts', facts: [{ label: 'Backout', value: `${'字'.repeat(10_000)}end` }] };
    const last: CardElement = { kind: 'notice', tone: 'warning', spans: ['FCR-9 overlaps'] };
    const message = renderSlackCard(card([long, longTable, last], { actions: [details] }), say);
    expect(checkSlackMessage(message)).toEqual([]);
    const words = wordsOf([message]);
    expect(words).toContain('字…');
    expect(words).toContain('Rows left out here: 560.');
    expect(words).toContain('FCR-9 overlaps');
    expect(words).toContain('Shortened to fit into one message. “Details” shows all of it.');
  });

  it('is cut between graphemes', () => {
    const family = '👨‍👩‍👧‍👦';
    const message = renderSlackCard(card([{ kind: 'text', spans: [family.repeat(3000)] }]), say);
    const [text = ''] = textsOf(message.blocks);
    expect(text.endsWith(`${family}…`)).toBe(true);
  });

  it('keeps every grapheme whole where it goes on in another block', () => {
    const family = '👨‍👩‍👧‍👦';
    const [message, ...more] = renderSlackMessages(card([{ kind: 'text', spans: [family.repeat(700)] }]), say);
    expect(more).toEqual([]);
    for (const text of textsOf(message?.blocks)) expect(text.replaceAll(family, '')).toBe('');
  });
});

describe('a table', () => {
  it("is Slack's own, once a message, and lines where it can't be", () => {
    const table: CardElement = { kind: 'table', columns: ['a', 'b'], rows: [['1', '']] };
    const [message] = renderSlackMessages(card([table, table]), say);
    expect(message?.blocks.map(({ type }) => type)).toEqual(['table', 'rich_text']);
    expect(textsOf(message?.blocks[1]).join('')).toBe('a · b\n• 1 · –');
  });

  it('is lines wherever Slack refuses its own', () => {
    expect(renderSlackMessages(card([longTable]), say, 'lines').flatMap(({ blocks }) => blocks.map(({ type }) => type))).not.toContain(
      'table',
    );
  });
});

describe('a button', () => {
  it('brings back what it stands for', () => {
    const [first] = buttonsIn(renderSlackMessages(cards.request, say)[0]?.blocks ?? []);
    expect(readSlackButton(first?.action_id ?? '', first?.value ?? '')).toEqual({
      action: 'request.approve',
      data: { request: 'FCR-12', version: 1 },
    });
  });

  it('leaves behind what is too long for it, under a key that stays the same', () => {
    const actions = [button('Again', { text: '字'.repeat(5000) }), { kind: 'copy', label: 'Copy', text: 'x'.repeat(3000) }] as const;
    const [message] = renderSlackMessages(card([], { actions }), say);
    const [again] = renderSlackMessages(card([], { actions }), say);
    expect(message?.kept).toEqual(again?.kept);
    const payloads = new Map(message?.kept.map(({ key, payload }) => [key, payload]));
    const read = buttonsIn(message?.blocks ?? []).map(({ action_id, value }) => {
      const pressed = readSlackButton(action_id, value);
      return pressed !== null && 'kept' in pressed ? readSlackPayload(payloads.get(pressed.kept) ?? '') : pressed;
    });
    expect(read).toEqual([
      { action: 'say', data: { text: '字'.repeat(5000) } },
      { action: 'copy', data: { text: 'x'.repeat(3000) } },
    ]);
  });

  it('of somebody else means nothing', () => {
    for (const value of ['', '{', 'null', '[]', '{"action":1}', '{"kept":"../x"}', '{"action":"say","data":{},"more":1}'])
      expect(readSlackButton('say#0', value)).toBe(null);
    expect(readSlackButton('request.approve#0', '{"action":"request.reject","data":{}}')).toBe(null);
  });
});

type Button = { readonly action_id: string; readonly value: string };

function buttonsIn(blocks: readonly unknown[]): readonly Button[] {
  const found: Button[] = [];
  JSON.stringify(blocks, (_, value: unknown) => {
    if (isButton(value)) found.push({ action_id: value.action_id, value: value.value });
    return value;
  });
  return found;
}

function isButton(value: unknown): value is Button {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'button' && 'action_id' in value;
}
