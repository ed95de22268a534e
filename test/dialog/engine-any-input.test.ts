import fc from 'fast-check';
import { expect, test } from 'vitest';
import { step } from '../../src/dialog/engine.ts';
import { promptCard } from '../../src/dialog/prompt-card.ts';
import { dialogStateSchema } from '../../src/dialog/state.ts';
import { DialogTalk } from '../support/dialog-talk.ts';

const words = [
  'a',
  'other',
  'back',
  'skip',
  'yes',
  'no',
  'none',
  'submit',
  'change',
  'change when',
  'change flows',
  '修改 站点',
  'new pool goes live',
  'me',
  'any window',
  'next friday 22:00',
  'friday 22:00-21:59',
  '6 months',
  'permanent',
  'DIR-6',
  'Edge -> Director : 5061/tcp',
  '192.0.2.10 -> 198.51.100.20 : 23/tcp',
  '10.1.2.7/24 -> 198.51.100.20 : 0/tcp\nhello',
  '1',
];
const typed = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...words) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
);
const move = fc.oneof(
  { weight: 3, arbitrary: typed.map((text) => ({ text })) },
  { weight: 2, arbitrary: fc.nat(30).map((button) => ({ button })) },
);

test('whatever is typed or pressed, the dialog stays somewhere it can be shown, stored and taken up from', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('request-rule', 'remove-rule', 'record-outcome', 'decide'),
      fc.array(move, { maxLength: 25 }),
      (dialog, moves) => {
        const talk = new DialogTalk(dialog, { rules: ['DIR-6', 'DIR-7'] });
        for (const one of moves) {
          if (!('notices' in talk.turn)) return;
          const buttons = talk.card.actions.filter((action) => action.kind === 'button');
          if ('text' in one) talk.say(one.text);
          else talk.press(buttons[one.button % buttons.length]?.label ?? '');
          expect(talk.card.summary).not.toBe('');
          if ('state' in talk.turn) expect(dialogStateSchema.parse(JSON.parse(JSON.stringify(talk.turn.state)))).toEqual(talk.turn.state);
        }
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);

test('the same input on the same state makes the same turn', () => {
  const talk = new DialogTalk('request-rule', { rules: ['DIR-6'] }).say('a', 'new pool');
  const twice = [1, 2].map(() => step(talk.definition, talk.state, { kind: 'text', text: 'UC team' }, talk.handlers, talk.env));
  expect(twice[0]).toEqual(twice[1]);
  expect(twice.map((turn) => promptCard(talk.definition, turn, 'd', talk.env))[0]).toBeDefined();
});
