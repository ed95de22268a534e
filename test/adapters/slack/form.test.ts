import type { ModalView } from '@slack/types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readSlackPress, renderSlackModal, slackFormErrors } from '../../../src/adapters/slack/form.ts';
import { readSlackModal } from '../../../src/adapters/slack/form-read.ts';
import type { Form, FormField } from '../../../src/chat/form.ts';
import { dialogEnv } from '../../support/dialog-env.ts';
import { DialogTalk } from '../../support/dialog-talk.ts';
import { FormTalk } from '../../support/form-talk.ts';
import { loadTestKnowledge } from '../../support/knowledge.ts';
import { anyForm } from '../../support/slack-arbitraries.ts';
import { checkSlackView, textsOf } from '../../support/slack-limits.ts';
import { golden } from '../../support/slack-shown.ts';

const { say } = loadTestKnowledge();
const seed = { rules: ['DIR-6'], from: ['edge-internal'], to: ['director'] };
const talk = (locale: 'en' | 'zh-CN' = 'en') => new FormTalk(new DialogTalk('request-rule', seed, dialogEnv(locale)));
const why = { business_need: 'new pool goes live', application_owner: 'UC team' };

const field: FormField = {
  name: 'why',
  label: 'Why?',
  hint: 'One sentence.',
  input: 'text',
  options: [],
  value: '',
  optional: false,
  problem: null,
};
const form = (fields: readonly Partial<FormField>[], more: Partial<Form> = {}): Form => ({
  locale: 'en',
  draft: 'd1',
  page: 'why',
  seen: 's1',
  title: 'Request a change',
  position: { number: 1, of: 1 },
  elements: [],
  fields: fields.map((one) => ({ ...field, ...one })),
  next: 'Next',
  close: 'Close',
  buttons: [],
  ...more,
});

const inputSchema = z.object({
  type: z.literal('input'),
  block_id: z.string(),
  label: z.object({ text: z.string() }),
  hint: z.object({ text: z.string() }).optional(),
  optional: z.boolean(),
  element: z.object({
    type: z.string(),
    action_id: z.string(),
    multiline: z.boolean().optional(),
    initial_value: z.string().optional(),
    initial_option: z.object({ value: z.string() }).optional(),
  }),
});

function inputsOf(view: ModalView) {
  return view.blocks.flatMap((block) => {
    const parsed = inputSchema.safeParse(block);
    return parsed.success ? [parsed.data] : [];
  });
}

/** The view as Slack sends it back, with what stands in its inputs, or what was typed over it. */
function sent(view: ModalView, typed: Readonly<Record<string, string | null>> = {}) {
  const values = inputsOf(view).map(({ block_id, element: { type, action_id, initial_value, initial_option } }) => {
    const over = typed[block_id.slice('field:'.length)];
    const text = over === undefined ? (initial_value ?? initial_option?.value ?? null) : over;
    const value =
      type === 'static_select'
        ? { type, selected_option: text === null ? null : { text: { type: 'plain_text', text: 'x' }, value: text } }
        : { type, value: text };
    return [block_id, { [action_id]: value }];
  });
  return { ...view, id: 'V1', hash: '1.a', state: { values: Object.fromEntries(values) } };
}

describe('a page of a dialog as a modal', () => {
  for (const locale of ['en', 'zh-CN'] as const) {
    const name = (page: string) => `../../golden/slack/modal-${page}${locale === 'en' ? '' : '-zh'}.json`;

    it(`looks as agreed, page by page, in ${locale}`, async () => {
      const walk = talk(locale);
      await expect(golden(renderSlackModal(walk.form, say))).toMatchFileSnapshot(name('where'));
      walk.next({ site: 'site-a' }).next({ application: 'x' });
      await expect(golden(renderSlackModal(walk.form, say))).toMatchFileSnapshot(name('problem'));
      walk.next({ ...why, application: 'SIP' }).next();
      await expect(golden(renderSlackModal(walk.form, say))).toMatchFileSnapshot(name('when'));
      walk.next({ window: locale === 'en' ? 'any window' : '任意窗口', expiry: locale === 'en' ? '6 months' : '六个月' });
      walk.next({ backout_plan: 'remove the rule' });
      expect(walk.at).toBe('review');
      await expect(golden(renderSlackModal(walk.form, say))).toMatchFileSnapshot(name('review'));
    });
  }

  it('fits Slack with the longest texts that stand in its fields', () => {
    for (const text of ['字'.repeat(3000), '👨‍👩‍👧‍👦'.repeat(400), '<&>"\n'.repeat(600)]) {
      const walk = talk().next({ site: 'site-a' }).next({ business_need: text, application_owner: text, application: text });
      expect(checkSlackView(renderSlackModal(walk.form, say))).toEqual([]);
    }
  });

  it('says which page it is, and which dialog, also where the title is too long', () => {
    const view = renderSlackModal(form([], { title: 'Request a change of the firewall', position: { number: 2, of: 6 } }), say);
    expect(view.title.text).toBe('Request a change of the…');
    expect(textsOf(view.blocks)).toContain('Request a change of the firewall · page 2 of 6');
  });

  it('shows a problem right above the input it is about', () => {
    const { blocks } = renderSlackModal(form([{ name: 'a' }, { name: 'b', problem: 'Too short.' }]), say);
    const at = blocks.findIndex((block) => block.block_id === 'field:b');
    expect(textsOf(blocks[at - 1]).join('')).toBe('⚠️ Too short.');
  });

  it('has its problems as errors of the blocks they are about', () => {
    expect(slackFormErrors(form([{ name: 'a' }, { name: 'b', problem: 'Too <short>.\n' }]))).toEqual({ 'field:b': 'Too <short>.' });
  });

  it('takes several lines where several stand', () => {
    const inputs = inputsOf(
      renderSlackModal(
        form([
          { name: 'a', value: 'x' },
          { name: 'b', value: 'x\ny' },
          { name: 'c', input: 'lines' },
        ]),
        say,
      ),
    );
    expect(inputs.map(({ element }) => element.multiline)).toEqual([false, true, true]);
  });
});

describe('a choice', () => {
  const options = (count: number, label = 'Site') =>
    Array.from({ length: count }, (_, at) => ({ value: `s${at}`, label: `${label} ${at}` }));

  it('is a menu with what was chosen', () => {
    const view = renderSlackModal(form([{ input: 'choice', options: options(100), value: 's7' }]), say);
    expect(inputsOf(view)[0]?.element).toMatchObject({ type: 'static_select', initial_option: { value: 's7' } });
    expect(readSlackModal(sent(view, { why: 's9' }))?.values).toEqual({ why: 's9' });
  });

  it("is typed where Slack's menus do not hold it, and its hint names some", () => {
    for (const many of [options(101), options(2, 'x'.repeat(80))]) {
      const view = renderSlackModal(form([{ input: 'choice', options: many, value: 's1' }]), say);
      const [input] = inputsOf(view);
      expect(input?.element).toMatchObject({ type: 'plain_text_input', initial_value: many[1]?.label });
      expect(input?.hint?.text).toContain('These will do, too: ');
      expect(checkSlackView(view)).toEqual([]);
    }
  });
});

describe('what comes back from a modal', () => {
  it('is the page with what stands in its fields', () => {
    const walk = talk();
    const view = renderSlackModal(walk.form, say, 'C1/123.4');
    const { draft, page, seen } = walk.form;
    expect(readSlackModal(sent(view, { site: 'site-b', title: null }))).toEqual({
      draft,
      page,
      seen,
      origin: 'C1/123.4',
      values: { site: 'site-b', flows: 'DIR-6', title: '' },
    });
  });

  it('changes nothing in a dialog when nothing was touched', () => {
    const walk = talk().next({ site: 'site-a' }).next(why);
    const before = walk.state.answers;
    const back = readSlackModal(sent(renderSlackModal(walk.form, say)));
    walk.press({ kind: 'keep' }, back?.values ?? {});
    expect(walk.state.answers).toEqual(before);
  });

  it('leaves out a field whose text is too long to stand there, until something is typed over it', () => {
    const long = '字'.repeat(3001);
    const view = renderSlackModal(form([{ value: long }, { name: 'other' }]), say);
    const [input] = inputsOf(view);
    expect(input).toMatchObject({ optional: true, hint: { text: expect.stringContaining('3001 characters') } });
    expect(input?.element.initial_value).toBeUndefined();
    expect(readSlackModal(sent(view))?.values).toEqual({ other: '' });
    expect(readSlackModal(sent(view, { why: 'short' }))?.values).toEqual({ why: 'short', other: '' });
  });

  it('is, for any form, every field as it stood', () => {
    fc.assert(
      fc.property(anyForm, (any) => {
        const page = readSlackModal(sent(renderSlackModal(any, say)));
        expect(page).toMatchObject({ draft: any.draft, page: any.page, seen: any.seen });
        for (const name of Object.keys(page?.values ?? {})) expect(any.fields.map((one) => one.name)).toContain(name);
      }),
      { numRuns: 30 },
    );
  });

  it('has no values when it was only closed', () => {
    const view = renderSlackModal(form([{ value: 'x' }]), say);
    expect(readSlackModal(view)).toEqual({ draft: 'd1', page: 'why', seen: 's1', origin: null, values: {} });
  });

  it('is nothing where it is none of ours', () => {
    const view = renderSlackModal(form([]), say);
    for (const other of [null, {}, { ...view, private_metadata: '' }, { ...view, private_metadata: '{"draft":1}' }])
      expect(readSlackModal(other)).toBe(null);
  });

  it('is asked for under another name when the page is drawn anew, so that Slack puts no older words back', () => {
    const [before, after] = ['s1', 's2'].map((seen) => inputsOf(renderSlackModal(form([{}], { seen }), say))[0]?.element.action_id);
    expect(before).not.toBe(after);
  });
});

describe("a form's further buttons", () => {
  it('lead where they say', () => {
    const presses = [{ kind: 'back' }, { kind: 'go', page: 'when' }, { kind: 'discard' }] as const;
    const view = renderSlackModal(form([], { buttons: presses.map((press) => ({ label: press.kind, press, style: 'default' })) }), say);
    const buttons = z
      .array(z.object({ elements: z.array(z.object({ action_id: z.string(), value: z.string() })) }))
      .parse(view.blocks.filter(({ type }) => type === 'actions'))
      .flatMap(({ elements }) => elements);
    expect(buttons.map(({ action_id, value }) => readSlackPress(action_id, value))).toEqual(presses);
  });

  it('are told from others', () => {
    for (const [id, value] of [
      ['form.back#0', '{"kind":"discard"}'],
      ['form.go#0', '{"kind":"go"}'],
      ['say#0', '{"action":"say","data":{}}'],
      ['form.back#0', ''],
    ] as const)
      expect(readSlackPress(id, value)).toBe(null);
  });
});
