import { describe, expect, test } from 'vitest';
import { step } from '../../src/dialog/engine.ts';
import { dialogEnv } from '../support/dialog-env.ts';
import { DialogTalk } from '../support/dialog-talk.ts';

const edgeToDirector = { rules: ['DIR-6'], from: ['edge-internal'], to: ['director'] };
const toReview = ['a', 'new pool goes live', 'me', 'any window', 'permanent', 'remove the rule'];

describe('a request walked question by question', () => {
  test('what an answer of the catalogue tells is filled in, and six questions remain', () => {
    const talk = new DialogTalk('request-rule', edgeToDirector);
    const asked = [talk.at];
    for (const text of ['site a', 'new pool goes live', 'UC team', 'any window', 'permanent', 'remove the rule'])
      asked.push(talk.say(text).at);
    expect(asked).toEqual(['site', 'business_need', 'application_owner', 'window', 'expiry', 'backout_plan', 'review']);
    expect(talk.echo('flows')).toBe('192.0.2.10, 192.0.2.11 -> 198.51.100.20, 198.51.100.21 : 5061/tcp');
    expect(talk.echo('title')).toBe('Open Edge (internal interface) → Director at Site A');
  });

  test('the questions are numbered as they will be asked', () => {
    const talk = new DialogTalk('request-rule', edgeToDirector);
    expect(talk.card.summary).toContain('1 of 6 · Where?');
    expect(talk.say('a').card.summary).toContain('2 of 6 · Why is it needed?');
  });

  test('a window in words is said back and taken only after a yes', () => {
    const talk = new DialogTalk('request-rule', edgeToDirector).say('a', 'new pool', 'UC team', 'next friday 22:00 for an hour');
    expect(talk.at).toBe('confirm window');
    expect(talk.card.summary).toBe('Understood: Friday 27 November 2026, 22:00-23:00, Europe/Berlin (inside the window “weekday nights”)');
    expect(talk.say('no').at).toBe('window');
    expect(talk.say('friday 23:00', 'y').at).toBe('expiry');
    expect(talk.echo('window')).toContain('Friday 20 November 2026 23:00 - Saturday 21 November 2026 00:00, Europe/Berlin');
  });

  test('while it waits for a yes, other words are a new answer', () => {
    const talk = new DialogTalk('request-rule', edgeToDirector).say('a', 'new pool', 'UC team', 'next friday 22:00');
    expect(talk.say('next saturday 22:00').at).toBe('confirm window');
    expect(talk.card.summary).toContain('Saturday 28 November 2026');
  });

  test('back goes to the question before, shows the answer that stands, and leaving it returns', () => {
    const talk = new DialogTalk('request-rule', edgeToDirector).say('a', 'new pool', 'UC team', 'back');
    expect(talk.at).toBe('application_owner');
    expect(JSON.stringify(talk.card.elements)).toContain('Now: UC team');
    expect(talk.press('Leave as it is').at).toBe('window');
    expect(talk.say('上一步', 'back', 'back', 'back').at).toBe('site');
    expect(talk.notices).toEqual(['dialog.at-start']);
  });

  test('an earlier answer is corrected by naming it, in either language', () => {
    const talk = new DialogTalk('request-rule', edgeToDirector).say('a', 'new pool', 'UC team');
    expect(talk.say('change why').at).toBe('business_need');
    expect(talk.say('pool B is moved').at).toBe('window');
    expect(talk.echo('business_need')).toBe('pool B is moved');
    expect(talk.say('修改 负责人').at).toBe('application_owner');
  });

  test('a sentence that only begins with "change" is an answer', () => {
    const talk = new DialogTalk('request-rule', edgeToDirector).say('a', 'change the trunk to pool B');
    expect(talk.echo('business_need')).toBe('change the trunk to pool B');
  });

  test('what was filled in follows a corrected answer, until the person gives their own', () => {
    const talk = new DialogTalk('request-rule', edgeToDirector).say(...toReview, 'change flows', '192.0.2.10 -> 198.51.100.99 : 8443/tcp');
    expect(talk.at).toBe('application');
    talk.say('Lync', 'opens one port');
    expect(talk.at).toBe('review');
    expect(talk.echo('title')).toBe('Open 192.0.2.10 → 198.51.100.99 at Site A');
    talk.say('change title', 'My own title', 'change flows', 'DIR-6');
    expect(talk.echo('title')).toBe('My own title');
  });

  test('a control is asked for while a risky service is requested; its answer goes and comes back with the service', () => {
    const talk = new DialogTalk('request-rule').say('other', '192.0.2.10 -> 198.51.100.20 : 23/tcp', 'console', 'Console', 'me', 'telnet');
    expect(talk.at).toBe('compensating_control');
    talk.say('jump host only', 'any window', 'permanent', 'remove it');
    expect(talk.at).toBe('review');
    talk.say('change flows', '192.0.2.10 -> 198.51.100.20 : 22/tcp');
    expect(talk.at).toBe('review');
    const done = step(talk.definition, talk.state, { kind: 'submit', seen: null }, talk.handlers, talk.env);
    expect(done.kind === 'complete' && 'compensating_control' in done.values).toBe(false);
    talk.say('change flows', '192.0.2.10 -> 198.51.100.20 : 23/tcp');
    expect(talk.echo('compensating_control')).toBe('jump host only');
  });

  test('cancel discards, keep puts aside, submit before the end is told what is open', () => {
    expect(new DialogTalk('request-rule').say('cancel').at).toBe('cancelled');
    expect(new DialogTalk('request-rule').say('保存草稿').at).toBe('kept');
    const early = new DialogTalk('request-rule').say('submit');
    expect([early.at, ...early.notices]).toEqual(['site', 'dialog.not-yet']);
  });

  test('what may be left out is skipped, what may not says so', () => {
    const talk = new DialogTalk('request-rule', edgeToDirector).say('a', 'skip');
    expect([talk.at, talk.problem]).toEqual(['business_need', 'dialog.needed']);
    talk.say(...toReview.slice(1), 'change ticket', 'CHG-42');
    expect(talk.echo('ticket')).toBe('CHG-42');
    expect(talk.say('change ticket', 'none').state.answers['ticket']?.value).toBeNull();
    expect(talk.say('change security impact', 'none').state.answers['security_impact']?.value).toBe('none');
  });
});

describe('what cannot be used', () => {
  test('is answered at once, with suggestions as buttons, and stays written down', () => {
    const talk = new DialogTalk('request-rule').say('other', '10.1.2.7/24 -> 198.51.100.20 : 5061/tcp');
    expect(talk.problem).toBe('field-error.host-bits');
    expect(talk.buttons.slice(0, 2)).toEqual(['10.1.2.0/24', '10.1.2.7/32']);
    expect(talk.state.at).toMatchObject({ attempt: { raw: '10.1.2.7/24 -> 198.51.100.20 : 5061/tcp' } });
    expect(talk.again().buttons).toContain('10.1.2.0/24');
    expect(talk.press('10.1.2.7/32').echo('flows')).toBe('10.1.2.7 -> 198.51.100.20 : 5061/tcp');
  });

  test('its buttons still work once the draft has been stored', () => {
    const talk = new DialogTalk('request-rule').say('other', '10.1.2.7/24 -> 198.51.100.20 : 5061/tcp');
    expect(talk.press('10.1.2.0/24').echo('flows')).toBe('10.1.2.0/24 -> 198.51.100.20 : 5061/tcp');
  });

  test('a suggestion may be typed, too', () => {
    const talk = new DialogTalk('request-rule').say('other', '10.1.2.7/24 -> 198.51.100.20 : 5061/tcp', '10.1.2.0/24');
    expect(talk.echo('flows')).toBe('10.1.2.0/24 -> 198.51.100.20 : 5061/tcp');
  });

  test('ten thousand characters are refused and can be copied back', () => {
    const long = 'x'.repeat(10_000);
    const talk = new DialogTalk('request-rule', edgeToDirector).say('a', long);
    expect(talk.problem).toBe('field-error.too-long-now');
    expect(talk.card.actions).toContainEqual(expect.objectContaining({ kind: 'copy', text: long }));
    expect(JSON.stringify(talk.card.elements).length).toBeLessThan(1000);
  });

  test('characters nobody sees are taken out, and that is said', () => {
    const talk = new DialogTalk('request-rule', edgeToDirector).say('a', 'new\u202e pool\u200b goes\u0007 live\ud800');
    expect(talk.echo('business_need')).toBe('new pool goes live');
    expect(talk.notices).toContain('dialog.cleaned');
  });
});

describe('cards of before', () => {
  test('a choice on an earlier card corrects that answer', () => {
    const talk = new DialogTalk('request-rule', edgeToDirector);
    const where = talk.card;
    talk.say('a', 'new pool').press('Other addresses', where);
    expect(talk.at).toBe('flows');
    expect(talk.notices).toContain('dialog.corrected');
  });

  test('the same choice again changes nothing', () => {
    const talk = new DialogTalk('request-rule', edgeToDirector);
    const where = talk.card;
    talk.press('Site A', where);
    expect(talk.press('Site A', where).at).toBe('business_need');
    expect(talk.notices).toEqual([]);
  });

  test.each(['Yes', 'Change'])('%s on a window that was answered since says so', (button) => {
    const talk = new DialogTalk('request-rule', edgeToDirector).say('a', 'new pool', 'me', 'next friday 22:00');
    const old = talk.card;
    talk.say('yes').press(button, old);
    expect([talk.at, ...talk.notices]).toEqual(['expiry', 'dialog.stale-card']);
  });

  test('a suggestion of an earlier attempt is not taken for another one', () => {
    const talk = new DialogTalk('request-rule').say('other', '10.1.2.7/24 -> 198.51.100.20 : 5061/tcp');
    const old = talk.card;
    talk.say('10.9.9.9/16 -> 198.51.100.20 : 443/tcp').press('10.1.2.7/32', old);
    expect([talk.at, ...talk.notices]).toEqual(['flows', 'dialog.stale-card']);
  });

  test('submit on a last card that was changed since shows the new one first', () => {
    const talk = new DialogTalk('request-rule', edgeToDirector).say(...toReview);
    const old = talk.card;
    talk.say('change title', 'Another title').press('Submit', old);
    expect([talk.at, ...talk.notices]).toEqual(['review', 'dialog.stale-card']);
    expect(talk.press('Submit').at).toBe('complete');
  });
});

describe('time goes by', () => {
  test('a draft taken up after its window has passed asks for another one', () => {
    const talk = new DialogTalk('request-rule', edgeToDirector).say(...toReview, 'change when', 'friday 22:00', 'yes');
    expect(talk.at).toBe('review');
    talk.again(dialogEnv('en', 'Europe/Berlin', new Date('2026-12-01T09:00:00Z')));
    expect([talk.at, talk.problem]).toEqual(['window', 'field-error.window-passed']);
  });

  test('a revised dialog keeps the answers that still fit, asks the rest, and says so', () => {
    const talk = new DialogTalk('request-rule', edgeToDirector).say('a', 'new pool', 'UC team');
    const pages = talk.definition.pages.map((page) => ({
      ...page,
      steps: page.steps
        .filter((one) => one.field !== 'application_owner')
        .map((one) => (one.field === 'ticket' ? { ...one, optional: false, prefill: undefined } : one)),
    }));
    const revised = { ...talk.definition, hash: 'another', pages: JSON.parse(JSON.stringify(pages)) };
    talk.again(talk.env, revised);
    expect(talk.notices).toEqual(['dialog.migrated']);
    expect(talk.state.answers['application_owner']).toBeUndefined();
    expect(talk.echo('business_need')).toBe('new pool');
    expect(talk.at).toBe('window');
  });
});

describe('telling an answer from a question in between', () => {
  const talk = new DialogTalk('request-rule', edgeToDirector);
  const question = 'what does 50001 do?';

  test('a choice or a date takes what it understands and nothing else', () => {
    expect([talk.takes('a'), talk.takes('Site A'), talk.takes(question)]).toEqual(['answer', 'answer', 'none']);
    talk.say('a', 'new pool', 'me');
    expect([talk.takes('tomorrow 22:00'), talk.takes(question)]).toEqual(['answer', 'none']);
  });

  test('an answer that fails on a detail is still an answer, and a question about ports is not', () => {
    const flows = new DialogTalk('request-rule').say('other');
    for (const text of ['10.1.2.7/24 -> 198.51.100.20 : 5061/tcp', '192.0.2.1 to 192.0.2.2 70000/tcp', 'Edge → Director']) {
      expect(flows.takes(text)).toBe('attempt');
    }
    for (const text of [
      'which ports from edge to director?',
      'is 5061/tcp allowed from director to edge',
      '从边缘服务器到控制器需要开哪些端口?',
    ]) {
      expect(flows.takes(text)).toBe('none');
    }
    expect(talk.takes('last friday 22:00')).toBe('attempt');
    expect(talk.takes('is port 70000 ok?')).toBe('none');
  });

  test('where any sentence would do it says so, and its own words are known', () => {
    talk.say('change why');
    expect([talk.takes(question), talk.takes('back'), talk.takes('修改 时间')]).toEqual(['free-text', 'command', 'command']);
  });
});
