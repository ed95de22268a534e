import fc from 'fast-check';
import type { Card, CardAction, CardElement, Span } from '../../src/chat/card.ts';
import type { Form, FormField } from '../../src/chat/form.ts';
import { locales } from '../../src/locale.ts';

/** What people type to see what happens. */
export const hostileTexts = [
  '[click](http://evil.example)',
  '![x](https://evil.example/x.png)',
  '<at>Everyone</at>',
  '<at id="0">Ann</at> @Ann @everyone',
  '**bold** _it_ ~~gone~~ `code`',
  '# heading',
  '> quoted',
  '<a href="javascript:alert(1)">x</a><script>alert(1)</script>',
  '&lt;at&gt;Ann&lt;/at&gt;',
  '{{DATE(2020-01-01T00:00:00Z)}} {{TIME(2020-01-01T00:00:00Z)}}',
  'www.evil.example and http://evil.example/?q=1 and mail@evil.example',
  '\u202egnp.exe\u202c \u2066x\u2069',
  'zero\u200bwidth\u2060joiner\ufeff',
  '\u001b[2J\u0000\u0007',
  '\ud83d',
  `Z${'\u0301'.repeat(400)}`,
  'مرحبا بالعالم שלום',
  'C:\\new \\',
  '"},{"type":"TextBlock"}',
  '\n\n\n',
  ' ',
  '',
] as const;

const long = fc
  .tuple(fc.constantFrom('x', 'ä', '网', '👩‍👩‍👧‍👦', '"', '\n', '\u200b', 'word ', '[a](b)'), fc.constantFrom(100, 2000, 10_000))
  .map(([unit, count]) => unit.repeat(Math.ceil(count / unit.length)));

export const typed: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 4, arbitrary: fc.constantFrom(...hostileTexts) },
  { weight: 1, arbitrary: long },
);

const span: fc.Arbitrary<Span> = fc.oneof(typed, fc.record({ strong: typed }), fc.record({ code: typed }), fc.record({ subtle: typed }));
const spans = fc.array(span, { maxLength: 5 });
const table = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 40 })).chain(([columns, rows]) =>
  fc.record({
    kind: fc.constant('table' as const),
    columns: fc.array(typed, { minLength: columns, maxLength: columns }),
    rows: fc.array(fc.array(typed, { minLength: 0, maxLength: columns }), { maxLength: rows }),
  }),
);
const element: fc.Arbitrary<CardElement> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), spans }),
  fc.record({ kind: fc.constant('notice' as const), tone: fc.constantFrom('good', 'warning', 'error'), spans }),
  fc.record({ kind: fc.constant('facts' as const), facts: fc.array(fc.record({ label: typed, value: typed }), { maxLength: 20 }) }),
  table,
);
const actionNames = ['ask', 'request.approve', 'request.reject', 'request.answer', 'request.details', 'dialog.choose'];
const action: fc.Arbitrary<CardAction> = fc.oneof(
  fc.record({
    kind: fc.constant('button' as const),
    label: typed,
    action: fc.constantFrom(...actionNames),
    data: fc.dictionary(fc.constantFrom('request', 'question', 'portclerk', 'msteams'), typed),
    style: fc.constantFrom('default', 'primary', 'danger'),
  }),
  fc.record({ kind: fc.constant('copy' as const), label: typed, text: typed }),
);

export const anyCard: fc.Arbitrary<Card> = fc.record({
  locale: fc.constantFrom(...locales),
  title: fc.option(typed),
  elements: fc.array(element, { maxLength: 12 }),
  actions: fc.array(action, { maxLength: 20 }),
  summary: typed,
});

const field: fc.Arbitrary<Omit<FormField, 'name'>> = fc.record({
  label: typed,
  hint: typed,
  input: fc.constantFrom('text', 'lines', 'choice'),
  options: fc.uniqueArray(fc.record({ value: typed, label: typed }), { maxLength: 12, selector: ({ value }) => value }),
  value: typed,
  optional: fc.boolean(),
  problem: fc.option(typed),
});

export const anyForm: fc.Arbitrary<Form> = fc
  .record({
    locale: fc.constantFrom(...locales),
    draft: fc.uuid(),
    page: fc.constantFrom('where', 'review'),
    seen: fc.string({ maxLength: 100 }),
    title: typed,
    position: fc.record({ number: fc.integer({ min: 1, max: 6 }), of: fc.integer({ min: 1, max: 6 }) }),
    elements: fc.array(element, { maxLength: 6 }),
    fields: fc.array(field, { maxLength: 8 }),
    next: typed,
    close: typed,
    buttons: fc.array(
      fc.record({
        label: typed,
        press: fc.constantFrom({ kind: 'back' }, { kind: 'keep' }, { kind: 'discard' }, { kind: 'go', page: 'when' }),
        style: fc.constantFrom('default', 'danger'),
      }),
      { maxLength: 6 },
    ),
  })
  .map((form) => ({ ...form, fields: form.fields.map((one, index) => ({ ...one, name: `field-${index}` })) }));
