import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ActionData } from '../../src/chat/card.ts';
import { inChannel } from '../support/in-channel.ts';
import { startProgram, type TestProgram } from '../support/program.ts';
import { Recorder, Seat } from '../support/recorder.ts';
import { askAndFillIn } from '../support/walk.ts';

let started: TestProgram;
let recorder: Recorder;
const seat = (who: string) => new Seat(started, recorder, who);

beforeEach(async () => {
  started = await startProgram();
  recorder = new Recorder();
  started.program.attach(recorder);
});
afterEach(() => started.close());

/** A button pressed in the channel, or in the person's own conversation where that is `null`. */
async function press(who: string, action: string, data: ActionData, channel: string | null = 'general') {
  const person = seat(who);
  const click = person.click({ kind: 'button', label: '', style: 'default', action, data });
  const conversation = channel === null ? click.conversation : inChannel(who, '', 'addressed', { channel }).conversation;
  const reply = await started.program.handleTurn({ ...click, conversation });
  person.replies = reply.cards;
  return { reply, said: person.said(), person };
}

async function submitted(): Promise<Seat> {
  const engineer = seat('engineer');
  await askAndFillIn(engineer);
  await engineer.press('Submit');
  return engineer;
}

const request = async () => {
  const [first] = await started.store.requests();
  if (first === undefined) throw new Error('nothing was submitted');
  return first;
};

const lastEntries = async (count: number) => {
  const entries = await started.store.readAudit((trail) => trail.entries(0, 9999));
  return entries.slice(-count).map(({ bytes }) => Buffer.from(bytes).toString('utf8'));
};

describe('an answer shared in the channel', () => {
  it.each([
    ['engineer', 'edge to director', 'Erin Vogt asked: edge to director'],
    ['engineer', '从边缘到控制器需要开哪些端口？', 'Erin Vogt 的提问：从边缘到控制器需要开哪些端口？'],
    ['stranger', 'edge to director', 'stranger asked: edge to director'],
  ])('%s: “%s” says whose question it answers, for everyone to see', async (who, question, line) => {
    const asking = seat(who);
    await asking.take(inChannel(who, `/ports ${question}`, 'addressed'));
    const share = asking.button(/[\p{Script=Han}]/u.test(question) ? '分享到频道' : 'Share in the channel');
    const { reply, said } = await press(who, share.action, share.data);
    expect(reply.private).toBe(false);
    expect(said.split('\n').slice(0, 2).join('')).toBe(line);
    expect(said).toContain('5061');
  });

  it('is answered from the topology that the person saw, who may have one of their own', async () => {
    const asking = seat('engineer');
    await asking.take(inChannel('engineer', '/ports edge to director in a single director topology', 'addressed'));
    const shown = asking.said();
    const { said } = await press('engineer', 'share', asking.button('Share in the channel').data);
    expect(said).toContain(shown.split('\n')[1] ?? 'nothing');
  });

  it('is not offered for what follows on a question before, nor where nobody else listens', async () => {
    const engineer = seat('engineer');
    await engineer.take(inChannel('engineer', '/ports edge to director', 'addressed'));
    await engineer.take(inChannel('engineer', '/ports and the other way?', 'addressed'));
    expect(engineer.said()).toContain('Director → Edge');
    expect(engineer.said()).not.toContain('[Share');
    expect(await engineer.say('/ports edge to director')).not.toContain('[Share');
    expect(engineer.said()).toContain('5061');
  });
});

describe('buttons that lead to one’s requests', () => {
  it('open a request with nothing known, and list what there is', async () => {
    expect((await press('engineer', 'requests.new', {}, null)).said).toContain('Where?');
    expect((await press('engineer', 'requests.list', {}, null)).said).toContain('Next question: Where?');
    expect((await press('auditor', 'requests.new', {}, null)).said).toContain('not among those who may ask');
    expect((await press('stranger', 'requests.list', {})).reply.private).toBe(true);
  });

  it.each([
    [
      'can someone open 5061/tcp from 192.0.2.10 to 198.51.100.20 please, ticket CHG-42',
      ['192.0.2.10 → 198.51.100.20 : 5061/tcp', 'CHG-42'],
    ],
    ['the edge at Site A needs 5061/tcp to the director', ['Edge', '5061/tcp']],
    ['192.0.2.10 -> 198.51.100.20 : 5061/tcp\n192.0.2.11 -> 198.51.100.20 : 443/tcp', ['198.51.100.20 : 443/tcp']],
    ['边缘到控制器的 5061/tcp 不通，麻烦开一下', ['5061/tcp']],
  ])('take what a message says: %s', async (text, expected) => {
    const { said } = await press('engineer', 'requests.from-text', { text }, null);
    for (const part of expected) expect(said).toContain(part);
    expect((await started.store.requests()).length).toBe(0);
  });

  it('offer a message that says nothing of flows as the reason', async () => {
    const { person } = await press('engineer', 'requests.from-text', { text: 'Pool B is what everybody waits for' }, null);
    await person.press('Other addresses');
    await person.say('192.0.2.10 -> 198.51.100.20 : 5061/tcp');
    expect(person.said()).toContain('Why is it needed?');
    expect(person.said()).toContain('[Pool B is what everybody waits for]');
  });
});

describe('a request looked at', () => {
  it('is its card as the person sees it, for their eyes alone and without an entry', async () => {
    await submitted();
    const { id, version } = await request();
    const before = await lastEntries(9999);
    const approver = await press('approver', 'request.view', { request: id, version: version + 5 });
    expect(approver.said).toContain('[Approve]');
    expect(approver.said).not.toContain('Content hash');
    expect(approver.reply.private).toBe(true);
    const engineer = await press('engineer', 'request.view', { request: id, version });
    expect(engineer.said).not.toContain('[Approve]');
    expect(await lastEntries(9999)).toEqual(before);
  });
});

describe('a decision with its words typed on the card', () => {
  it.each([
    ['reject', 'rejected', 'approver'],
    ['send-back', 'changes-requested', 'approver'],
    ['question', 'in-approval', 'approver'],
    ['approve', 'approved', 'approver'],
    ['withdraw', 'withdrawn', 'engineer'],
  ])('%s is done at once and keeps them', async (deed, state, who) => {
    await submitted();
    const { id, version } = await request();
    const { said, reply } = await press(who, `request.${deed}`, { request: id, version, reason: '  too wide for this, sorry  ' });
    expect(said).toContain('“too wide for this, sorry”');
    expect(reply.private).toBe(true);
    expect((await request()).state).toBe(state);
  });

  it.each(['', '   \n ', '\u200b\u2060', '\u200d', null])('asks for them where %j was typed', async (reason) => {
    await submitted();
    const { id, version } = await request();
    const { said } = await press('approver', 'request.reject', { request: id, version, ...(reason === null ? {} : { reason }) }, null);
    expect(said).toContain('To reject FCR-1, say why.');
    expect((await request()).state).toBe('in-approval');
  });

  it('is done once, however often and at the same time it is sent; other words are another question', async () => {
    await submitted();
    const { id, version } = await request();
    const ask = (reason: string) => press('approver', 'request.question', { request: id, version, reason });
    const answers = await Promise.all([ask('why two servers?'), ask('why two servers?'), ask('why two servers?')]);
    expect(new Set(answers.map(({ said }) => said)).size).toBe(1);
    expect((await request()).remarks).toHaveLength(1);
    await ask('and who runs them?');
    expect((await request()).remarks.map(({ text }) => text)).toEqual(['why two servers?', 'and who runs them?']);
  });

  it('takes ten thousand characters, and says so of more instead of cutting them', async () => {
    await submitted();
    const { id, version } = await request();
    const long = await press('approver', 'request.reject', { request: id, version, reason: '很'.repeat(10_001) });
    expect(long.said).toContain('10001 characters');
    expect((await request()).state).toBe('in-approval');
    await press('approver', 'request.reject', { request: id, version, reason: '很'.repeat(10_000) });
    expect((await request()).remarks.at(-1)?.text).toHaveLength(10_000);
  });

  it('is refused to whoever may not decide, whatever they typed', async () => {
    await submitted();
    const { id, version } = await request();
    for (const who of ['engineer', 'auditor', 'stranger']) {
      const { reply } = await press(who, 'request.reject', { request: id, version, reason: 'no' });
      expect(reply.private).toBe(true);
      expect((await lastEntries(1))[0]).toContain('"outcome":"refused"');
    }
    expect((await request()).state).toBe('in-approval');
  });
});

describe('a click on a card of a request that is no more', () => {
  it.each(['engineer', 'approver', 'stranger'])('gets %s a private answer and leaves an entry', async (who) => {
    for (const deed of ['approve', 'reject', 'details', 'view', 'edit', 'timeline']) {
      const before = (await lastEntries(9999)).length;
      const { reply } = await press(who, `request.${deed}`, { request: 'FCR-77', version: 3, reason: 'because' });
      expect(reply.private).toBe(true);
      expect(reply.cards).not.toEqual([]);
      expect((await lastEntries(9999)).length).toBe(before + 1);
      expect((await lastEntries(1))[0]).toContain('"outcome":"refused"');
    }
  });
});
