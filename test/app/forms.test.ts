import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TurnReply } from '../../src/app/ports.ts';
import type { Activity, Conversation } from '../../src/chat/activity.ts';
import type { ActionData, Card } from '../../src/chat/card.ts';
import type { Form, FormPress } from '../../src/chat/form.ts';
import { startProgram, type TestProgram } from '../support/program.ts';
import { cardText, Recorder } from '../support/recorder.ts';

const approvals: Conversation = { platform: 'web', id: 'approvals', kind: 'channel', thread: null };
const channel: Conversation = { platform: 'web', id: 'network', kind: 'channel', thread: 'm1' };

/** A platform with forms, where a dialog begun in a channel goes on in the direct conversation. */
class FormRecorder extends Recorder {
  override readonly capabilities = { approvals, dialogs: 'direct', forms: true, home: false } as const;
}

let started: TestProgram;
let recorder: FormRecorder;
let acts = 0;

beforeEach(async () => {
  started = await startProgram();
  recorder = new FormRecorder();
  started.program.attach(recorder);
});
afterEach(() => started.close());

/** Somebody before a form; `reply` is what they were answered last. */
class Person {
  reply: TurnReply = { cards: [], private: true };
  private readonly who: string;

  constructor(who: string) {
    this.who = who;
  }

  get direct(): Conversation {
    return recorder.direct(this.who);
  }

  get form(): Form {
    if (this.reply.form === undefined) throw new Error(`no form, but ${this.said()}`);
    return this.reply.form;
  }

  said(): string {
    return [...this.reply.cards, ...(this.reply.direct ?? [])].map(cardText).join('\n');
  }

  field(name: string): Form['fields'][number] {
    const field = this.form.fields.find((one) => one.name === name);
    if (field === undefined) throw new Error(`no field ${name} on ${this.form.page}`);
    return field;
  }

  act(
    more: { conversation?: Conversation; surface?: Activity['surface'] } = {},
  ): Pick<Activity, 'id' | 'conversation' | 'sender' | 'surface'> {
    acts += 1;
    const sender = { platform: 'web', tenant: null, id: this.who, name: this.who, standing: 'member' } as const;
    return { id: `${this.who}-${acts}`, conversation: this.direct, sender, surface: 'chat', ...more };
  }

  async take(activity: Activity): Promise<this> {
    this.reply = await started.program.handleTurn(activity);
    await started.program.deliver();
    return this;
  }

  say(text: string, conversation = this.direct): Promise<this> {
    return this.take({ ...this.act({ conversation }), kind: 'message', text, heard: 'addressed' });
  }

  click(action: string, data: ActionData, where: Parameters<Person['act']>[0] = { conversation: channel, surface: 'form' }): Promise<this> {
    return this.take({ ...this.act(where), kind: 'click', action, data, message: 'm' });
  }

  button(label: string): { action: string; data: ActionData } {
    const cards: readonly Card[] = [...this.reply.cards, ...(this.reply.direct ?? [])];
    const found = cards.flatMap(({ actions }) => actions).findLast((action) => action.label === label);
    if (found?.kind !== 'button') throw new Error(`no button ${label} in ${this.said()}`);
    return found;
  }

  submission(press: FormPress, typed: Readonly<Record<string, string>> = {}, form = this.form): Activity {
    const { draft, page, seen } = form;
    const values = { ...Object.fromEntries(form.fields.map(({ name, value }) => [name, value])), ...typed };
    return { ...this.act({ conversation: channel, surface: 'form' }), kind: 'form', submission: { draft, page, seen, press, values } };
  }

  next(typed: Readonly<Record<string, string>> = {}): Promise<this> {
    return this.take(this.submission({ kind: 'next' }, typed));
  }

  press(press: FormPress, typed: Readonly<Record<string, string>> = {}): Promise<this> {
    return this.take(this.submission(press, typed));
  }
}

const edgeToDirector = { rules: ['DIR-6'], from: ['edge-internal'], to: ['director'] };
const asked = (who: string) => new Person(who).click('request', edgeToDirector);
const answers = {
  en: {
    why: { business_need: 'The new pool goes live.', application_owner: 'UC platform team' },
    when: { window: 'any window', expiry: '6 months' },
    safety: { backout_plan: 'Remove the rule.' },
  },
  'zh-CN': {
    why: { business_need: '新的控制器池上线。', application_owner: '统一通信平台组' },
    when: { window: '任意窗口', expiry: '6个月' },
    safety: { backout_plan: '删除该规则。' },
  },
};

async function toReview(person: Person, { why, when, safety } = answers.en): Promise<Person> {
  for (const page of [{ site: 'site-a' }, why, {}, when, safety]) await person.next(page);
  return person;
}

describe('a request filled in as a form', () => {
  it.each([
    { who: 'engineer', locale: 'en', title: 'Request a change', submit: 'Submit', done: 'FCR-1 is submitted' },
    { who: 'admin', locale: 'zh-CN', title: '申请开通', submit: '提交', done: 'FCR-1 已提交' },
  ] as const)('goes from page to page to the last one, and is submitted ($locale)', async ({ who, locale, title, submit, done }) => {
    const person = await asked(who);
    expect(person.reply).toMatchObject({
      cards: [],
      private: true,
      form: { locale, title, page: 'where', position: { number: 1, of: 6 } },
    });
    await toReview(person, answers[locale]);
    expect(person.form).toMatchObject({ page: 'review', next: submit, fields: [] });
    expect(cardText({ locale, title: null, elements: person.form.elements, actions: [], summary: '' })).toContain('DIR-6');
    await person.next();
    expect(person.reply.form).toBeUndefined();
    expect(person.said()).toContain(done);
    const [request] = await started.store.requests();
    expect(request?.content).toMatchObject({ site: 'site-a', business_need: answers[locale].why.business_need, requester: who });
    expect(request && (await started.store.drafts(request.content.requester))).toEqual([]);
  });

  it('says at the field what can’t be used, and keeps the rest', async () => {
    const person = await new Person('engineer').click('request', {});
    await person.next({ site: 'other', flows: '10.1.2.7/24 -> 198.51.100.20 : 5061/tcp', title: 'A monitor' });
    expect(person.form.page).toBe('where');
    expect(person.field('flows')).toMatchObject({ value: '10.1.2.7/24 -> 198.51.100.20 : 5061/tcp' });
    expect(person.field('flows').problem).toContain('10.1.2.0/24 · 10.1.2.7/32');
    expect(person.field('title')).toMatchObject({ value: 'A monitor', problem: null });
    await person.next({ flows: '10.1.2.7/32' });
    expect(person.form.page).toBe('why');
  });

  it('shows many flows as a table, and how many more there are', async () => {
    const flows = Array.from({ length: 20 }, (_, n) => `192.0.2.${n + 1} -> 198.51.100.20 : 8443/tcp`).join('\n');
    const person = await new Person('engineer').click('request', {});
    await person.next({ site: 'other', flows, title: 'Many' });
    await person.next({ ...answers.en.why, application: 'Many' });
    await person.next({ security_impact: 'twenty hosts' });
    await person.next(answers.en.when);
    await person.next(answers.en.safety);
    expect(person.form.elements).toContainEqual(expect.objectContaining({ kind: 'table' }));
    expect(JSON.stringify(person.form.elements)).toContain('12 of 20');
  });

  it('says above the first page how a sentence was understood', async () => {
    const person = new Person('engineer');
    await person.take({
      ...person.act({ conversation: channel, surface: 'form' }),
      kind: 'message',
      text: 'open 5061/tcp from 192.0.2.10 to 198.51.100.20 because the pool moves',
      heard: 'addressed',
    });
    expect(person.form.page).toBe('where');
    expect(JSON.stringify(person.form.elements[0])).toContain('You wrote: open 5061/tcp');
    expect(person.field('flows').value).toContain('192.0.2.10');
  });
});

describe('a form that was closed', () => {
  it('is taken up by typing in the direct conversation, and there by a form again', async () => {
    const person = await asked('engineer');
    await person.next({ site: 'site-a' });
    await person.say('The new pool goes live.');
    expect(person.said()).toContain('Whose application is it?');
    const { action, data } = person.button('Fill in a form');
    await person.click(action, data, { surface: 'form' });
    expect(person.form.page).toBe('why');
    expect(person.field('business_need').value).toBe('The new pool goes live.');
    await person.next({ application_owner: 'UC platform team' });
    expect(person.form.page).toBe('risk');
  });

  it('and kept, it says so, and comes back with all that was typed', async () => {
    const person = await asked('engineer');
    await person.next({ site: 'site-a' });
    await person.press({ kind: 'keep' }, { business_need: 'The pool.', ticket: '%%%' });
    expect(person.reply.form).toBeUndefined();
    expect(person.said()).toContain('Kept as a draft.');
    const { action, data } = person.button('Take it up again');
    await person.click(action, data);
    expect(person.field('business_need').value).toBe('The pool.');
    expect(person.field('ticket')).toMatchObject({ value: '%%%', problem: expect.stringContaining('ticket') });
    await person.click(action, data, { surface: 'chat' });
    expect(person.said()).toContain('Whose application is it?');
  });

  it('and discarded, it is gone for good', async () => {
    const person = await asked('engineer');
    const first = person.form;
    await person.press({ kind: 'discard' });
    expect(person.said()).toContain('Discarded.');
    await person.take(person.submission({ kind: 'next' }, { site: 'site-a' }, first));
    expect(person.said()).toContain('finished or discarded');
  });
});

describe('a page sent more than once', () => {
  it('is submitted once: by the same click, by another one, and by one sent at the same time', async () => {
    const person = await toReview(await asked('engineer'));
    const submit = person.submission({ kind: 'next' });
    const again = { ...submit, id: `${submit.id}-again` };
    const replies = await Promise.all([submit, submit, again].map((activity) => started.program.handleTurn(activity)));
    expect(replies.map(({ cards }) => cards.map(cardText).join(''))).toEqual(Array(3).fill(expect.stringContaining('FCR-1 is submitted')));
    expect(await started.store.requests()).toHaveLength(1);
  });

  it('with other words, loses neither', async () => {
    const person = await asked('engineer');
    const first = person.submission({ kind: 'next' }, { site: 'site-a' });
    const second = person.submission({ kind: 'next' }, { title: 'A title of my own' });
    await Promise.all([first, second].map((activity) => started.program.handleTurn(activity)));
    await person.take(person.submission({ kind: 'back' }, {}));
    expect(person.field('title').value).toBe('A title of my own');
    expect(person.field('site').value).toBe('site-a');
  });

  it('by somebody else, says nothing of the draft', async () => {
    const person = await asked('engineer');
    const approver = new Person('approver');
    await approver.take(approver.submission({ kind: 'next' }, { site: 'site-a' }, person.form));
    expect(approver.said()).toContain('finished or discarded');
    expect(approver.reply.form).toBeUndefined();
  });
});

describe('a decision’s words', () => {
  it('are asked for in a form that says what they are for', async () => {
    const person = await toReview(await asked('engineer'));
    await person.next();
    const approver = new Person('approver');
    await approver.click('request.reject', { request: 'FCR-1', version: 1 });
    expect(approver.form).toMatchObject({ page: 'reason', position: { number: 1, of: 1 } });
    expect(JSON.stringify(approver.form.elements)).toContain('FCR-1');
    await approver.next({ reason: 'not this week' });
    expect(approver.said()).toContain('rejected FCR-1');
    expect((await started.store.requests())[0]?.remarks[0]?.text).toBe('not this week');
  });
});

describe('a dialog begun by typing in a channel', () => {
  it.each([
    { who: 'engineer', text: 'new request', here: 'I have asked you in our direct conversation.', there: 'Where?' },
    { who: 'admin', text: '新建申请', here: '我已经在与您的私聊中提问了。', there: '在哪里？' },
  ])('goes on in the direct conversation of $who', async ({ who, text, here, there }) => {
    const person = new Person(who);
    await person.say(text, channel);
    expect(person.reply.private).toBe(true);
    expect(person.reply.cards.map(cardText).join('')).toContain(here);
    expect(recorder.in(`direct:${who}`).map(cardText).join('')).toContain(there);
    await person.say('a');
    expect(person.said()).toContain(who === 'admin' ? '第 ' : ' of ');
  });
});
