import type { BoardMessage, Knowledge, MessageBoard } from '../../app/ports.ts';
import type { Conversation } from '../../chat/activity.ts';
import { renderAdaptiveCard } from '../../chat/adaptive-card.ts';
import { visible } from '../../chat/visible.ts';
import type { Locale } from '../../locale.ts';
import { conversationsOf, mayRead } from './conversations.ts';
import type { WireConversation, WireMessage, WireView } from './page/wire.ts';
import { examples, pageTexts } from './texts.ts';

const shown = 300;

/** Everything the page shows one account, in `locale` or else the person's own language. */
export async function readView(account: string, locale: Locale | null, knowledge: Knowledge, board: MessageBoard): Promise<WireView> {
  const person = knowledge.people.find((candidate) => candidate.id === account);
  const reader = { locale: locale ?? person?.locale ?? 'en', zone: person?.zone ?? 'UTC' };
  const texts = pageTexts(knowledge, reader);
  return {
    person: { id: account, name: person?.name ?? account, known: person !== undefined, zone: reader.zone },
    people: knowledge.people.map(({ id, name, email }) => ({ id, name, email })),
    locale: reader.locale,
    texts,
    examples: examples(knowledge, reader),
    conversations: await Promise.all(conversationsOf(account, knowledge).map((conversation) => readConversation(conversation))),
  };

  async function readConversation(conversation: Conversation): Promise<WireConversation> {
    const messages = await board.list(conversation.id, shown);
    const name = conversation.kind === 'direct' ? 'direct' : 'approvals';
    return {
      id: conversation.id,
      kind: conversation.kind,
      title: texts[name] ?? name,
      about: texts[`${name}.about`] ?? '',
      messages: messages.filter((message) => mayRead(account, message, knowledge)).map((message) => wireMessage(message, knowledge)),
    };
  }
}

export function wireMessage(message: BoardMessage, knowledge: Knowledge): WireMessage {
  const { id, conversation, author, content, at, editedAt, seenBy } = message;
  const name = knowledge.people.find((person) => person.id === author)?.name ?? author ?? '';
  return {
    id,
    thread: conversation.thread,
    author: author === null ? null : { id: author, name },
    private: seenBy !== null && conversation.kind === 'channel',
    summary: visible(content.kind === 'text' ? content.text : content.card.summary),
    content:
      content.kind === 'text' ? { kind: 'text', text: visible(content.text) } : { kind: 'card', card: renderAdaptiveCard(content.card) },
    at,
    changedAt: editedAt ?? at,
  };
}
