import { describe, expect, it } from 'vitest';
import { renderSlackHome } from '../../../src/adapters/slack/home.ts';
import { renderCopyModal, renderLoadingModal, renderNoticeModal } from '../../../src/adapters/slack/notice-modal.ts';
import type { Card } from '../../../src/chat/card.ts';
import type { Home } from '../../../src/chat/home.ts';
import { cards } from '../../support/cards.ts';
import { loadTestKnowledge } from '../../support/knowledge.ts';
import { checkSlackView, textsOf, valuesOf } from '../../support/slack-limits.ts';

const { say } = loadTestKnowledge();

const row = (place: number, more: Partial<Card> = {}): Card => ({
  locale: 'en',
  title: `FCR-${place}.`,
  elements: [{ kind: 'text', spans: ['waiting for Network approvers'] }],
  actions: [{ kind: 'button', label: 'Details', action: 'request.details', data: { request: `FCR-${place}` }, style: 'default' }],
  summary: '',
  ...more,
});
const home = (sections: Home['sections'], more: Partial<Home> = {}): Home => ({
  locale: 'en',
  title: 'portclerk for Erin Vogt',
  sections,
  actions: [{ kind: 'button', label: 'New request', action: 'requests.new', data: {}, style: 'primary' }],
  ...more,
});
const section = (heading: string, some: readonly Card[], more: string | null = null) => ({
  heading,
  cards: some,
  none: `No ${heading}.`,
  more,
});
const rows = (count: number, more: Partial<Card> = {}) => Array.from({ length: count }, (_, place) => row(place, more));
const words = (view: { readonly blocks: readonly unknown[] }) => textsOf(view.blocks).join('\n');

describe("somebody's home page in Slack", () => {
  it('looks as agreed', async () => {
    const { view } = renderSlackHome(home([section('Waiting', [row(12), cards.request], 'And 3 more.'), section('Drafts', [])]), say);
    expect(checkSlackView(view)).toEqual([]);
    await expect(`${JSON.stringify(view, null, 2)}\n`).toMatchFileSnapshot('../../golden/slack/home.json');
  });

  it('looks as agreed in Chinese', async () => {
    const card = row(12, { locale: 'zh-CN', elements: [{ kind: 'text', spans: ['等待网络审批（0/1）'] }] });
    const sections = [{ heading: '等您决定（1）', cards: [card], none: '无', more: '还有 3 项。' }];
    const { view } = renderSlackHome(home(sections, { locale: 'zh-CN', title: '李明的 portclerk' }), say);
    expect(checkSlackView(view)).toEqual([]);
    await expect(`${JSON.stringify(view, null, 2)}\n`).toMatchFileSnapshot('../../golden/slack/home-zh.json');
  });

  it('shows the whole page that the program makes, at its longest', () => {
    const sections = ['Waiting', 'Drafts', 'Mine', 'To do'].map((heading) => section(heading, rows(10), 'And 90 more.'));
    const { view } = renderSlackHome(home(sections), say);
    expect(checkSlackView(view)).toEqual([]);
    expect(words(view).match(/FCR-9\./g)).toHaveLength(4);
  });

  it('counts the cards that have no room, and gives every section some', () => {
    const long = { elements: [{ kind: 'text', spans: ['字'.repeat(10_000)] }] } as const;
    const { view } = renderSlackHome(home([section('Waiting', rows(300, long)), section('Mine', rows(300))]), say);
    expect(checkSlackView(view)).toEqual([]);
    const shown = words(view).match(/FCR-\d+\./g)?.length ?? 0;
    const left = [...words(view).matchAll(/And (\d+) more\./g)].map(([, count]) => Number(count));
    expect(left).toHaveLength(2);
    expect(shown + left.reduce((sum, count) => sum + count, 0)).toBe(600);
  });

  it('says what an empty section means', () => {
    expect(words(renderSlackHome(home([section('drafts', [])]), say).view)).toContain('No drafts.');
  });
});

describe('cards in a modal', () => {
  it('stand there with their buttons, which are told apart', () => {
    const { view } = renderNoticeModal([cards.request, cards.error, cards.request], 'en', say);
    expect(checkSlackView(view)).toEqual([]);
    const ids = valuesOf(view, 'action_id');
    expect(ids).toEqual(['request.approve#0', 'request.reject#1', 'dialog.answer#2', 'request.approve#3', 'request.reject#4']);
  });

  it('are announced before they are there', () => {
    expect(words(renderLoadingModal('zh-CN', say))).toBe('请稍候…');
  });

  it('show a text to be copied whole, and nothing else in its block', () => {
    const text = 'TCP 5061\n'.repeat(3000);
    const view = renderCopyModal(text, 'en', say);
    expect(checkSlackView(view)).toEqual([]);
    expect(textsOf(view.blocks.slice(1)).join('')).toBe(text);
  });
});
