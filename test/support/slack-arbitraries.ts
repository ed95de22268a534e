import fc from 'fast-check';
import type { Card, CardAction, CardElement, Span } from '../../src/chat/card.ts';
import type { Form, FormField } from '../../src/chat/form.ts';
import type { Home } from '../../src/chat/home.ts';

const hostile = [
  '<!channel>',
  '<@U123>',
  '<http://evil.example|click>',
  '&lt;b&gt;',
  '\u202eabc',
  '\u200b',
  '```code```',
  '*bold* _it_ ~no~',
  '@here #general',
  '\ud83d',
  '\n\n',
  '\t',
  '',
  ' ',
];
const long = ['a', '防火墙', '👨‍👩‍👧‍👦', 'e\u0301\u0302', '<&>"\\', 'word '];

/** A text as somebody could type it: short, hostile, or up to 10,000 characters. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'grapheme', maxLength: 30 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 2, arbitrary: fc.constantFrom(...hostile) },
  { weight: 1, arbitrary: fc.constantFrom(...long).map((piece) => piece.repeat(Math.ceil(10_000 / piece.length))) },
);

const anySpan: fc.Arbitrary<Span> = fc.oneof(
  anyText,
  anyText.map((strong) => ({ strong })),
  anyText.map((code) => ({ code })),
  anyText.map((subtle) => ({ subtle })),
);

const spans = fc.array(anySpan, { maxLength: 4 });
const anyElement: fc.Arbitrary<CardElement> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), spans }),
  fc.record({ kind: fc.constant('notice' as const), tone: fc.constantFrom('good' as const, 'warning' as const, 'error' as const), spans }),
  anyText.map((text) => ({
    kind: 'moments' as const,
    label: text.slice(0, 100) || '-',
    start: '2026-12-04T21:00:00.000Z',
    end: '2026-12-04T22:00:00.000Z',
    text: 'Friday',
  })),
  fc.record({
    kind: fc.constant('facts' as const),
    facts: fc.array(fc.record({ label: anyText, value: anyText }), { maxLength: 5 }),
  }),
  fc.record({
    kind: fc.constant('table' as const),
    columns: fc.array(anyText, { maxLength: 4 }),
    rows: fc.oneof(
      fc.array(fc.array(anyText, { maxLength: 4 }), { maxLength: 6 }),
      fc.integer({ min: 0, max: 600 }).map((count) => Array.from({ length: count }, (_, row) => [`TCP ${row}`, '集中日志', `DIR-${row}`])),
    ),
  }),
);

const anyAction: fc.Arbitrary<CardAction> = fc.oneof(
  fc.record({
    kind: fc.constant('button' as const),
    label: anyText,
    action: fc.constantFrom('say', 'request.approve', 'request.details', 'dialog.choose'),
    data: fc.dictionary(fc.constantFrom('text', 'request', 'draft'), anyText),
    style: fc.constantFrom('default' as const, 'primary' as const, 'danger' as const),
  }),
  fc.record({ kind: fc.constant('copy' as const), label: anyText, text: anyText }),
);
const manyButtons = (label: string): CardAction[] =>
  Array.from({ length: 200 }, (_, at) => ({ kind: 'button', label, action: 'say', data: { at: String(at) }, style: 'default' }));
const actions = fc.oneof(
  { weight: 6, arbitrary: fc.array(anyAction, { maxLength: 12 }) },
  { weight: 1, arbitrary: fc.constantFrom('b', '场地'.repeat(60)).map(manyButtons) },
);

const locale = fc.constantFrom('en' as const, 'zh-CN' as const);

export const anyCard: fc.Arbitrary<Card> = fc.record({
  locale,
  title: fc.option(anyText),
  elements: fc.array(anyElement, { maxLength: 8 }),
  actions,
  summary: anyText,
});

const option = fc.record({ value: fc.string({ maxLength: 90 }), label: anyText });
const anyField = (name: string): fc.Arbitrary<FormField> =>
  fc.record({
    name: fc.constant(name),
    label: anyText,
    hint: anyText,
    input: fc.constantFrom('text' as const, 'lines' as const, 'choice' as const),
    options: fc.oneof(
      fc.array(option, { maxLength: 5 }),
      fc
        .integer({ min: 0, max: 150 })
        .map((count) => Array.from({ length: count }, (_, at) => ({ value: `site-${at}`, label: `场地 ${at}` }))),
    ),
    value: fc.oneof(anyText, fc.constant('site-3')),
    optional: fc.boolean(),
    problem: fc.option(anyText),
  });

export const anyForm: fc.Arbitrary<Form> = fc.integer({ min: 0, max: 12 }).chain((count) =>
  fc.record({
    locale,
    draft: fc.uuid(),
    page: fc.constantFrom('where', 'why', 'review'),
    seen: fc.string({ maxLength: 64 }),
    title: anyText,
    position: fc.record({ number: fc.integer({ min: 1, max: 9 }), of: fc.integer({ min: 1, max: 9 }) }),
    elements: fc.array(anyElement, { maxLength: 8 }),
    fields: fc.tuple(...Array.from({ length: count }, (_, at) => anyField(`field_${at}`))),
    next: anyText,
    close: anyText,
    buttons: fc.array(
      fc.record({
        label: anyText,
        press: fc.oneof(
          fc.record({ kind: fc.constantFrom('back' as const, 'keep' as const, 'discard' as const) }),
          fc.record({ kind: fc.constant('go' as const), page: fc.constantFrom('where', 'why') }),
        ),
        style: fc.constantFrom('default' as const, 'danger' as const),
      }),
      { maxLength: 12 },
    ),
  }),
);

export const anyHome: fc.Arbitrary<Home> = fc.record({
  locale,
  title: anyText,
  sections: fc.array(
    fc.record({
      heading: anyText,
      cards: fc.oneof(
        { weight: 4, arbitrary: fc.array(anyCard, { maxLength: 4 }) },
        { weight: 1, arbitrary: anyCard.map((card) => Array.from({ length: 60 }, () => card)) },
      ),
      none: anyText,
      more: fc.option(anyText),
    }),
    { maxLength: 6 },
  ),
  actions,
});
