import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bot } from '../../support/slack-emulator.ts';
import { readable } from '../../support/slack-seen.ts';
import { fillPages, formId, noticeId, requestInEnglish } from '../../support/slack-story.ts';
import { type SlackWorld, startWorld } from '../../support/slack-world.ts';

describe('commands, shortcuts and the home page', () => {
  let world: SlackWorld;
  const whispers = (): readonly string[] => world.front.whispers.map(({ blocks, type }) => `${type}: ${readable(blocks)}`);
  const inGeneral = async (): Promise<readonly string[]> =>
    (await world.seat('auditor').messages(world.emulator.channel('general')))
      .filter(({ user }) => user === bot.user)
      .map(({ blocks }) => readable(blocks));

  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.close());

  test('/ports answers the asker alone, and shares the answer in the channel when asked to', async () => {
    const engineer = world.seat('engineer');
    const sent = await engineer.command('/ports', 'edge to director');
    expect(JSON.parse(sent.body)).toMatchObject({ response_type: 'ephemeral' });
    expect(whispers()).toEqual([expect.stringContaining('DIR-6')]);
    await world.settled();
    expect(await inGeneral()).toEqual([]);
    await engineer.press('Share in the channel');
    await world.settled();
    expect(whispers()).toEqual([expect.stringMatching(/^ephemeral/), expect.stringMatching(/^in_channel[\s\S]*Erin Vogt[\s\S]*DIR-6/)]);
  });

  test('/ports works where the bot is no member', async () => {
    const created = await world.emulator.call('conversations.create', { name: 'elsewhere' }, world.emulator.tokenOf('engineer'));
    const channel = JSON.stringify(created).match(/"id":"(C[A-Z0-9]+)"/)?.[1] ?? '';
    await world.seat('engineer').command('/ports', '前端到边缘', channel);
    await world.settled();
    expect(whispers().at(-1)).toContain('DIR-P5');
  });

  test('/fcr new opens the form at once', async () => {
    const engineer = world.seat('engineer');
    await engineer.command('/fcr', 'new');
    await world.settled();
    expect(engineer.modal().callback_id).toBe(formId);
    await fillPages(engineer, { ...requestInEnglish, flows: 'DIR-6' });
    await engineer.submit();
    expect(engineer.modal().callback_id).toBe(noticeId);
    await world.settled();
    expect(await world.started.store.requests()).toHaveLength(1);
  });

  test('/fcr list, show and withdraw', async () => {
    const engineer = world.seat('engineer');
    for (const text of ['list', 'show FCR-1', 'FCR-1']) {
      await engineer.command('/fcr', text);
      await world.settled();
      expect(whispers().at(-1)).toContain('FCR-1');
    }
    await engineer.command('/fcr', 'help');
    expect(whispers().at(-1)).toContain('/fcr');
    await engineer.command('/fcr', 'withdraw FCR-1 not needed any more');
    await world.settled();
    expect((await world.started.store.requests())[0]?.state).toBe('withdrawn');
  });

  test('a command whose form cannot be opened keeps what was begun, and offers it', async () => {
    const engineer = world.seat('engineer');
    const mend = world.front.fail('views.open', { kind: 'error', error: 'expired_trigger_id' });
    world.front.modals.delete(engineer.id);
    await engineer.command('/fcr', 'new');
    await world.settled();
    mend();
    await engineer.press('Fill in a form');
    await world.settled();
    expect(engineer.modal().callback_id).toBe(formId);
  });

  test('the shortcut for a new request, and the one on a message, whose flows it reads', async () => {
    const engineer = world.seat('engineer');
    await engineer.shortcut('new_request');
    await world.settled();
    expect(engineer.modal().callback_id).toBe(formId);
    const { ts } = await world.seat('approver').say(`<@${bot.user}> please open 192.0.2.10 -&gt; 198.51.100.20 : 5061/tcp`);
    const message = (await engineer.messages(world.emulator.channel('general'))).find((one) => one.ts === ts);
    await engineer.shortcut('request_from_message', message);
    await world.settled();
    expect(engineer.modal().callback_id).toBe(formId);
    expect(engineer.reads()).toContain('198.51.100.20');
  });

  test('the home page has what one may do next, and its buttons open modals', async () => {
    const engineer = world.seat('engineer');
    world.front.modals.delete(engineer.id);
    await engineer.openHome();
    await world.settled();
    const home = ({ at }: Parameters<NonNullable<Parameters<typeof engineer.find>[1]>>[0]) => 'view' in at && at.view.type === 'home';
    await engineer.press('New request', home);
    await world.settled();
    expect(engineer.modal().callback_id).toBe(formId);
    await world.seat('visitor').openHome();
    await world.settled();
    expect(readable(world.front.homes.get(world.seat('visitor').id))).toContain(world.seat('visitor').id);
  });

  test('a text to copy stands in a modal of its own', async () => {
    const engineer = world.seat('engineer');
    await engineer.tell('which ports from Edge to Director?');
    await world.settled();
    await engineer.press('Copy as text');
    await world.settled();
    expect(engineer.reads()).toContain('DIR-6');
    expect(engineer.modal().callback_id).toBe(noticeId);
  });

  test('in a direct message a dialog is walked question by question, until the form is asked for', async () => {
    const engineer = world.seat('engineer');
    const direct = await engineer.direct();
    await engineer.press('Request these ports', ({ at }) => 'message' in at && at.channel === direct);
    await world.settled();
    const [prompt] = await engineer.told();
    expect(readable(prompt?.blocks)).toContain('Where?');
    await engineer.press('Site A', ({ at }) => 'message' in at && at.channel === direct);
    await world.settled();
    await engineer.press('Fill in a form', ({ at }) => 'message' in at && at.channel === direct);
    await world.settled();
    expect(engineer.modal().callback_id).toBe(formId);
  });

  test.each(['new', 'create', '新建'])('/fcr %s opens its form before there is anything to stand in it', async (words) => {
    const engineer = world.seat('engineer');
    await engineer.command('/fcr', words);
    await world.settled();
    const views = world.front.calls.filter(({ method }) => method.startsWith('views.')).slice(-2);
    expect(views.map(({ method, args }) => [method, readable(args['view']).includes('One moment')])).toEqual([
      ['views.open', true],
      ['views.update', false],
    ]);
    expect(engineer.modal().callback_id).toBe(formId);
  });

  test('nothing that was sent goes beyond Slack’s limits, and nothing went wrong', () => {
    expect(world.front.problems).toEqual([]);
    expect(world.started.faults).toEqual([]);
    expect(world.log.map(({ what }) => what)).toEqual(['views.open: expired_trigger_id']);
  });
});
