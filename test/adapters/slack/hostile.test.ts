import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { valuesOf } from '../../support/slack-limits.ts';
import { readable, type Typed } from '../../support/slack-seen.ts';
import { fillPages, requestInEnglish } from '../../support/slack-story.ts';
import { type SlackWorld, startWorld } from '../../support/slack-world.ts';

const short = '<!channel> <@U0PORTCLERK> *b* `c` <https://evil.example|bank> \u202etxt\u200b &amp;';
const hostile = [
  '<!channel> <!here> <!everyone> <@U0PORTCLERK> <#C000000001|general> <!subteam^S1|@net>',
  '<https://evil.example|your bank> *bold* _it_ ~no~ `code` :tada: &amp; &lt;b&gt;',
  'a\u202etxt.exe\u202c zero\u200bwidth\u2066iso\u2069 \u0007bell',
  '一二三四五六七八九十'.repeat(80),
].join('\n');
const hidden = ['\u202e', '\u2066', '\u200b', '\u0007'];

describe('whatever somebody types', () => {
  let world: SlackWorld;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.close());

  /** Everything the bot sent so far that Slack reads as markup or shows. */
  const sent = (): readonly unknown[] => world.front.calls.filter(({ method }) => /^(?:chat|views)\./.test(method)).map(({ args }) => args);

  /** What Slack would act on: mentions, links and special names in its angle brackets, anywhere but in plain text. */
  const acting = (json: unknown): readonly string[] => {
    const plain = JSON.stringify(json, (_name, value: unknown) => {
      const isPlain =
        typeof value === 'object' &&
        value !== null &&
        'type' in value &&
        ['plain_text', 'text', 'plain_text_input'].includes(String(value.type));
      return isPlain ? null : value;
    });
    return plain.match(/<[!@#h][^>]*>/g) ?? [];
  };

  test('is harmless in every field of a form, on the cards that come of it, and in every notification', async () => {
    const engineer = world.seat('engineer');
    await engineer.mention('which ports from Edge to Director?');
    await world.settled();
    await engineer.press('Request these ports');
    await world.settled();
    const typed: Typed = {
      ...requestInEnglish,
      title: short,
      business_need: hostile,
      application: short,
      application_owner: short,
      security_impact: hostile,
      test_plan: hostile,
      backout_plan: hostile,
    };
    await fillPages(engineer, typed);
    await engineer.submit();
    await world.settled();
    expect(engineer.reads()).toContain('FCR-1');
    expect(world.front.problems).toEqual([]);
    expect(sent().flatMap(acting)).toEqual([]);
    const shown = sent()
      .flatMap((args) => valuesOf(args, 'text'))
      .join('\n');
    for (const character of hidden) expect(shown).not.toContain(character);
    const [card] = await world.seat('approver').told();
    expect(readable(card?.blocks)).toContain('<!channel>');
  });

  test('is harmless in a message, however long, and in a name', async () => {
    const engineer = world.seat('engineer');
    world.front.profiles.set(engineer.id, { profile: { display_name: '<!channel> *Erin*' } });
    const before = sent().length;
    await engineer.tell('&lt;!channel&gt; which ports from &lt;@U0PORTCLERK&gt; to Director?');
    await engineer.tell(`which ports from ${'edge '.repeat(2_000)} to Director?`);
    await engineer.tell('x'.repeat(39_000));
    await world.settled();
    expect(world.front.problems).toEqual([]);
    expect(sent().slice(before).flatMap(acting)).toEqual([]);
    expect((await engineer.told()).length).toBeGreaterThanOrEqual(3);
    expect(world.started.faults).toEqual([]);
  });
});
