import { type CardHost, showCard } from './cards.ts';
import { createComposer } from './composer.ts';
import { button, h } from './dom.ts';
import type { WireLocale, WireMessage } from './wire.ts';

export type Feed = {
  /** Puts a message in its place, or another version of it in the old one's. Returns its element. */
  put(message: WireMessage): HTMLElement;
  /** Opens the field under a message of a channel and brings it into view. */
  openThread(id: string): void;
  clear(): void;
};

export type FeedParts = {
  readonly list: HTMLElement;
  readonly person: { readonly id: string; readonly zone: string };
  readonly locale: WireLocale;
  readonly texts: Readonly<Record<string, string>>;
  /** Whether messages can be replied to in threads. */
  readonly threads: boolean;
  click(message: WireMessage, data: object): Promise<void>;
  reply(thread: string, text: string, id: string): Promise<void>;
  announce(text: string): void;
};

/** The messages of one conversation, each thread under its message. */
export function createFeed(parts: FeedParts): Feed {
  const { list, texts } = parts;
  const items = new Map<
    string,
    { readonly item: HTMLElement; article: HTMLElement; readonly replies: HTMLElement; readonly foot: HTMLElement }
  >();

  function put(message: WireMessage): HTMLElement {
    const article = showMessage(message, parts);
    const standing = items.get(message.id);
    if (standing !== undefined) {
      const held = standing.article.contains(document.activeElement);
      standing.article.replaceWith(article);
      standing.article = article;
      article.classList.add('changed');
      if (held) article.focus();
      return standing.item;
    }
    const replies = h('ol', { class: 'replies', 'aria-label': texts['replies'] ?? '' });
    const foot = h('div', { class: 'foot' });
    const item = h('li', {}, article, replies, foot);
    items.set(message.id, { item, article, replies, foot });
    const root = message.thread === null ? undefined : items.get(message.thread);
    (root?.replies ?? list).append(item);
    if (root === undefined && parts.threads && !message.private) closeThread(message.id);
    return item;
  }

  function openThread(id: string): void {
    const foot = items.get(id)?.foot;
    if (foot === undefined) return;
    if (!foot.querySelector('form')) {
      const composer = createComposer(texts['composer.thread'] ?? '', texts, (text, turn) => parts.reply(id, text, turn));
      composer.element.addEventListener('keydown', (event) => {
        if (event.key === 'Escape') closeThread(id);
      });
      foot.replaceChildren(composer.element);
      composer.focus();
    }
    foot.scrollIntoView({ block: 'nearest' });
  }

  function closeThread(id: string): void {
    items.get(id)?.foot.replaceChildren(button(texts['reply'] ?? '', { class: 'quiet' }, () => openThread(id)));
  }

  return {
    put,
    openThread,
    clear() {
      items.clear();
      list.replaceChildren();
    },
  };
}

function showMessage(message: WireMessage, parts: FeedParts): HTMLElement {
  const { texts, person } = parts;
  const mine = message.author?.id === person.id;
  const name = message.author === null ? (texts['bot'] ?? '') : mine ? (texts['you'] ?? '') : message.author.name;
  const host: CardHost = { texts, announce: parts.announce, press: (data) => parts.click(message, data) };
  const { content } = message;
  const body = content.kind === 'text' ? h('p', { class: 'text' }, content.text) : showCard(content.card, host);
  const kind = [message.author === null ? 'bot' : mine ? 'mine' : 'theirs', message.private ? 'private' : ''].join(' ').trim();
  return h(
    'article',
    { class: kind, tabindex: '-1', 'aria-label': `${name}: ${message.summary}`, 'data-message': message.id },
    h('span', { class: 'face', 'aria-hidden': 'true' }, message.author === null ? '' : initials(message.author.name)),
    h(
      'div',
      { class: 'who' },
      h('strong', {}, name),
      ' ',
      time(message.at, parts),
      message.changedAt === message.at ? null : h('span', { class: 'note' }, ` · ${texts['edited']} `, time(message.changedAt, parts)),
      message.private ? h('span', { class: 'note' }, ` · ${texts['private']}`) : null,
    ),
    body,
  );
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  return words
    .slice(0, 2)
    .map((word) => [...word][0]?.toUpperCase() ?? '')
    .join('');
}

/** Today's hour; with the day when it was another one. */
function time(at: string, parts: FeedParts): HTMLElement {
  const moment = new Date(at);
  const zone = { timeZone: parts.person.zone };
  const day = (date: Date) => date.toLocaleDateString('en-CA', zone);
  const hour: Intl.DateTimeFormatOptions = { ...zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
  const options: Intl.DateTimeFormatOptions = day(moment) === day(new Date()) ? hour : { ...hour, month: 'short', day: 'numeric' };
  const full = moment.toLocaleString(parts.locale, { ...zone, dateStyle: 'full', timeStyle: 'long' });
  return h('time', { datetime: at, title: full }, moment.toLocaleString(parts.locale, options));
}
