import { createComposer } from './composer.ts';
import { button, byId, h } from './dom.ts';
import { createFeed, type Feed } from './messages.ts';
import { Failure, listen, loadView, sendTurn } from './server.ts';
import { createUnread } from './unread.ts';
import type { WireConversation, WireEvent, WireLocale, WireMessage, WireView } from './wire.ts';

const address = new URL(location.href);
const personId = address.searchParams.get('as') ?? 'engineer';
const strangerId = 'stranger';
const chosen = address.searchParams.get('lang');
const chosenLocale: WireLocale | null = chosen === 'en' || chosen === 'zh-CN' ? chosen : null;

const scroller = byId('messages', HTMLElement);
const announcer = byId('announcer', HTMLParagraphElement);
const latest = byId('latest', HTMLButtonElement);
const connection = byId('connection', HTMLParagraphElement);
const unread = createUnread(personId);
/** Every message known, by conversation and id. What comes later never makes one older. */
const known = new Map<string, Map<string, WireMessage>>();
let view: WireView | null = null;
let feed: Feed | null = null;
/** The thread this person last did something in: a private question there gets the keyboard. */
let ownThread: string | null = null;

function openId(current: WireView): string {
  const asked = location.hash.slice(1);
  return (
    current.conversations.find((conversation) => encodeURIComponent(conversation.id) === asked)?.id ?? current.conversations[0]?.id ?? ''
  );
}

async function refresh(): Promise<void> {
  try {
    view = await loadView(personId, chosenLocale);
  } catch (error) {
    const said = error instanceof Failure ? error.said : null;
    connection.hidden = false;
    connection.replaceChildren(said ?? view?.texts['failed.load'] ?? 'The server does not answer. 服务器没有响应。');
    return;
  }
  connection.hidden = true;
  const open = openId(view);
  for (const { id, messages } of view.conversations) {
    for (const message of messages) {
      if (known.get(id)?.get(message.id)?.changedAt === message.changedAt || !remember(id, message)) continue;
      if (id === open) feed?.put(message);
    }
  }
  showFrame(view);
  // What stands is kept: somebody may be in the middle of a sentence.
  if (feed === null) showConversation(view);
  else markSeen(open);
}

/** Returns whether the message is new or newer than what was known. */
function remember(conversation: string, message: WireMessage): boolean {
  const messages = known.get(conversation) ?? new Map<string, WireMessage>();
  known.set(conversation, messages);
  const standing = messages.get(message.id);
  if (standing !== undefined && standing.changedAt > message.changedAt) return false;
  messages.set(message.id, message);
  return true;
}

function receive({ conversation, message }: WireEvent): void {
  const before = known.get(conversation)?.get(message.id);
  if (!remember(conversation, message) || view === null) return;
  const mine = message.author?.id === personId;
  if (!mine) announce(`${before === undefined ? (message.author?.name ?? view.texts['bot']) : view.texts['updated']}: ${message.summary}`);
  if (conversation === openId(view)) {
    const atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80;
    scroller.querySelector('.empty')?.remove();
    const item = feed?.put(message);
    if (message.private && message.thread !== null && message.thread === ownThread) feed?.openThread(message.thread);
    else if (message.thread !== null && (mine || message.thread === ownThread)) item?.scrollIntoView({ block: 'nearest' });
    else if (mine || atEnd) toEnd();
    else if (before === undefined) latest.hidden = false;
    markSeen(conversation);
  }
  showConversations(view);
}

function announce(text: string): void {
  announcer.textContent = text;
}

function toEnd(): void {
  scroller.scrollTop = scroller.scrollHeight;
  latest.hidden = true;
}

function markSeen(conversation: string): void {
  if (document.visibilityState === 'visible') unread.seen(conversation, known.get(conversation)?.values() ?? []);
}

function showFrame({ texts, locale, people, person }: WireView): void {
  document.documentElement.lang = locale;
  byId('band', HTMLParagraphElement).textContent = texts['band'] ?? '';
  byId('person-label', HTMLSpanElement).textContent = texts['person'] ?? '';
  latest.textContent = `↓ ${texts['latest']}`;
  const select = byId('person', HTMLSelectElement);
  const stranger = { id: person.known ? strangerId : person.id, name: texts['stranger'] ?? '' };
  select.replaceChildren(
    ...[...people, stranger].map(({ id, name }) =>
      h('option', { value: id, selected: id === person.id }, name === id ? name : `${name} (${id})`),
    ),
  );
  const languages = byId('languages', HTMLFieldSetElement);
  languages.setAttribute('aria-label', texts['language'] ?? '');
  for (const each of languages.querySelectorAll('button')) each.setAttribute('aria-pressed', String(each.value === locale));
  showConversations({ conversations: view?.conversations ?? [], texts });
}

function showConversations({ conversations, texts }: Pick<WireView, 'conversations' | 'texts'>): void {
  if (view === null) return;
  const open = openId(view);
  let total = 0;
  const links = conversations.map((conversation) => {
    const count = [...(known.get(conversation.id)?.values() ?? [])].filter((message) => unread.isNew(conversation.id, message)).length;
    total += count;
    const badge =
      count === 0 ? null : h('span', { class: 'badge', role: 'img', 'aria-label': `${texts['unread']}: ${count}` }, String(count));
    const here = conversation.id === open ? { 'aria-current': 'page' } : {};
    return h('a', { href: `#${encodeURIComponent(conversation.id)}`, ...here }, h('span', {}, conversation.title), badge);
  });
  const nav = byId('conversations', HTMLElement);
  nav.setAttribute('aria-label', texts['conversations'] ?? '');
  nav.replaceChildren(...links);
  document.title = `${total > 0 ? `(${total}) ` : ''}${view.person.known ? view.person.name : view.texts['stranger']} · ${texts['title']}`;
}

function showConversation(current: WireView): void {
  const conversation = current.conversations.find((each) => each.id === openId(current));
  if (conversation === undefined) return;
  const { texts } = current;
  byId('place-title', HTMLHeadingElement).textContent = conversation.title;
  byId('place-about', HTMLParagraphElement).textContent = conversation.about;
  scroller.setAttribute('aria-label', conversation.title);
  const list = h('ol', { class: 'feed' });
  const place = { as: personId, conversation: conversation.id };
  feed = createFeed({
    list,
    person: current.person,
    locale: current.locale,
    texts,
    threads: conversation.kind === 'channel',
    announce,
    click(message, data) {
      ownThread = message.thread ?? message.id;
      const turn = { ...place, id: crypto.randomUUID(), thread: message.thread, kind: 'click', message: message.id, data } as const;
      return sendTurn(turn, current.locale);
    },
    reply(thread, text, id) {
      ownThread = thread;
      return sendTurn({ ...place, id, thread, kind: 'message', text }, current.locale);
    },
  });
  scroller.replaceChildren(list);
  const messages = [...(known.get(conversation.id)?.values() ?? [])];
  for (const message of messages) feed.put(message);
  const label = texts[`composer.${conversation.kind}`] ?? '';
  const composer = createComposer(label, texts, (text, id) =>
    sendTurn({ ...place, id, thread: null, kind: 'message', text }, current.locale),
  );
  byId('composer', HTMLDivElement).replaceChildren(composer.element);
  if (messages.length === 0) scroller.append(showEmpty(conversation, current, composer.sendNow));
  toEnd();
  composer.focus();
  markSeen(conversation.id);
  showConversations(current);
}

function showEmpty(conversation: WireConversation, { texts, examples }: WireView, ask: (text: string) => void): HTMLElement {
  const offers = conversation.kind === 'direct' ? examples.map((example) => button(example, {}, () => ask(example))) : [];
  return h('div', { class: 'empty' }, h('p', {}, texts[`empty.${conversation.kind}`] ?? ''), ...offers);
}

// What scrolls can be scrolled by keyboard.
scroller.tabIndex = 0;
byId('person', HTMLSelectElement).addEventListener('change', (event) => {
  if (!(event.target instanceof HTMLSelectElement)) return;
  address.searchParams.set('as', event.target.value);
  address.searchParams.delete('lang');
  address.hash = '';
  location.assign(address);
});
for (const each of byId('languages', HTMLFieldSetElement).querySelectorAll('button')) {
  each.addEventListener('click', () => {
    address.searchParams.set('lang', each.value);
    address.hash = location.hash;
    location.assign(address);
  });
}
latest.addEventListener('click', toEnd);
addEventListener('hashchange', () => view !== null && showConversation(view));
document.addEventListener('visibilitychange', () => {
  if (view === null) return;
  markSeen(openId(view));
  showConversations(view);
});
listen(personId, {
  message: receive,
  refresh,
  connected(is) {
    connection.hidden = is;
    if (!is) connection.textContent = view?.texts['offline'] ?? 'The server does not answer. 服务器没有响应。';
  },
});
