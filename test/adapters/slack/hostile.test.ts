import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderSlackCard, renderSlackMessages } from '../../../src/adapters/slack/card.ts';
import { renderSlackModal } from '../../../src/adapters/slack/form.ts';
import { renderSlackHome } from '../../../src/adapters/slack/home.ts';
import { renderCopyModal, renderNoticeModal } from '../../../src/adapters/slack/notice-modal.ts';
import { notificationText } from '../../../src/adapters/slack/text.ts';
import type { Card } from '../../../src/chat/card.ts';
import type { Form } from '../../../src/chat/form.ts';
import { loadTestKnowledge } from '../../support/knowledge.ts';
import { textsOf, valuesOf } from '../../support/slack-limits.ts';

const { say } = loadTestKnowledge();
const typed = [
  '<!channel>',
  '<!here|x>',
  '<@U123>',
  '<#C123>',
  '<!subteam^S1>',
  '<http://evil.example|click>',
  '&lt;!channel&gt;',
  '*bold* _it_ ~no~ `code`',
  '```\nblock\n```',
  '> quote',
  ':skull:',
  '@here #general',
  '\u202egnp.exe',
  'zero\u200bwidth\u2060',
  '\u001b[2J',
  'half\ud83d',
];
/** What acts on whoever reads: controls, reordering and hidden characters, halves. */
const acting = /(?!\n)\p{Cc}|(?![\u200c\u200d])\p{Cf}|\p{Cs}/u;

const cardSaying = (text: string): Card => ({
  locale: 'en',
  title: text,
  elements: [
    { kind: 'text', spans: [text, { strong: text }, { code: text }, { subtle: text }] },
    { kind: 'text', spans: [{ subtle: text }] },
    { kind: 'facts', facts: [{ label: text, value: text }] },
    { kind: 'table', columns: [text], rows: [[text]] },
    { kind: 'notice', tone: 'warning', spans: [text] },
  ],
  actions: [
    { kind: 'button', label: text, action: 'say', data: { text }, style: 'default' },
    { kind: 'copy', label: text, text },
  ],
  summary: text,
});

const formSaying = (text: string): Form => ({
  locale: 'en',
  draft: 'd',
  page: 'p',
  seen: 's',
  title: text,
  position: { number: 1, of: 2 },
  elements: cardSaying(text).elements,
  fields: (['text', 'lines', 'choice'] as const).map((input) => ({
    name: input,
    label: text,
    hint: text,
    input,
    options: [{ value: 'a', label: text }],
    value: input === 'choice' ? 'a' : text,
    optional: false,
    problem: text,
  })),
  next: text,
  close: text,
  buttons: [{ label: text, press: { kind: 'back' }, style: 'default' }],
});

/** Everything of ours that Slack can be shown, with this text everywhere in it. */
function everything(text: string): readonly unknown[] {
  const card = cardSaying(text);
  const sections = [{ heading: text, cards: [card], none: text, more: text }];
  return [
    ...renderSlackMessages(card, say).map(({ blocks }) => blocks),
    renderSlackMessages(card, say, 'lines').map(({ blocks }) => blocks),
    renderSlackCard(card, say).blocks,
    renderSlackModal(formSaying(text), say),
    renderSlackHome({ locale: 'en', title: text, sections, actions: card.actions }, say).view,
    renderNoticeModal([card], 'en', say).view,
    renderCopyModal(text, 'en', say),
  ];
}

const anyTyped = fc
  .array(fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.constantFrom(...typed)), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.join(' '));

describe('whatever was typed', () => {
  it('stands in Slack as plain text, in elements that read no markup', () => {
    const kinds = new Set(everything('word').flatMap((shown) => valuesOf(shown, 'type')));
    expect([...kinds]).not.toContain('mrkdwn');
    expect([...kinds].filter((kind) => ['link', 'user', 'channel', 'broadcast', 'usergroup', 'emoji', 'date'].includes(kind))).toEqual([]);
    fc.assert(
      fc.property(anyTyped, (text) => {
        for (const shown of everything(text)) {
          for (const kind of valuesOf(shown, 'type')) expect(kinds).toContain(kind);
          for (const property of ['text', 'initial_value']) for (const one of valuesOf(shown, property)) expect(one).not.toMatch(acting);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is shown as it was typed where nothing in it acts', () => {
    for (const text of ['<!channel>', '<@U123>', '<http://evil.example|click>', '&lt;b&gt;', '*bold* `code`']) {
      for (const shown of everything(text)) expect(textsOf(shown).some((one) => one.includes(text))).toBe(true);
    }
  });

  it('turns no colons into an emoji', () => {
    for (const shown of everything(':skull:')) expect(JSON.stringify(shown)).not.toContain('"emoji":true');
  });

  it('mentions nobody and formats nothing in a notification', () => {
    expect(notificationText('<!channel> & <@U1>')).toBe('&lt;!channel&gt; &amp; &lt;@U1&gt;');
    fc.assert(
      fc.property(anyTyped, (text) => {
        const shown = notificationText(text);
        expect(shown).not.toMatch(/[<>*_~`\n]/);
        expect(shown).not.toMatch(/&(?!(amp|lt|gt);)/);
        expect(shown).not.toMatch(acting);
      }),
    );
  });

  it('comes back from a button untouched', () => {
    for (const text of typed.filter((one) => !/\p{Cs}/u.test(one))) {
      const [message] = renderSlackMessages(cardSaying(text), say);
      const values = valuesOf(message?.blocks, 'value').map((value): unknown => JSON.parse(value));
      expect(values).toEqual([
        { action: 'say', data: { text } },
        { action: 'copy', data: { text } },
      ]);
    }
  });
});
