import { describe, expect, test } from 'vitest';
import { dialogEnv } from '../support/dialog-env.ts';
import { DialogTalk } from '../support/dialog-talk.ts';
import { FormTalk } from '../support/form-talk.ts';

const edgeToDirector = { rules: ['DIR-6'], from: ['edge-internal'], to: ['director'] };
const request = (seed = {}, env = dialogEnv()) => new FormTalk(new DialogTalk('request-rule', seed, env));
const why = { business_need: 'new pool goes live', application_owner: 'UC team' };
const when = { window: 'next friday 22:00 for an hour', expiry: '6 months' };
const toReview = (form: FormTalk) => form.next({ site: 'site-a' }).next(why).next().next(when).next({ backout_plan: 'remove the rule' });

describe('a request filled in page by page', () => {
  test('asks on each page what belongs together, with what is known already there', () => {
    const form = request(edgeToDirector);
    expect(form.form).toMatchObject({
      title: 'Request a change',
      page: 'where',
      position: { number: 1, of: 6 },
      elements: [{ kind: 'text', spans: [{ strong: 'Where and what' }] }],
      next: 'Next',
      close: 'Close',
    });
    expect(form.form.buttons.map(({ label }) => label)).toEqual(['Keep as draft', 'Discard']);
    expect(form.form.fields.map(({ name, input, optional }) => [name, input, optional])).toEqual([
      ['site', 'choice', false],
      ['flows', 'lines', false],
      ['title', 'text', true],
    ]);
    expect([form.standing['flows'], form.problems]).toEqual(['DIR-6', {}]);
    expect(form.form.fields[2]?.hint).toContain('Left empty, it is filled in');
    expect(form.form.fields[0]?.options.map(({ label }) => label)).toEqual(['Site A', 'Site B', 'Other addresses']);
    form.next({ site: 'site-a' });
    expect(form.at).toBe('why');
    expect(form.standing).toMatchObject({ application: 'Lync Server 2013 (SIP)', ticket: '', urgency: 'normal' });
    expect(form.form.fields.find(({ name }) => name === 'application_owner')?.hint).toContain('These will do, too: Me (');
  });

  test('says on the last page how everything was understood, and leads back to each page', () => {
    const { form } = toReview(request(edgeToDirector));
    expect(form).toMatchObject({ page: 'review', position: { number: 6, of: 6 }, fields: [], next: 'Submit' });
    expect(JSON.stringify(form.elements)).toContain('Friday 27 November 2026, 22:00-23:00, Europe/Berlin (inside the window');
    expect(form.buttons.map(({ label }) => label)).toEqual([
      'Back',
      'Change: Where and what',
      'Change: Why and for whom',
      'Change: Risk',
      'Change: When',
      'Change: Test and backout',
      'Keep as draft',
      'Discard',
    ]);
  });

  test('in Chinese everything is Chinese', () => {
    const form = request(edgeToDirector, dialogEnv('zh-CN', 'Asia/Shanghai'));
    form.next({ site: 'site-a' });
    expect(form.form).toMatchObject({ title: '申请开通', next: '下一步', close: '关闭' });
    expect(form.form.buttons.map(({ label }) => label)).toEqual(['上一步', '存为草稿', '放弃']);
    form.next({ business_need: '新池上线', application_owner: '平台组' }).next().next({ window: '下周五晚上十点', expiry: '6个月' });
    form.next({ backout_plan: '删除规则' });
    expect(form.form.buttons.map(({ label }) => label)).toContain('修改：时间');
    expect(form.next().at).toBe('complete');
  });

  test('is sent from the last page only', () => {
    const form = toReview(request(edgeToDirector)).next();
    expect(form.turn.kind === 'complete' && form.turn.values).toMatchObject({ site: 'site-a', ...why, ticket: null, urgency: 'normal' });
  });

  test('what was filled in follows a corrected answer on the same page', () => {
    const form = toReview(request(edgeToDirector)).press({ kind: 'go', page: 'where' });
    const atSiteA = form.standing['flows'];
    expect(form.next({ site: 'site-b' }).press({ kind: 'back' }).standing['flows']).not.toBe(atSiteA);
    form.next({ flows: '192.0.2.10 -> 198.51.100.20 : 8443/tcp' }).press({ kind: 'back' });
    expect(form.next({ site: 'site-a' }).press({ kind: 'back' }).standing['flows']).toBe('192.0.2.10 -> 198.51.100.20 : 8443/tcp');
  });

  test('each hint is sentences, the example last; what was picked reads as its button did, and stays what it is', () => {
    const form = request(edgeToDirector).next({ site: 'site-a' });
    const hintOf = (name: string) => form.form.fields.find((field) => field.name === name)?.hint;
    expect(hintOf('application_owner')).toMatch(/moved on\. These will do, too: Me \(.+\)\. Example: UC platform team$/);
    form.next(why).next().next({ window: 'any window', expiry: 'six-months' }).press({ kind: 'back' });
    expect(form.standing).toMatchObject({ window: 'Any window', expiry: '6 months' });
    form.next({ window: 'any  window' }).press({ kind: 'back' });
    expect([form.state.answers['window']?.raw, form.state.answers['expiry']?.raw]).toEqual(['any-window', 'six-months']);
  });

  test('“me” is the person’s name, whoever reads it later', () => {
    const form = request(edgeToDirector)
      .next({ site: 'site-a' })
      .next({ ...why, application_owner: 'me' });
    expect(form.state.answers['application_owner']?.echo).toBe('Erin Vogt');
    const asked = new DialogTalk('request-rule', edgeToDirector, dialogEnv('zh-CN', 'Asia/Shanghai')).say('站点 A', '新池上线', '我本人');
    expect(asked.state.answers['application_owner']?.echo).toBe('Erin Vogt');
  });

  test('a decision’s words are one page without a last one', () => {
    const form = new FormTalk(new DialogTalk('decide'));
    expect(form.form).toMatchObject({ page: 'reason', position: { number: 1, of: 1 }, elements: [], next: 'Submit' });
    expect(form.next({ reason: '' }).problems).toEqual({ reason: 'This one can’t be left out.' });
    expect(form.next({ reason: 'fine by me' }).turn).toMatchObject({ kind: 'complete', values: { reason: 'fine by me' } });
  });
});

describe('what can’t be used', () => {
  test('is said at its field with the words to write, and stays there; the rest is taken', () => {
    const form = request().next({ site: 'other', flows: '10.1.2.7/24 -> 198.51.100.20 : 5061/tcp', title: 'My title' });
    expect(form.at).toBe('where');
    expect(form.problems['flows']).toContain('Did you mean 10.1.2.0/24 (the whole network)');
    expect(form.problems['flows']).toContain('Write just one of these, or correct it: 10.1.2.0/24 · 10.1.2.7/32');
    expect(form.standing).toEqual({ site: 'other', flows: '10.1.2.7/24 -> 198.51.100.20 : 5061/tcp', title: 'My title' });
    expect(form.next().at).toBe('where');
    expect(form.next({ flows: '10.1.2.7/32' }).at).toBe('why');
    expect(form.state.answers['flows']?.echo).toBe('10.1.2.7 -> 198.51.100.20 : 5061/tcp');
  });

  test('is left out or set right by another answer on the page', () => {
    const form = request().next({ site: 'other', flows: 'Edge -> Director : 5061/tcp' });
    expect(form.problems['flows']).toContain('has addresses at a site only');
    expect(form.next({ site: 'site-a' }).at).toBe('why');
    expect(form.next({ ...why, ticket: 'no ticket at all' }).problems['ticket']).toContain('does not look like a ticket');
    expect(form.next({ application: 'Lync', ticket: '' }).at).toBe('risk');
  });

  test('whole lines are taken as they stand: a line taken out is gone', () => {
    const form = request().next({ site: 'other', flows: '192.0.2.1 -> 192.0.2.2 : 1/tcp\n192.0.2.3 -> 192.0.2.4 : 0/tcp' });
    form.next({ flows: '192.0.2.5 -> 192.0.2.6 : 2/tcp' });
    expect(form.state.answers['flows']?.echo).toBe('192.0.2.5 -> 192.0.2.6 : 2/tcp');
  });

  test('what can’t be left out says so; what stood there is put back', () => {
    const form = request(edgeToDirector).next();
    expect(Object.keys(form.problems)).toEqual(['site']);
    form.next({ site: 'site-a' }).press({ kind: 'back' }).next({ title: '' });
    expect(form.problems).toEqual({ title: 'This one can’t be left out.' });
    expect(form.standing['title']).toContain('Director at Site A');
  });

  test('of a choice only what can be picked is taken', () => {
    const form = request(edgeToDirector).next({ site: 'atlantis' });
    expect(form.problems['site']).toContain('Please pick one of');
    expect(form.standing['site']).toBe('');
  });

  test('asked question by question later, it stands there too, and an answer ends it', () => {
    const form = request(edgeToDirector)
      .next({ site: 'site-a' })
      .next({ ...why, ticket: '%%%' });
    const talk = new DialogTalk('request-rule', edgeToDirector);
    talk.turn = talk.againFrom(form.state);
    expect([talk.at, talk.problem]).toEqual(['ticket', 'field-error.ticket']);
    expect(JSON.stringify(talk.card.elements)).toContain('You wrote: %%%');
    talk.say('change why', 'change ticket');
    expect([talk.at, talk.problem]).toEqual(['ticket', 'field-error.ticket']);
    talk.say('change why', 'another reason');
    expect([talk.at, talk.problem]).toEqual(['ticket', 'field-error.ticket']);
    expect(talk.say('CHG-42').at).toBe('window');
  });

  test('typed question by question, it stands in the form', () => {
    const talk = new DialogTalk('request-rule').say('other', '10.1.2.7/24 -> 198.51.100.20 : 5061/tcp', 'change where', 'site a');
    const form = new FormTalk(talk, null);
    expect(form.standing['flows']).toBe('10.1.2.7/24 -> 198.51.100.20 : 5061/tcp');
    expect(form.problems['flows']).toContain('host bits');
  });

  test('invisible characters are taken out, and that is said', () => {
    const form = request(edgeToDirector)
      .next({ site: 'site-a' })
      .next({ ...why, business_need: 'new\u202e pool\u200b' });
    expect([form.at, ...form.notices]).toEqual(['risk', 'dialog.cleaned']);
    expect(form.state.answers['business_need']?.raw).toBe('new pool');
  });

  test('what is too long for a field stays as it is until it is written anew', () => {
    const lines = Array.from({ length: 80 }, (_, n) => `192.0.2.${n + 1} -> 198.51.100.20 : ${5000 + n}-${6000 + n}/tcp`).join('\n');
    const form = request({ lines }).next({ site: 'other', title: 'Many' }).press({ kind: 'back' });
    expect(form.form.fields.find(({ name }) => name === 'flows')).toMatchObject({ value: '', optional: true });
    form.next();
    expect(form.state.answers['flows']?.raw).toBe(lines);
  });
});

describe('a form that was put away', () => {
  test('keeps all that was typed, right or wrong, without a word about it', () => {
    const form = request(edgeToDirector).next({ site: 'site-a' });
    form.press({ kind: 'keep' }, { business_need: 'new pool', ticket: '%%%' });
    expect(form.at).toBe('kept');
    const again = new FormTalk(Object.assign(new DialogTalk('request-rule'), { turn: form.turn }), null);
    expect(again.at).toBe('why');
    expect(again.standing).toMatchObject({ business_need: 'new pool', ticket: '%%%' });
  });

  test('is discarded when that is wished', () => {
    expect(request().press({ kind: 'discard' }).at).toBe('cancelled');
  });

  test('taken up question by question it goes on at the first question left', () => {
    const form = request(edgeToDirector).next({ site: 'site-a' }).next(why);
    expect(form.meanwhile().state.at).toMatchObject({ kind: 'field', field: 'window' });
  });

  test('an answer that waits for a yes in the conversation stands in the form, and needs none there', () => {
    const talk = new DialogTalk('request-rule', edgeToDirector).say('a', 'new pool', 'me', 'next friday 22:00');
    expect(talk.at).toBe('confirm window');
    const form = new FormTalk(talk, null);
    expect([form.at, form.standing['window']]).toEqual(['when', 'next friday 22:00']);
    expect(form.next({ expiry: 'Permanent' }).at).toBe('safety');
  });
});

describe('a page drawn before something changed', () => {
  test('sent twice leads to the same page and changes nothing', () => {
    const form = request(edgeToDirector);
    const first = form.form;
    const once = form.next({ site: 'site-a' }, first);
    const { state } = once;
    expect(once.next({ site: 'site-a' }, first).at).toBe('why');
    expect([once.state, once.notices]).toEqual([state, []]);
  });

  test('takes what was typed, leaves what was not touched, and is drawn anew', () => {
    const form = request(edgeToDirector).next({ site: 'site-a' });
    const old = form.form;
    form.meanwhile('new pool', 'UC team');
    form.next({ business_need: '', ticket: 'CHG-42' }, old);
    expect([form.at, ...form.notices]).toEqual(['why', 'dialog.moved']);
    expect(form.standing).toMatchObject({ business_need: 'new pool', application_owner: 'UC team', ticket: 'CHG-42' });
  });

  test('is never what is sent: the last page is shown as it is now', () => {
    const form = toReview(request(edgeToDirector));
    const old = form.form;
    form.press({ kind: 'go', page: 'why' }).next({ ticket: 'CHG-42' });
    expect([form.next({}, old).at, ...form.notices]).toEqual(['review', 'dialog.moved']);
    expect(form.next().turn).toMatchObject({ kind: 'complete', values: { ticket: 'CHG-42' } });
  });

  test('typed for a question that is no longer asked, it is kept for when it is', () => {
    const form = request().next({ site: 'other', flows: '192.0.2.10 -> 198.51.100.20 : 23/tcp', title: 'Console' });
    form.next({ ...why, application: 'Console' });
    const risky = form.form;
    form.press({ kind: 'back' }).press({ kind: 'back' }).next({ flows: '192.0.2.10 -> 198.51.100.20 : 22/tcp' });
    form.press({ kind: 'back' }, { security_impact: 'shell', compensating_control: 'jump host' }, risky);
    form.press({ kind: 'go', page: 'where' }).next({ flows: '192.0.2.10 -> 198.51.100.20 : 23/tcp' });
    form.press({ kind: 'go', page: 'risk' });
    expect(form.standing).toMatchObject({ security_impact: 'shell', compensating_control: 'jump host' });
  });

  test('a window that has passed meanwhile is asked again instead of being sent', () => {
    const talk = new DialogTalk('request-rule', edgeToDirector);
    const form = toReview(new FormTalk(talk));
    talk.env = dialogEnv('en', 'Europe/Berlin', new Date('2026-12-01T09:00:00Z'));
    expect(form.next().at).toBe('when');
    expect(form.problems['window']).toContain('has come meanwhile');
    expect(form.next().at).toBe('when');
  });
});
