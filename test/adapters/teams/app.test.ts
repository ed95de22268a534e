import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/locale.ts';
import { startTeams, type TestTeams } from '../../support/teams.ts';
import { buttonsOf, textOf } from '../../support/teams-card.ts';
import type { PostedMessage } from '../../support/teams-connector.ts';
import { answerOf } from '../../support/teams-person.ts';

const team = { kind: 'channel', id: '19:team@thread.tacv2' } as const;
const group = { kind: 'groupChat', id: '19:group@thread.v2' } as const;
const bot = '<at>portclerk</at>';

let teams: TestTeams;
beforeEach(async () => {
  teams = await startTeams();
  teams.connector.addChannel(team.id);
  teams.connector.addChannel(group.id);
});
afterEach(async () => {
  expect(teams.faults).toEqual([]);
  expect(teams.connector.breaches).toEqual([]);
  expect(teams.refusals).toEqual([]);
  await teams.close();
});

const says = (text: string) => (message: PostedMessage) => textOf(message.content).includes(text);
const said = (messages: readonly PostedMessage[]): string => messages.map(({ content }) => textOf(content)).join('\n');

/** Sends what nothing is said to. */
async function unanswered(activity: JsonObject): Promise<void> {
  const { sent } = teams.connector.calls;
  expect((await teams.deliver(activity)).status).toBe(200);
  await teams.settle();
  expect(teams.connector.calls.sent).toBe(sent);
}

describe('where it is asked', () => {
  test('a personal chat: the answer stands there', async () => {
    const answer = await teams.who('stranger').says('which ports from Edge to Director?');
    expect(said(answer)).toContain('TCP 5061');
    expect(answer.flatMap(({ content }) => buttonsOf(content).map(({ title }) => title))).toContain('Other direction');
  });

  test('a group chat, where the bot has to be mentioned', async () => {
    expect(said(await teams.who('stranger').says(`${bot} which ports from Edge to Director?`, group))).toContain('TCP 5061');
    await unanswered(teams.who('stranger').message('which ports from Edge to Director?', group));
  });

  test('a channel: the answer hangs under the question', async () => {
    const question = teams.who('stranger').message(`which ports from ${bot} Edge to Director?`, team);
    await teams.deliver(question);
    expect((await teams.posted(team.id, says('TCP 5061'))).root).toBe(question['id']);
  });

  test('what people say among each other is none of its business', async () => {
    const stranger = teams.who('stranger');
    await unanswered(stranger.message('which ports from Edge to Director?', team));
    await unanswered(stranger.message('me too', { ...team, thread: teams.connector.addRoot(team.id) }));
    await unanswered({ ...stranger.message('hello', team), type: 'messageReaction' });
    await unanswered({ ...stranger.message('hello'), type: 'typing' });
  });

  test('in a thread it has spoken in, nobody has to mention it again', async () => {
    const [answer] = await teams.who('stranger').says(`${bot} which ports from Edge to Director?`, team);
    const thread = { ...team, thread: answer?.root ?? '' };
    expect(said(await teams.who('auditor').says('and from director to edge?', thread))).toContain('TCP 5061');
  });

  test('a mention of somebody else is read as a name, a mention of the bot not at all', async () => {
    const stranger = teams.who('stranger');
    const text = `${bot} ${bot} <at>Erin Vogt</at>&nbsp;asks: which ports from Edge to Director &lt;internal&gt;?`;
    expect(said(await stranger.says(text, group))).toContain('TCP 5061');
  });

  test('what is for one person alone goes to their own chat, not to the channel', async () => {
    const engineer = teams.who('engineer');
    await teams.deliver(engineer.message(`${bot} new request`, team));
    await teams.posted(engineer.personal, says('1 of 6'));
    expect(said(teams.connector.messages(team.id))).not.toContain('1 of 6');
  });

  test('neither does a refusal stand in a channel', async () => {
    const auditor = teams.who('auditor');
    await teams.deliver(auditor.message(`${bot} approve FCR-99`, team));
    await teams.posted(auditor.personal, says('FCR-99'));
    expect(teams.connector.messages(team.id)).toEqual([]);
  });

  test('a table pasted as such is read by its rows', async () => {
    const engineer = teams.who('engineer');
    const row = (cells: readonly string[]) => `<tr>${cells.map((cell) => `<td><p>${cell}</p></td>`).join('')}</tr>`;
    const rows = [
      ['source', 'destination', 'service'],
      ['192.0.2.10', '198.51.100.20', '5061/tcp'],
      ['192.0.2.11', '198.51.100.20', '5061/tcp'],
    ];
    const content = `<p>please open</p><table>${rows.map(row).join('\n')}</table>`;
    const message = engineer.message('please open source destination service 192.0.2.10 …');
    await teams.deliver({ ...message, attachments: [{ contentType: 'text/html', content }] });
    const read = await teams.posted(engineer.personal, says('192.0.2.11'));
    expect(textOf(read.content)).toContain('192.0.2.10 -> 198.51.100.20 : 5061/tcp');
  });
});

describe('when it is brought somewhere', () => {
  const arrivals = (about: JsonObject): readonly JsonObject[] => [
    { ...about, type: 'installationUpdate', action: 'add' },
    { ...about, type: 'conversationUpdate', membersAdded: [about['recipient'] ?? null] },
  ];

  test('it says hello, once, and from then on that person can be written to', async () => {
    const newcomer = teams.who('newcomer');
    const { text: _, ...about } = newcomer.message('');
    for (const arrival of [...arrivals(about), ...arrivals(about)]) expect((await teams.deliver(arrival)).status).toBe(200);
    await teams.posted(newcomer.personal, () => true);
    await teams.settle();
    expect(teams.connector.messages(newcomer.personal)).toHaveLength(1);
  });

  test('it greets somebody whose Teams is Chinese in their language', async () => {
    const { text: _, ...about } = teams.who('implementer').message('');
    await teams.deliver({ ...about, type: 'installationUpdate', action: 'add', locale: 'zh-CN' });
    await teams.posted(teams.who('implementer').personal, ({ content }) => /[\u4e00-\u9fff]/.test(textOf(content)));
  });

  test('others who come and go, and its own going, are no occasion', async () => {
    const { text: _, ...about } = teams.who('stranger').message('');
    await unanswered({ ...about, type: 'conversationUpdate', membersAdded: [{ id: '29:somebody' }] });
    await unanswered({ ...about, type: 'conversationUpdate' });
    await unanswered({ ...about, type: 'installationUpdate', action: 'remove' });
  });
});

describe('a press', () => {
  test('in a client that knows Action.Submit alone is answered by messages, a form in the place of its card', async () => {
    const engineer = teams.who('engineer');
    const [answer] = await engineer.says('which ports from Edge to Director?');
    if (answer === undefined) throw new Error('no answer');
    const submit = engineer.submit(answer, 'Request these ports');
    const copies = await Promise.all([submit, submit].map((copy) => teams.deliver(copy)));
    expect(copies.map(({ status }) => status)).toEqual([200, 200]);
    const prompt = await teams.posted(engineer.personal, says('1 of 6'));
    expect(teams.connector.messages(engineer.personal).filter(says('1 of 6'))).toHaveLength(1);
    expect((await teams.deliver(engineer.submit(prompt, 'Fill in a form'))).status).toBe(200);
    const form = await teams.posted(engineer.personal, says('Page 1 of 6'));
    expect([form.id, form.edits]).toEqual([prompt.id, 1]);
    expect((await teams.deliver(engineer.submit(form, 'Keep as draft', { 'field:title': 'a title' }))).status).toBe(200);
    await teams.posted(engineer.personal, ({ content }) => buttonsOf(content).some(({ title }) => title === 'Take it up again'));
  });

  test('tried again by Teams, under the same id and then under another, is the same press', async () => {
    const engineer = teams.who('engineer');
    const [answer] = await engineer.says('which ports from Edge to Director?');
    if (answer === undefined) throw new Error('no answer');
    const press = engineer.press(answer, 'Request these ports');
    for (const copy of [press, press, { ...press, id: 'another' }]) {
      expect((await answerOf(await teams.deliver(copy), 0)).line).toBe('Answered below.');
    }
    await teams.posted(engineer.personal, says('1 of 6'));
    await teams.settle();
    expect(teams.connector.messages(engineer.personal).filter(says('1 of 6'))).toHaveLength(1);
    // Pressed again once it was answered it is another press: the first may have been cancelled meanwhile.
    await engineer.presses(engineer.latest(), 'Cancel');
    await answerOf(await teams.deliver({ ...press, id: 'later' }), 0);
    await teams.settle();
    expect(teams.connector.messages(engineer.personal).filter(says('1 of 6'))).toHaveLength(2);
  });

  test('of what is no button of the bot is answered with a line, never with nothing', async () => {
    const engineer = teams.who('engineer');
    const [answer] = await engineer.says('which ports from Edge to Director?');
    if (answer === undefined) throw new Error('no answer');
    const press = engineer.press(answer, 'Other direction');
    const values = [
      null,
      {},
      { action: { type: 'Action.Execute', verb: 'another', data: {} } },
      { action: { type: 'Action.Execute', verb: 'portclerk', data: { portclerk: { action: 'no.such', data: {} } } } },
    ];
    for (const value of values) {
      const { line } = await answerOf(await teams.deliver({ ...press, value, id: JSON.stringify(value) }), 0);
      expect(line).not.toBe('');
    }
  });

  test('without an account of the directory is answered, and does nothing', async () => {
    const engineer = teams.who('engineer');
    const [answer] = await engineer.says('which ports from Edge to Director?');
    if (answer === undefined) throw new Error('no answer');
    const press = { ...engineer.press(answer, 'Request these ports'), from: { id: '29:engineer', name: 'Erin Vogt' } };
    const { line } = await answerOf(await teams.deliver(press), 0);
    expect(line).toBe('That button no longer does anything. Ask again for a fresh card.');
  });

  test('other calls of Teams are none that it knows', async () => {
    const { text: _, ...about } = teams.who('engineer').message('');
    expect((await teams.deliver({ ...about, type: 'invoke', name: 'composeExtension/query', value: {} })).status).toBe(501);
  });
});

test('a name proves nothing: somebody called like a person is still who their account says', async () => {
  const stranger = teams.who('stranger');
  await teams.deliver({ ...stranger.message('new request'), from: { ...stranger.user, id: stranger.user.mri, name: 'Erin Vogt' } });
  const told = await teams.posted(stranger.personal, () => true);
  expect(textOf(told.content)).toContain('aad-stranger');
});
