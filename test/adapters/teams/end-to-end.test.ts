import { afterEach, beforeEach, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/locale.ts';
import { startTeams, type TestTeams } from '../../support/teams.ts';
import { buttonsOf, choice, inputsOf, textOf } from '../../support/teams-card.ts';
import type { PostedMessage } from '../../support/teams-connector.ts';
import { type Answer, answerOf, type Person, type Where } from '../../support/teams-person.ts';

const approvals = { kind: 'channel', id: '19:approvals@thread.tacv2' } as const satisfies Where;

let teams: TestTeams;
beforeEach(async () => {
  teams = await startTeams();
  teams.connector.addChannel(approvals.id);
});
afterEach(async () => {
  expect(teams.faults).toEqual([]);
  expect(teams.connector.breaches).toEqual([]);
  await teams.close();
});

const titles = (content: JsonObject | null): readonly string[] => buttonsOf(content ?? {}).map(({ title }) => title);
const says = (text: string) => (message: PostedMessage) => textOf(message.content).includes(text);

async function bindApprovals(text = '<at>portclerk</at> approvals here'): Promise<void> {
  await teams.deliver(teams.who('admin').message(text, approvals));
  await teams.posted(approvals.id, () => true);
}

/** Everything a request needs, typed in a personal chat; the card to be submitted is the latest one then. */
async function typed(person: Person): Promise<void> {
  for (const text of [
    'open 5061/tcp from edge to director in site B until Friday, for the new pool',
    'UC team',
    'any window',
    'remove the rule',
  ]) {
    await person.says(text);
  }
  await teams.posted(person.personal, says('Nothing has been sent yet'));
}

async function submitted(person: Person): Promise<PostedMessage> {
  await typed(person);
  await person.presses(person.latest(), 'Submit');
  await teams.posted(person.personal, says('FCR-1 is submitted'));
  return teams.posted(approvals.id, says('FCR-1 · Open Edge'));
}

const after = ({ card }: Answer, on: PostedMessage) => ({ id: on.id, content: card ?? {} });

test('asked in a channel, requested question by question, approved in the approvals channel: every copy shows it', async () => {
  const [engineer, approver, admin] = [teams.who('engineer'), teams.who('approver'), teams.who('admin')];
  await bindApprovals();
  const team = { kind: 'channel', id: '19:team@thread.tacv2' } as const;
  teams.connector.addChannel(team.id);
  const [answer] = await engineer.says('<at>portclerk</at> which ports from Edge to Director?', team);
  expect(textOf(answer?.content ?? {})).toContain('TCP 5061');
  expect(answer?.root).not.toBeNull();
  // In the thread nobody has to mention it again.
  const [followUp] = await engineer.says('what about front end?', { ...team, thread: answer?.root ?? '' });
  expect(textOf(followUp?.content ?? {})).toContain('Front End');
  expect(followUp?.root).toBe(answer?.root);

  const base = await submitted(engineer);
  // For everyone there it has no buttons to decide with; for those who may, their clients fetch a view of their own.
  expect(titles(base.content)).toEqual(['Details']);
  const view = await approver.views(base, approvals);
  expect(titles(view.card)).toEqual(['Approve', 'Reject', 'Send back', 'Ask', 'Details']);
  const done = await approver.presses(after(view, base), 'Approve', { reason: 'fine by me' }, approvals);
  expect(done.line).toContain('Approved by Ada Marin');
  expect(done.line).toContain('“fine by me”');
  expect(titles(done.card)).toEqual(['Take back my approval', 'Details']);

  for (const place of [approvals.id, engineer.personal, approver.personal]) {
    const copy = await teams.posted(place, says('Approved by Ada Marin'));
    expect(copy.edits).toBeGreaterThan(0);
    expect(textOf(copy.content)).toContain('Normal change · approved');
  }
  const chinese = await teams.posted(admin.personal, says('Ada Marin 于'));
  expect(titles(chinese.content)).not.toContain('批准');
  await teams.posted(engineer.personal, says('Ada Marin approved FCR-1: “fine by me”'));
  const line = await teams.posted(
    approvals.id,
    ({ root, content }) => root === base.id && textOf(content).includes('Ada Marin approved FCR-1'),
  );
  expect(line.content['refresh']).toBeUndefined();
  const [card] = teams.connector.messages(approvals.id).filter(({ id }) => id === base.id);
  expect(card?.content['refresh']).toBeUndefined();
});

test('用中文提问，用表单逐页申请，在私聊中批准', async () => {
  const [implementer, admin] = [teams.who('implementer'), teams.who('admin')];
  await bindApprovals('<at>portclerk</at> 在这里审批');
  const [answer] = await implementer.says('边缘到控制器要开哪些端口?');
  expect(textOf(answer?.content ?? {})).toContain('TCP 5061');
  await implementer.presses(answer ?? implementer.latest(), '申请这些端口');
  const prompt = await teams.posted(implementer.personal, says('在哪里？'));
  let page = after(await implementer.presses(prompt, '用表单填写'), prompt);
  expect(textOf(page.content)).toContain('第 1 页，共 6 页');

  const wrong = after(await implementer.presses(page, '下一步', { 'field:title': '新池上线' }), prompt);
  expect(textOf(wrong.content)).toContain('这一项不能省略');
  expect(inputsOf(wrong.content)['field:title']).toBe('新池上线');
  page = after(await implementer.presses(wrong, '下一步', { 'field:site': choice(wrong.content, 'field:site', '站点 B') }), prompt);
  const filled: readonly Readonly<Record<string, string>>[] = [
    { 'field:business_need': '新池上线', 'field:application_owner': '统一通信组' },
    {},
    { 'field:window': '任意窗口', 'field:expiry': '永久' },
    { 'field:backout_plan': '删除规则' },
  ];
  for (const [index, values] of filled.entries()) {
    expect(textOf(page.content)).toContain(`第 ${index + 2} 页，共 6 页`);
    page = after(await implementer.presses(page, '下一步', values), prompt);
  }
  expect(textOf(page.content)).toContain('新池上线');
  const sent = await implementer.presses(page, '提交');
  expect(sent.line).toContain('FCR-1');

  const copy = await teams.posted(admin.personal, says('FCR-1'));
  const done = await admin.presses(copy, '批准', { reason: '同意' });
  expect(done.line).toContain('“同意”');
  await teams.posted(implementer.personal, says('陈安 批准了'));
  await teams.posted(approvals.id, ({ content, edits }) => edits > 0 && textOf(content).includes('FCR-1'));
});

test('what a page was left with is still there when the form is opened again', async () => {
  const engineer = teams.who('engineer');
  await engineer.says('new request');
  const prompt = engineer.latest();
  const first = after(await engineer.presses(prompt, 'Fill in a form'), prompt);
  const site = choice(first.content, 'field:site', 'Site A');
  const second = after(await engineer.presses(first, 'Next', { 'field:site': site, 'field:flows': 'DIR-6' }), prompt);
  expect(textOf(second.content)).toContain('Page 2 of 6');
  const kept = await engineer.presses(second, 'Keep as draft', { 'field:business_need': 'a new pool' });
  expect(kept.line).toContain('draft');
  const again = after(kept, prompt);
  await engineer.presses(again, 'Take it up again');
  const resumed = await teams.posted(engineer.personal, ({ content }) => titles(content).includes('Fill in a form'));
  const form = await engineer.presses(resumed, 'Fill in a form');
  expect(Object.values(inputsOf(form.card ?? {}))).toContain('a new pool');
});

test('the requester cannot approve, with whatever card: they are told why, and it is kept', async () => {
  await bindApprovals();
  const base = await submitted(teams.who('approver'));
  const view = await teams.who('admin').views(base, approvals);
  const refused = await teams.who('approver').presses(after(view, base), '批准', {}, approvals);
  expect(refused.card).toBeNull();
  expect(refused.line).toMatch(/^You asked for this change/);
  const request = (await teams.store.requests())[0];
  expect(request?.approvals).toEqual([]);
  const audit = await teams.store.readAudit((trail) => trail.entries(0, 1000));
  expect(audit.some(({ bytes }) => /request\.approve.*refused|refused.*request\.approve/s.test(Buffer.from(bytes).toString()))).toBe(true);
});

test('two approvers press at once: one approval, and the other is told of it', async () => {
  await bindApprovals();
  const base = await submitted(teams.who('engineer'));
  const views = await Promise.all([teams.who('approver').views(base, approvals), teams.who('admin').views(base, approvals)]);
  const [ada, chen] = await Promise.all([
    teams.who('approver').presses(after(views[0], base), 'Approve', {}, approvals),
    teams.who('admin').presses(after(views[1], base), /批准|Approve/, {}, approvals),
  ]);
  const [request] = await teams.store.requests();
  expect(request?.approvals).toHaveLength(1);
  expect([ada.card, chen.card].filter((card) => card === null)).toHaveLength(1);
});

test('a late click on a decided card is answered, and changes nothing', async () => {
  await bindApprovals();
  const base = await submitted(teams.who('engineer'));
  const view = await teams.who('admin').views(base, approvals);
  const own = await teams.who('approver').views(base, approvals);
  await teams.who('approver').presses(after(own, base), 'Approve', {}, approvals);
  const late = await teams.who('admin').presses(after(view, base), /驳回|Reject/, { reason: 'too wide' }, approvals);
  expect(late.card).toBeNull();
  expect(late.line).toContain('Ada Marin');
  expect((await teams.store.requests())[0]?.state).toBe('approved');
});

test('details stand in the place of the card, for whoever pressed, with a way back', async () => {
  await bindApprovals();
  const base = await submitted(teams.who('engineer'));
  const stranger = teams.who('implementer');
  const details = await stranger.presses(base, 'Details', {}, approvals);
  expect(details.line.length).toBeGreaterThan(textOf(base.content).length);
  const back = await stranger.presses(after(details, base), /返回|Back/, {}, approvals);
  expect(back.line).toContain('FCR-1');
  expect(teams.connector.messages(approvals.id).filter(({ id }) => id === base.id)[0]?.edits).toBe(0);
});

test.each(['Approve', 'Reject', 'Send back'])(
  '%s sent twice at once has one effect, and both copies are answered with a card',
  async (deed) => {
    await bindApprovals();
    const base = await submitted(teams.who('engineer'));
    const approver = teams.who('approver');
    const view = await approver.views(base, approvals);
    const invoke = approver.press(after(view, base), deed, { reason: 'as agreed' }, approvals);
    // Teams' second round of tries comes under another id.
    const copies = [invoke, invoke, { ...invoke, id: 'tried-again' }];
    const answers = await Promise.all(copies.map(async (copy) => answerOf(await teams.deliver(copy), performance.now())));
    for (const { card, line } of answers) {
      expect(card).not.toBeNull();
      expect(line).toContain('as agreed');
    }
    await teams.settle();
    const [request] = await teams.store.requests();
    expect([...(request?.approvals ?? []), ...(request?.remarks ?? [])]).toHaveLength(1);
    const told = teams.connector.messages(teams.who('engineer').personal).filter(says('as agreed'));
    expect(told.map(({ content }) => textOf(content)).filter((text) => !text.includes('FCR-1 ·'))).toHaveLength(1);
  },
);

test('a form page and the last one sent twice at once: one request, and both copies are answered with a card', async () => {
  const engineer = teams.who('engineer');
  await typed(engineer);
  const card = engineer.latest();
  const form = after(await engineer.presses(card, 'Fill in a form'), card);
  const submit = engineer.press(form, 'Submit');
  const answers = await Promise.all([submit, submit].map(async (copy) => answerOf(await teams.deliver(copy), performance.now())));
  for (const answer of answers) expect(answer.line).toContain('FCR-1');
  expect(answers.every((answer) => answer.card !== null)).toBe(true);
  expect(await teams.store.requests()).toHaveLength(1);
});

test('the question that a form was opened over comes back with what came of the form', async () => {
  await bindApprovals();
  const base = await submitted(teams.who('engineer'));
  const approver = teams.who('approver');
  await approver.says('new request');
  const view = await approver.views(base, approvals);
  await approver.presses(after(view, base), 'Reject', {}, approvals);
  const prompt = await teams.posted(approver.personal, ({ content }) => textOf(content).includes('One or two sentences'));
  const form = await approver.presses(prompt, 'Fill in a form');
  const done = await approver.presses(after(form, prompt), 'Submit', { 'field:reason': 'not this week' });
  expect(done.line).toContain('Ada Marin rejected FCR-1: “not this week”');
  expect(done.line).toContain('1 of 6 · Where?');
  expect(titles(done.card)).toContain('Site A');
});

test('a reason of blanks, or of characters nobody sees, is none: it is asked for', async () => {
  await bindApprovals();
  const base = await submitted(teams.who('engineer'));
  const approver = teams.who('approver');
  const view = await approver.views(base, approvals);
  for (const reason of ['  \u3000 ', '\u200b\u2060', '\u200d']) {
    const asked = await approver.presses(after(view, base), 'Reject', { reason }, approvals);
    expect(asked.line).toBe('Answered in our own chat.');
  }
  await teams.posted(approver.personal, says('To reject FCR-1, say why.'));
  expect((await teams.store.requests())[0]?.state).toBe('in-approval');
});
