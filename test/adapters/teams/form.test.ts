import { describe, expect, it } from 'vitest';
import { renderTeamsForm } from '../../../src/adapters/teams/form.ts';
import { readTeamsAction } from '../../../src/adapters/teams/read-action.ts';
import type { Form, FormField } from '../../../src/chat/form.ts';
import { locales } from '../../../src/locale.ts';
import { loadTestKnowledge } from '../../support/knowledge.ts';
import { buttonsOf, checkTeamsCard, pressOf, valuesOf } from '../../support/teams-limits.ts';
import { formSamples } from '../../support/teams-samples.ts';

const { say } = loadTestKnowledge();
const render = (form: Form) => renderTeamsForm(form, { say });
const titles = (form: Form) => buttonsOf(render(form)).map(({ title }) => title);
const wording = (form: Form) => valuesOf(render(form), 'text').join('\n');

/** What comes back when a button is pressed; both kinds of clients send the same. */
function pressed(form: Form, title: string, typed: Readonly<Record<string, string>> = {}) {
  const button = buttonsOf(render(form)).find((one) => one.title === title);
  if (button === undefined) throw new Error(`no button ${title}`);
  const inputs = Object.fromEntries(Object.entries(typed).map(([name, text]) => [`field:${name}`, text]));
  const { execute, submit } = pressOf(button, inputs);
  const [read, older] = [readTeamsAction(execute), readTeamsAction(submit)];
  expect(older).toEqual(read);
  return read?.kind === 'form' ? read.submission : null;
}

const field = (over: Partial<FormField>): FormField => ({
  name: 'need',
  label: 'Why?',
  hint: 'In a sentence.',
  input: 'text',
  options: [],
  value: '',
  optional: false,
  problem: null,
  ...over,
});
const formWith = (...fields: readonly FormField[]): Form => ({ ...formSamples('en').why, fields });

describe('a page of a form in Teams', () => {
  for (const locale of locales) {
    for (const [name, form] of Object.entries(formSamples(locale))) {
      it(`of ${name} looks as agreed (${locale})`, async () => {
        const content = render(form);
        expect(checkTeamsCard(content)).toEqual([]);
        await expect(`${JSON.stringify(content, null, 2)}\n`).toMatchFileSnapshot(`../../golden/teams/form-${name}-${locale}.json`);
      });
    }
  }

  it('comes back with what was typed, and what was left empty', () => {
    const { where } = formSamples('en');
    const { draft, page, seen } = where;
    expect(pressed(where, 'Next', { site: 'site-a', flows: 'DIR-6' })).toEqual({
      draft,
      page,
      seen,
      press: { kind: 'next' },
      values: { site: 'site-a', flows: 'DIR-6', title: '' },
    });
  });

  it('goes back, is put away, or leads to a page by its name, each with what was typed', () => {
    const { why, review } = formSamples('en');
    expect(pressed(why, 'Back', { ticket: 'CHG-1' })).toMatchObject({ press: { kind: 'back' }, values: { ticket: 'CHG-1' } });
    expect(pressed(why, 'Keep as draft', { ticket: 'CHG-1' })).toMatchObject({ press: { kind: 'keep' }, values: { ticket: 'CHG-1' } });
    expect(pressed(review, 'Change: When')).toMatchObject({ press: { kind: 'go', page: 'when' }, values: {} });
    expect(pressed(review, 'Submit')).toMatchObject({ page: 'review', press: { kind: 'next' } });
    expect(pressed(why, 'Discard', { ticket: 'CHG-1' })).toMatchObject({ press: { kind: 'discard' }, values: {} });
  });

  it('can be put away even where the dialog itself names no button for it', () => {
    const { why } = formSamples('en');
    const bare = { ...why, buttons: [] };
    expect(titles(bare)).toEqual(['Next', 'Close']);
    expect(pressed(bare, 'Close', { ticket: 'CHG-1' })).toMatchObject({ press: { kind: 'keep' }, values: { ticket: 'CHG-1' } });
  });

  it('has what is wrong with an answer right at its field, and the answer still in it', () => {
    const body = JSON.stringify(render(formSamples('en')['when-wrong'])['body']);
    expect(body).toMatch(
      /"label":"When\?"[^[]*"value":"sometime"[^[]*\{"type":"Container","style":"attention"[^{]*\{"type":"RichTextBlock"[^{]*\{"type":"TextRun","text":"I can’t/,
    );
  });

  it('says which questions may stay empty, and leaves it to the server to miss the others', () => {
    const json = JSON.stringify(render(formSamples('en').why));
    expect(json).toContain('"label":"Ticket (optional)"');
    expect(json).toContain('"label":"Why is it needed?"');
    expect(json).not.toContain('isRequired');
  });

  it('lets an answer be picked that was picked before, or none', () => {
    const options = [
      { value: 'a', label: 'Alpha' },
      { value: 'b', label: 'Beta' },
    ];
    const menus = (over: Partial<FormField>) => render(formWith(field({ input: 'choice', options, ...over })))['body'];
    const choices = [
      { title: 'Alpha', value: 'a' },
      { title: 'Beta', value: 'b' },
    ];
    expect(menus({ value: 'b' })).toContainEqual(expect.objectContaining({ type: 'Input.ChoiceSet', value: 'b', choices }));
    expect(menus({ value: 'gone' })).toContainEqual(expect.not.objectContaining({ value: 'gone' }));
    expect(menus({ optional: true })).toContainEqual(expect.objectContaining({ choices: [{ title: 'none', value: ' ' }, ...choices] }));
  });

  it('keeps an answer that is too long for its field, unless another is typed', () => {
    const form = formWith(field({ name: 'short', value: 'kept' }), field({ name: 'long', value: 'x'.repeat(20_000), input: 'lines' }));
    expect(checkTeamsCard(render(form))).toEqual([]);
    expect(valuesOf(render(form), 'value')).toEqual(['kept']);
    expect(wording(form)).toContain('What is there now (20000 characters) is too long to stand here.');
    expect(pressed(form, 'Next', { short: 'new', long: '' })?.values).toEqual({ short: 'new' });
    expect(pressed(form, 'Next', { short: '' })?.values).toEqual({ short: '' });
    expect(pressed(form, 'Next', { short: 'kept', long: 'shorter' })?.values).toEqual({ short: 'kept', long: 'shorter' });
  });

  it('shows three thousand characters in each of two fields', () => {
    const form = formWith(field({ name: 'a', value: 'x'.repeat(3000) }), field({ name: 'b', value: 'y'.repeat(3000) }));
    expect(checkTeamsCard(render(form))).toEqual([]);
    expect(valuesOf(render(form), 'value').map(({ length }) => length)).toEqual([3000, 3000]);
  });

  it('is no form when anything of it is missing', () => {
    const [button] = buttonsOf(render(formSamples('en').why));
    if (button === undefined) throw new Error('no button');
    const { execute } = pressOf(button);
    for (const part of ['draft', 'page', 'seen', 'press', 'fields']) {
      expect(readTeamsAction(JSON.parse(JSON.stringify(execute).replace(`"${part}":`, `"x${part}":`)))).toBeNull();
    }
  });
});
