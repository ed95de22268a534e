import { describe, expect, it } from 'vitest';
import { renderTeamsCard, renderTeamsMessages, renderTeamsRequestCard } from '../../../src/adapters/teams/card.ts';
import { readTeamsAction } from '../../../src/adapters/teams/read-action.ts';
import { plainSummary } from '../../../src/adapters/teams/text.ts';
import type { Card, CardAction } from '../../../src/chat/card.ts';
import type { JsonObject } from '../../../src/locale.ts';
import { locales } from '../../../src/locale.ts';
import { cards } from '../../support/cards.ts';
import { loadTestKnowledge } from '../../support/knowledge.ts';
import { type Button, buttonsOf, checkTeamsCard, pressOf, valuesOf } from '../../support/teams-limits.ts';
import { answerTo, requestSample } from '../../support/teams-samples.ts';

const { say } = loadTestKnowledge();
const golden = (name: string) => `../../golden/teams/${name}.json`;
const asFile = (content: unknown) => `${JSON.stringify(content, null, 2)}\n`;
const views = (accounts: readonly string[]) => ({ request: 'FCR-1', version: 3, accounts });
const userId = (account: string) => (account === 'unknown' ? null : `29:${account}`);
const titles = (content: JsonObject) => buttonsOf(content).map(({ title }) => title);
const button = (content: JsonObject, title: string): Button => {
  const found = buttonsOf(content).find((one) => one.title === title);
  if (found === undefined) throw new Error(`no button ${title} among ${titles(content).join(', ')}`);
  return found;
};
const wording = (content: unknown) => valuesOf(content, 'text').join('\n');

describe('a card in Teams', () => {
  for (const [name, card] of Object.entries(cards)) {
    it(`of ${name} looks as agreed`, async () => {
      const content = renderTeamsCard(card, { say });
      expect(checkTeamsCard(content)).toEqual([]);
      await expect(asFile(content)).toMatchFileSnapshot(golden(name));
    });
  }

  for (const locale of locales) {
    it(`of a request looks as agreed to all and to an approver (${locale})`, async () => {
      const base = renderTeamsRequestCard({ card: requestSample(locale, null), views: views(['ann', 'ben']) }, { say, userId });
      const own = renderTeamsCard(requestSample(locale, 'approver'), { say });
      expect([...checkTeamsCard(base), ...checkTeamsCard(own)]).toEqual([]);
      await expect(asFile(base)).toMatchFileSnapshot(golden(`request-base-${locale}`));
      await expect(asFile(own)).toMatchFileSnapshot(golden(`request-approver-${locale}`));
    });
  }

  it('sends the same back when a button is pressed in a client that knows Action.Execute and in one that does not', () => {
    const content = renderTeamsCard(cards.answer, { say });
    const { execute, submit } = pressOf(button(content, 'Other direction'));
    const said = { kind: 'click', action: 'say', data: { text: 'Director to Edge' } };
    expect([readTeamsAction(execute), readTeamsAction(submit)]).toEqual([said, said]);
  });

  it('reads nothing that is not its own', () => {
    for (const value of [null, 'x', 7, [], {}, { action: { verb: 'other', data: {} } }, { portclerk: 1 }, { portclerk: { action: 1 } }]) {
      expect(readTeamsAction(value)).toBeNull();
    }
  });

  it('has columns side by side where they are few, and lines under each other where they are many', () => {
    const few = renderTeamsCard(answerTo('which ports from Edge to Director?', 'en'), { say });
    expect(JSON.stringify(few)).not.toContain('"Table"');
    expect(few['body']).toContainEqual(expect.objectContaining({ type: 'ColumnSet', columns: expect.objectContaining({ length: 3 }) }));
    const many = renderTeamsCard(answerTo('what uses 5061?', 'en'), { say });
    expect(wording(many)).toContain('From → to\nEdge (internal interface) → Director\nWhat for\n');
  });

  it('shows what is to be copied in a field of its own', () => {
    const content = renderTeamsCard(answerTo('which ports from Edge to Director?', 'en'), { say });
    const copies = valuesOf(content, 'value');
    expect(copies).toHaveLength(2);
    expect(copies[0]).toContain('TCP 5061');
    expect(copies[1]).toContain('DIR-6');
    expect(titles(content)).toEqual(['Request these ports', 'Other direction']);
  });

  it('shows the whole of a hash, in halves that a column has room for', () => {
    const hash = '0123456789abcdef'.repeat(4);
    const content = renderTeamsCard(
      { ...cards.request, elements: [{ kind: 'facts', facts: [{ label: 'Hash', value: `sha256:${hash}` }] }] },
      { say },
    );
    expect(wording(content)).toContain(`sha256:${hash.slice(0, 32)} ${hash.slice(32)}`);
  });

  it('says in one line what it is about, without its line breaks', () => {
    expect(plainSummary({ ...cards.request, summary: 'FCR-12 waits\n for  Ann' })).toBe('FCR-12 waits for Ann');
  });
});

describe('a request’s card in a channel', () => {
  const render = (accounts: readonly string[], card = requestSample('en', null)) =>
    renderTeamsRequestCard({ card, views: views(accounts) }, { say, userId });

  it('has no buttons to decide by, only one to see more', () => {
    const card = requestSample('en', null);
    expect(card.actions.map(({ label }) => label)).toContain('Approve');
    expect(titles(render(['ann'], card))).toEqual(['Details']);
  });

  it('is refreshed for those who may decide, by asking for their own view', () => {
    const { refresh } = render(['ann', 'unknown', 'ben']);
    expect(refresh).toMatchObject({ userIds: ['29:ann', '29:ben'] });
    const [action] = [JSON.parse(JSON.stringify(refresh)).action];
    expect(readTeamsAction({ action })).toEqual({ kind: 'click', action: 'request.view', data: { request: 'FCR-1', version: 3 } });
  });

  it('is refreshed for sixty people at most, and for nobody where nobody’s id is known', () => {
    const many = Array.from({ length: 75 }, (_, index) => `a${index}`);
    const content = render(many);
    expect(checkTeamsCard(content)).toEqual([]);
    expect(content['refresh']).toMatchObject({ userIds: expect.objectContaining({ length: 60 }) });
    expect(render(['unknown'])).not.toHaveProperty('refresh');
  });

  it('has the buttons it was given where nobody in particular is to decide', () => {
    const card: Card = {
      ...requestSample('en', null),
      actions: [{ kind: 'button', label: 'Start', action: 'request.start', data: {}, style: 'primary' }],
    };
    expect(titles(renderTeamsRequestCard({ card, views: null }, { say, userId }))).toEqual(['Start']);
  });
});

describe('a reason typed on a card', () => {
  const own = renderTeamsCard(requestSample('en', 'approver'), { say });

  it.each(['Approve', 'Reject', 'Send back', 'Ask'])('comes along with %s', (title) => {
    const { execute, submit } = pressOf(button(own, title), { reason: '  too wide ' });
    for (const value of [execute, submit]) {
      expect(readTeamsAction(value)).toMatchObject({ kind: 'click', data: { request: 'FCR-1', version: 3, reason: 'too wide' } });
    }
  });

  it('stays away from buttons that are no decision, and is no reason when empty', () => {
    expect(readTeamsAction(pressOf(button(own, 'Details'), { reason: 'x' }).execute)).toMatchObject({
      data: { request: 'FCR-1', version: 3 },
    });
    const click = readTeamsAction(pressOf(button(own, 'Reject'), { reason: ' ' }).execute);
    expect(click).toEqual({ kind: 'click', action: 'request.reject', data: { request: 'FCR-1', version: 3 } });
  });

  it('cannot pose as what the button carries', () => {
    const value = pressOf(button(own, 'Reject'), { request: 'FCR-99', action: 'request.approve', data: '{}' }).execute;
    expect(readTeamsAction(value)).toEqual({ kind: 'click', action: 'request.reject', data: { request: 'FCR-1', version: 3 } });
  });

  it('is not asked for where no button needs one', () => {
    expect(valuesOf(renderTeamsCard(requestSample('en', null, 'short'), { say }), 'id')).toEqual(['reason']);
    expect(valuesOf(renderTeamsCard(cards.error, { say }), 'id')).toEqual([]);
  });
});

describe('a long card', () => {
  const words = (count: number, letter: string) => Array.from({ length: count }, (_, index) => `${letter}${index}`);
  const long: Card = {
    locale: 'en',
    title: 'Everything',
    elements: [
      { kind: 'text', spans: [words(4000, 'a').join(' ')] },
      { kind: 'facts', facts: words(60, 'b').map((value) => ({ label: 'Fact', value })) },
      { kind: 'table', columns: ['x', 'y'], rows: words(150, 'c').map((cell) => [cell, 'same']) },
      { kind: 'table', columns: ['1', '2', '3', '4'], rows: words(50, 'd').map((cell) => [cell, 'p', 'q', 'r']) },
      { kind: 'notice', tone: 'warning', spans: [words(900, 'e').join(' ')] },
    ],
    actions: [
      { kind: 'button', label: 'Go', action: 'go', data: {}, style: 'default' },
      { kind: 'copy', label: 'Copy', text: words(3000, 'f').join('\n') },
    ],
    summary: 'all of it',
  };

  it('goes on in further messages with nothing left out, and says which part each is', () => {
    const pages = renderTeamsMessages(long, { say });
    expect(pages.flatMap(checkTeamsCard)).toEqual([]);
    expect(pages.length).toBeGreaterThan(3);
    const said = new Set([...valuesOf(pages, 'text'), ...valuesOf(pages, 'value')].flatMap((text) => text.split(/\s+/)));
    const all = [...words(4000, 'a'), ...words(60, 'b'), ...words(150, 'c'), ...words(50, 'd'), ...words(900, 'e'), ...words(3000, 'f')];
    expect(all.filter((word) => !said.has(word))).toEqual([]);
    expect(wording(pages[1])).toContain(`Everything (2 of ${pages.length})`);
    expect(pages.slice(0, -1).every((page) => wording(page).endsWith('Continued in the next message.'))).toBe(true);
    expect(wording(pages.at(-1))).not.toContain('Continued');
    expect(pages.map(titles).filter(({ length }) => length > 0)).toEqual([['Go']]);
  });

  it('says a table’s columns again where it goes on', () => {
    const pages = renderTeamsMessages({ ...long, elements: long.elements.slice(2, 3), actions: [] }, { say });
    expect(pages.length).toBeGreaterThan(1);
    for (const page of pages) expect(wording(page)).toMatch(/^Everything[^\n]*\nx\ny\nc\d+\n/);
  });

  it('that has to stay one message is shortened, says so, and where the rest is', () => {
    const details: CardAction = { kind: 'button', label: 'Details', action: 'request.details', data: {}, style: 'default' };
    const content = renderTeamsCard({ ...long, actions: [details] }, { say });
    expect(checkTeamsCard(content)).toEqual([]);
    expect(wording(content)).toMatch(/Shortened to fit into one message\. Left out or shortened: \d+\. “Details” shows the rest\./);
    expect(wording(content)).toContain('a0 a1 ');
    expect(titles(content)).toEqual(['Details']);
    expect(wording(renderTeamsCard(long, { say }))).toMatch(/Shortened to fit into one message\. Left out or shortened: \d+\./);
  });

  it('is cut between characters as people count them', () => {
    const family = '👩‍👩‍👧‍👦';
    const card: Card = { ...long, elements: Array.from({ length: 9 }, () => ({ kind: 'text', spans: [family.repeat(700)] })), actions: [] };
    const content = renderTeamsCard(card, { say });
    expect(checkTeamsCard(content)).toEqual([]);
    const texts = valuesOf(content, 'text').filter((text) => text.includes('👩'));
    expect(texts.length).toBeGreaterThan(0);
    for (const text of texts) expect(text.replaceAll(family, '')).toMatch(/^…?$/);
  });

  it('leaves out a button that carries more than a card holds, and says so', () => {
    const heavy: CardAction = { kind: 'button', label: 'Heavy', action: 'ask', data: { question: 'x'.repeat(9000) }, style: 'default' };
    const content = renderTeamsCard({ ...cards.error, actions: [heavy] }, { say });
    expect(titles(content)).toEqual([]);
    expect(wording(content)).toContain('Buttons left out, because they carry too much for a card: 1.');
  });
});
