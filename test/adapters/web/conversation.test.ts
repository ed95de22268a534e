import { afterEach, describe, expect, it } from 'vitest';
import type { Activity } from '../../../src/chat/activity.ts';
import type { Card } from '../../../src/chat/card.ts';
import { AppError } from '../../../src/errors.ts';
import { cards } from '../../support/cards.ts';
import { postingOf } from '../../support/posting.ts';
import { messageOf, openEvents, type RunningWeb, runWeb } from '../../support/web.ts';
import { memoryBoard } from '../../support/web-stubs.ts';

let web: RunningWeb;
const streams: { close(): void }[] = [];
afterEach(async () => {
  for (const stream of streams.splice(0)) stream.close();
  await web.stop();
});

const say = (as: string, text: string, more: object = {}) =>
  web.turn({
    as,
    id: `turn-${as}-${text.replaceAll(/\W/g, '-')}`,
    conversation: `direct:${as}`,
    thread: null,
    kind: 'message',
    text,
    ...more,
  });
const approvals = { platform: 'web', id: 'approvals', kind: 'channel', thread: null } as const;

async function events(as: string, lastId: string | null = null) {
  const stream = await openEvents(web.port, as, lastId);
  streams.push(stream);
  return stream;
}

async function texts(as: string, conversation = `direct:${as}`): Promise<string[]> {
  const view = await web.view(as);
  return view.conversations.find(({ id }) => id === conversation)?.messages.map(({ summary }) => summary) ?? [];
}

describe('a conversation on the local page', () => {
  it('shows what was typed and what the bot answered, to that person alone', async () => {
    web = await runWeb({ handleTurn: async () => ({ cards: [cards.answer], private: false }) });
    expect((await say('engineer', 'which ports?')).status).toBe(200);
    expect(await texts('engineer')).toEqual(['which ports?', cards.answer.summary]);
    expect(await texts('approver')).toEqual([]);
    expect(await texts('approver', 'direct:engineer')).toEqual([]);
  });

  it('tells the program who spoke, where, and under which id', async () => {
    const seen: Activity[] = [];
    web = await runWeb({
      handleTurn: async (activity) => {
        seen.push(activity);
        return { cards: [], private: false };
      },
    });
    await say('engineer', 'hello');
    await say('stranger', 'hello');
    expect(seen).toMatchObject([
      {
        kind: 'message',
        text: 'hello',
        sender: { platform: 'web', id: 'engineer', name: 'Erin' },
        conversation: { id: 'direct:engineer' },
      },
      { sender: { platform: 'web', id: 'stranger', name: 'stranger' }, conversation: { id: 'direct:stranger' } },
    ]);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(2);
  });

  it('does a turn once that is sent twice at the same time and once more', async () => {
    let acted = 0;
    web = await runWeb({
      handleTurn: async () => {
        acted += 1;
        return { cards: [cards.question], private: false };
      },
    });
    const turn = { id: 'the-same-turn' };
    await Promise.all([say('engineer', 'go', turn), say('engineer', 'go', turn)]);
    await say('engineer', 'go', turn);
    expect(acted).toBe(1);
    expect(await texts('engineer')).toEqual(['go', cards.question.summary]);
  });

  it('says in the reader’s language that a turn failed, and takes it again under the same id', async () => {
    let broken = true;
    web = await runWeb({
      handleTurn: async () => {
        if (broken) throw new AppError('store-busy', 'locked');
        return { cards: [cards.question], private: false };
      },
    });
    const failed = await say('engineer', 'go');
    expect([failed.status, JSON.parse(failed.body)]).toEqual([503, { error: 'page.failure.busy' }]);
    broken = false;
    expect((await say('engineer', 'go')).status).toBe(200);
    expect(await texts('engineer')).toEqual(['go', cards.question.summary]);
  });

  it('shows the channel to those who request or approve, and to nobody else', async () => {
    web = await runWeb({});
    for (const [person, sees] of [
      ['engineer', true],
      ['approver', true],
      ['auditor', false],
      ['stranger', false],
    ] as const) {
      const { conversations } = await web.view(person);
      expect([person, conversations.some(({ id }) => id === 'approvals')]).toEqual([person, sees]);
      expect((await say(person, 'hi', { conversation: 'approvals' })).status).toBe(sees ? 200 : 404);
    }
    expect((await say('auditor', 'hi', { conversation: 'direct:engineer' })).status).toBe(404);
  });

  it("takes a click of a posted button into the card's thread, and shows a private reply to whoever pressed alone", async () => {
    const seen: Activity[] = [];
    web = await runWeb({
      handleTurn: async (activity) => {
        seen.push(activity);
        return { cards: [cards.question], private: true };
      },
    });
    await web.platform.post(postingOf(approvals, cards.request, 'row-1'));
    const [message] = (await web.view('approver')).conversations[1]?.messages ?? [];
    const data = buttonData(message?.content, 'Reject');
    const click = { as: 'approver', id: 'click-0001', conversation: 'approvals', thread: null, kind: 'click', message: message?.id, data };
    expect((await web.turn(click)).status).toBe(200);
    expect(seen).toMatchObject([
      {
        kind: 'click',
        action: 'request.reject',
        data: { request: 'FCR-12', version: 1 },
        message: message?.id,
        conversation: { thread: message?.id },
      },
    ]);
    expect(await texts('approver', 'approvals')).toEqual([cards.request.summary, cards.question.summary]);
    expect(await texts('engineer', 'approvals')).toEqual([cards.request.summary]);
    expect((await web.turn({ ...click, as: 'auditor', id: 'click-0002' })).status).toBe(404);
    expect((await web.turn({ ...click, message: 'no-such', id: 'click-0003' })).status).toBe(404);
    expect(seen.length).toBe(1);
  });

  it('leaves a trace of the button that was pressed alone with the bot', async () => {
    web = await runWeb({ handleTurn: async (activity) => ({ cards: activity.kind === 'click' ? [] : [cards.answer], private: false }) });
    await say('engineer', 'which ports?');
    const message = (await web.view('engineer')).conversations[0]?.messages[1];
    const data = buttonData(message?.content, 'Request these ports');
    await web.turn({
      as: 'engineer',
      id: 'click-0001',
      conversation: 'direct:engineer',
      thread: null,
      kind: 'click',
      message: message?.id,
      data,
    });
    expect((await texts('engineer')).at(-1)).toBe('Request these ports');
  });
});

describe('a page that is open', () => {
  it('hears of new messages and of edits, in order, and of nothing that is not for its person', async () => {
    web = await runWeb({ handleTurn: async () => ({ cards: [cards.question], private: true }) });
    const engineer = await events('engineer');
    const auditor = await events('auditor');
    expect(await engineer.next()).toMatchObject({ event: 'refresh' });
    expect(await auditor.next()).toMatchObject({ event: 'refresh' });

    const posted = await web.platform.post(postingOf(approvals, cards.request, 'row-1'));
    if (posted.kind !== 'delivered') throw new Error(posted.reason);
    const first = messageOf(await engineer.next());
    const approved: Card = { ...cards.request, summary: 'FCR-12 approved', actions: [] };
    await web.platform.edit(posted.message, { card: approved, views: null });
    const second = messageOf(await engineer.next());
    expect([second.id, second.summary]).toEqual([first.id, 'FCR-12 approved']);

    await say('approver', 'in private', { conversation: 'approvals' });
    await say('auditor', 'mine');
    expect(messageOf(await engineer.next()).summary).toBe('in private');
    expect(messageOf(await auditor.next()).summary).toBe('mine');
    await say('engineer', 'last');
    expect(messageOf(await engineer.next()).summary).toBe('last');
  });

  it('is sent what it missed when it comes back, or is told to read everything when that is no longer known', async () => {
    web = await runWeb({});
    const before = await events('engineer');
    const { id } = await before.next();
    before.close();
    await say('engineer', 'one');
    await say('engineer', 'two');
    const back = await events('engineer', id);
    expect([messageOf(await back.next()).summary, messageOf(await back.next()).summary]).toEqual(['one', 'two']);
    for (const unknown of ['another-process-0', 'test-99', 'nonsense']) {
      expect(await (await events('engineer', unknown)).next()).toMatchObject({ event: 'refresh' });
    }
  });

  it('shows everything again after a restart', async () => {
    const board = memoryBoard();
    web = await runWeb({ board });
    await say('engineer', 'before');
    await web.stop();
    web = await runWeb({ board, epoch: 'second' });
    expect(await texts('engineer')).toEqual(['before']);
  });

  it('takes ten thousand characters, and says of more that it is too long', async () => {
    web = await runWeb({});
    expect((await say('engineer', 'x'.repeat(10_000), { id: 'turn-long-1' })).status).toBe(200);
    const answer = await say('engineer', 'x'.repeat(10_001), { id: 'turn-long-2' });
    expect(answer.status).toBe(413);
    expect(answer.body).toContain('page.failure.large');
  });

  it('refuses or ignores whatever a forged click holds, without a fault', async () => {
    web = await runWeb({ handleTurn: async () => ({ cards: [cards.answer], private: false }) });
    await say('engineer', 'which ports?');
    const message = (await web.view('engineer')).conversations[0]?.messages.at(-1)?.id;
    const click = (data: string) =>
      `{"as":"engineer","id":"forged-${data.length}","conversation":"direct:engineer","thread":null,"kind":"click","message":"${message}","data":${data}}`;
    const post = (data: string) =>
      web.raw('POST', '/api/turns', { origin: `http://127.0.0.1:${web.port}`, 'content-type': 'application/json' }, click(data));
    expect((await post(`{"action":"ask","x":${'['.repeat(20_000)}${']'.repeat(20_000)}}`)).status).toBe(400);
    expect((await post('{"action":"request","rules":["\\ud800"]}')).status).toBe(200);
    expect((await post('{"action":"request","__proto__":{"a":1}}')).status).toBe(200);
    expect(web.faults).toEqual([]);
  });
});

describe('the outbox’s deliveries to the page', () => {
  it('post once however often they are tried, and say when there is nothing left to edit', async () => {
    web = await runWeb({});
    const first = await web.platform.post(postingOf(approvals, cards.request, 'row-1'));
    const again = await web.platform.post(postingOf(approvals, cards.request, 'row-1'));
    expect(again).toEqual(first);
    expect(await texts('engineer', 'approvals')).toEqual([cards.request.summary]);
    expect(await web.platform.edit({ conversation: approvals, id: 'no-such' }, { card: cards.request, views: null })).toMatchObject({
      kind: 'gone',
    });
  });
});

/** What the button of this label submits, out of the card as it was posted. */
function buttonData(content: { kind: string; card?: object } | undefined, label: string): unknown {
  const actions: unknown = content?.card && 'actions' in content.card ? content.card.actions : [];
  const found = Array.isArray(actions) ? actions.find((action: { title?: string }) => action.title === label) : undefined;
  if (found === undefined) throw new Error(`no button ${label}`);
  return found.data;
}
