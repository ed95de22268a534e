import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FormPress } from '../../src/chat/form.ts';
import { step } from '../../src/dialog/engine.ts';
import { DialogTalk } from '../support/dialog-talk.ts';
import { FormTalk } from '../support/form-talk.ts';

const seeds = [{}, { rules: ['DIR-6'], from: ['edge-internal'], to: ['director'] }, { lines: '192.0.2.10 -> 198.51.100.20 : 23/tcp' }];

/** Answers that mean the same typed as picked. */
const said = fc.record({
  site: fc.constantFrom('site-a', 'other'),
  flows: fc.constantFrom('192.0.2.10 -> 198.51.100.20 : 443/tcp', '192.0.2.10 -> 198.51.100.20 : 23/tcp\n192.0.2.1 -> 192.0.2.2 : 1/udp'),
  title: fc.constant('A title'),
  business_need: fc.constantFrom('new pool', 'a move'),
  application: fc.constant('Lync'),
  application_owner: fc.constantFrom('UC team', 'Me'),
  security_impact: fc.constantFrom('one port more'),
  compensating_control: fc.constant('jump host only'),
  window: fc.constantFrom('Any window', 'next friday 22:00-23:00', 'any time'),
  expiry: fc.constantFrom('Permanent', '1 year', '31 December 2027'),
  test_plan: fc.constant('try it'),
  backout_plan: fc.constantFrom('remove it', 'put it back'),
});

test('a dialog has the same end answered in forms and question by question', () => {
  fc.assert(
    fc.property(fc.constantFrom('request-rule', 'remove-rule'), fc.constantFrom(...seeds), said, (dialog, seed, answers) => {
      const answerTo = (field: string): string => Object.entries(answers).find(([name]) => name === field)?.[1] ?? 'none';
      const talk = new DialogTalk(dialog, seed);
      const form = new FormTalk(new DialogTalk(dialog, seed));
      for (let turns = 0; talk.at !== 'review' && turns < 40; turns += 1)
        talk.say(talk.at.startsWith('confirm') ? 'yes' : answerTo(talk.at));
      for (let pages = 0; form.at !== 'complete' && pages < 40; pages += 1) {
        const open = form.form.fields.filter(({ value, optional, problem }) => problem !== null || (value === '' && !optional));
        form.next(Object.fromEntries(open.map(({ name }) => [name, answerTo(name)])));
      }
      const end = step(talk.definition, talk.state, { kind: 'submit', seen: null }, talk.handlers, talk.env);
      expect(form.turn.kind === 'complete' && form.turn.values).toEqual(end.kind === 'complete' && end.values);
    }),
    { numRuns: 40 },
  );
}, 60_000);

const texts = [
  '%%%',
  'CHG-42',
  'next friday 22:00',
  '192.0.2.10 -> 198.51.100.20 : 22/tcp',
  '10.1.2.7/24 -> 192.0.2.1 : 0/tcp',
  'a reason',
  '2 years',
];
const presses: readonly FormPress[] = [
  { kind: 'next' },
  { kind: 'back' },
  { kind: 'keep' },
  { kind: 'go', page: 'where' },
  { kind: 'go', page: 'when' },
  { kind: 'go', page: 'review' },
];
const move = fc.record({
  press: fc.constantFrom(...presses),
  field: fc.nat(9),
  text: fc.oneof(fc.constantFrom(...texts), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 })),
  old: fc.boolean(),
});

test('whatever is pressed, in whatever order, on new pages and old ones, nothing that was typed is lost', () => {
  fc.assert(
    fc.property(fc.constantFrom(...seeds), fc.array(move, { maxLength: 20 }), (seed, moves) => {
      let form = new FormTalk(new DialogTalk('request-rule', seed));
      let before = form.form;
      const typed = new Map<string, string>();
      for (const { press, field, text, old } of moves) {
        const page = old ? before : form.form;
        before = form.form;
        const fields = page.fields.filter(({ input }) => input !== 'choice');
        const name = fields[field % Math.max(fields.length, 1)]?.name;
        const clean = text.trim();
        const isTyped = name !== undefined && clean !== '' && clean !== fields.find((one) => one.name === name)?.value;
        form.press(press, isTyped ? { [name]: text } : {}, page);
        if (isTyped) typed.set(name, clean);
        if (form.at === 'kept') form = new FormTalk(Object.assign(new DialogTalk('request-rule', seed), { turn: form.turn }), null);
      }
      const { answers, attempts } = form.state;
      for (const [name, text] of typed) expect([name, attempts[name]?.raw ?? answers[name]?.raw]).toEqual([name, text]);
    }),
    { numRuns: 60 },
  );
}, 60_000);
