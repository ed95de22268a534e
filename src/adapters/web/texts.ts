import type { Knowledge } from '../../app/ports.ts';
import type { Locale, Reader } from '../../locale.ts';

/** The page's own words, as `page.<name>` in the locale files. */
const names = [
  'title',
  'band',
  'person',
  'language',
  'stranger',
  'conversations',
  'direct',
  'direct.about',
  'approvals',
  'approvals.about',
  'composer.direct',
  'composer.channel',
  'composer.thread',
  'send',
  'sending',
  'empty.direct',
  'empty.channel',
  'private',
  'edited',
  'you',
  'bot',
  'reply',
  'replies',
  'unread',
  'updated',
  'copied',
  'copy.refused',
  'copy.close',
  'offline',
  'failed.send',
  'failed.click',
  'failed.load',
  'retry',
  'latest',
] as const;

const exampleNames = ['page.example.1', 'page.example.2', 'page.example.3', 'page.example.4'];

export function pageTexts(knowledge: Knowledge, reader: Reader): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, knowledge.say({ key: `page.${name}` }, reader)]));
}

export function examples(knowledge: Knowledge, reader: Reader): string[] {
  return exampleNames.map((key) => knowledge.say({ key }, reader));
}

export function failureText(knowledge: Knowledge, key: string, locale: Locale): string {
  return knowledge.say({ key: `page.${key}` }, { locale, zone: 'UTC' });
}
