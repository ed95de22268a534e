import { expect, test } from 'vitest';
import { renderButtons } from '../../../src/adapters/slack/buttons.ts';
import { createKeptPayloads } from '../../../src/adapters/slack/kept-payloads.ts';
import { startProgram } from '../../support/program.ts';

const text = 'TCP 5061 '.repeat(100);

test('a button with too much to carry means the same for three months after it was shown, and its text is not kept for ever', async () => {
  const { store, clock, close } = await startProgram();
  const buttons = createKeptPayloads(store, clock);
  const { rows, kept } = renderButtons([{ kind: 'copy', label: 'Copy', text }]);
  const [button] = rows.flatMap(({ elements }) => elements);
  if (button?.type !== 'button') throw new Error('there is no button');
  const press = () => buttons.read(button.action_id ?? '', button.value ?? '');
  const other = renderButtons([{ kind: 'copy', label: 'Copy', text: `${text}, and more` }]).kept;

  clock.set('2026-11-30T23:00:00.000Z');
  await buttons.keep(kept);
  expect(await press()).toEqual({ action: 'copy', data: { text } });
  clock.set('2027-02-28T23:00:00.000Z');
  await buttons.keep(other);
  expect(await press()).toEqual({ action: 'copy', data: { text } });
  clock.set('2027-03-01T01:00:00.000Z');
  await buttons.keep(other);
  expect(await press()).toBeNull();
  clock.set('2027-02-28T23:00:00.000Z');
  expect(await press()).toBeNull();
  await close();
});
