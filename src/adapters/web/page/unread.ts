import type { WireMessage } from './wire.ts';

/** Up to when this browser has shown each conversation to one person; kept beyond a reload where the browser allows. */
export type Unread = {
  isNew(conversation: string, message: WireMessage): boolean;
  seen(conversation: string, messages: Iterable<WireMessage>): void;
};

export function createUnread(person: string): Unread {
  const key = `portclerk.seen.${person}`;
  const seen: Record<string, string> = read(key);
  return {
    isNew: (conversation, message) => message.author?.id !== person && message.changedAt > (seen[conversation] ?? ''),
    seen(conversation, messages) {
      for (const { changedAt } of messages) {
        if (changedAt > (seen[conversation] ?? '')) seen[conversation] = changedAt;
      }
      try {
        localStorage.setItem(key, JSON.stringify(seen));
      } catch {
        // A browser that stores nothing shows everything as new after a reload; nothing is lost.
      }
    },
  };
}

function read(key: string): Record<string, string> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return {};
    return Object.fromEntries(Object.entries(kept).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  } catch {
    return {};
  }
}
