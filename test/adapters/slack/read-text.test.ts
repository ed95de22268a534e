import { expect, test } from 'vitest';
import { mentions, readText } from '../../../src/adapters/slack/read-text.ts';

test.each([
  ['<@UBOT> which ports?', 'which ports?'],
  ['<@UBOT>, which ports?', 'which ports?'],
  ['<@UBOT|portclerk>:\u00a0which ports?', 'which ports?'],
  ['<@UBOT>：哪些端口？', '哪些端口？'],
  ['hey <@UBOT> which ports?', 'hey which ports?'],
  ['<@UBOT>', ''],
  ['for <@U2|ada> and <@U3>', 'for ada and U3'],
  ['see <#C1|general>, <#C2> and <#C3|>', 'see #general, #C2 and #C3'],
  ['<!channel> <!here> <!subteam^S1|@net> <!subteam^S2>', '@channel @here @net @S2'],
  ['until <!date^1700000000^{date}|14 November>', 'until 14 November'],
  ['<http://sip.example.com|sip.example.com> and <https://example.com/a?b=1&amp;c=2>', 'sip.example.com and https://example.com/a?b=1&c=2'],
  ['<mailto:a@example.com|a@example.com> <tel:123|123> <mailto:b@example.com>', 'a@example.com 123 b@example.com'],
  ['Edge -&gt; Director &amp; &lt;b&gt; &amp;lt;', 'Edge -> Director & <b> &lt;'],
  ['a\tb\tc\n1\t2\t3', 'a\tb\tc\n1\t2\t3'],
])('%j reads %j', (typed, read) => {
  expect(readText(typed, 'UBOT')).toBe(read);
});

test('a mention of somebody whose id only begins as the bot’s does is not one of the bot', () => {
  expect(mentions('<@UBOT2> hello', 'UBOT')).toBe(false);
  expect(mentions('hello <@UBOT|clerk>', 'UBOT')).toBe(true);
});
