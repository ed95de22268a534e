import { describe, expect, test } from 'vitest';
import { dialogClick } from '../../src/dialog/prompt-card.ts';
import { dialogEnv } from '../support/dialog-env.ts';
import { DialogTalk } from '../support/dialog-talk.ts';

const edgeToDirector = { rules: ['DIR-6'], from: ['edge-internal'], to: ['director'] };
const toReview = ['a', 'new pool goes live', 'me', 'any window', 'permanent', 'remove the rule'];

describe('the cards of a dialog', () => {
  test('a question says where one stands, why it is asked, and an example', () => {
    const talk = new DialogTalk('request-rule', edgeToDirector).say('a', 'new pool', 'me');
    expect(talk.card.elements).toEqual([
      {
        kind: 'text',
        spans: [
          { strong: '4 of 6 · When?' },
          ' ',
          'A day and time, or any window.',
          ' ',
          { subtle: 'Example: next Friday 22:00 for an hour' },
        ],
      },
    ]);
    expect(talk.buttons).toEqual(['Any window', 'Back', 'Cancel']);
  });

  test('in Chinese everything is Chinese', () => {
    const talk = new DialogTalk('request-rule', edgeToDirector, dialogEnv('zh-CN', 'Asia/Shanghai'));
    expect(talk.card.summary).toContain('第 1 步（共 6 步）· 在哪里？');
    expect(talk.buttons).toEqual(['站点 A', '站点 B', '其他地址', '取消']);
  });

  test('the last card lists every answer, and the findings under them', () => {
    const talk = new DialogTalk('request-rule', edgeToDirector).say(...toReview);
    const facts = talk.card.elements.find((element) => element.kind === 'facts');
    expect(facts?.kind === 'facts' && facts.facts.map(({ label }) => label)).toEqual([
      'Where?',
      'Which flows?',
      'Title',
      'Why is it needed?',
      'Application',
      'Whose application is it?',
      'Ticket',
      'On behalf of',
      'Urgency',
      'Security impact',
      'When?',
      'Until when?',
      'Test plan',
      'How to back out?',
    ]);
    expect(talk.buttons).toEqual(['Submit', 'Change something', 'Keep as draft', 'Discard']);
  });

  test('"Change something" has a button for each answer', () => {
    const talk = new DialogTalk('request-rule', edgeToDirector).say(...toReview).press('Change something');
    expect(talk.buttons).toContain('Urgency');
    expect(talk.press('Urgency').press('Emergency change').at).toBe('review');
    expect(talk.echo('urgency')).toBe('Emergency change');
  });

  test('every button is read back, and carries the draft', () => {
    const talk = new DialogTalk('request-rule', edgeToDirector).say(...toReview);
    for (const action of talk.card.actions) {
      expect(action.kind === 'button' && dialogClick(action.action, action.data)?.draft).toBe('draft-1');
    }
  });

  test('a click that no dialog card made is nothing', () => {
    expect(dialogClick('dialog.choose', { field: 'site' })).toBeNull();
    expect(dialogClick('dialog.explode', { draft: 'draft-1' })).toBeNull();
    expect(dialogClick('dialog.yes', { draft: 7 })).toBeNull();
  });
});
