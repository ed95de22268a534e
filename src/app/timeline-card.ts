import type { Card, CardElement } from '../chat/card.ts';
import { formatMoment } from '../dialog/moment.ts';
import type { ChangeRequest } from '../domain/change-request.ts';
import type { Message, Reader } from '../locale.ts';
import type { StoryEntry } from './audit-story.ts';
import type { Knowledge } from './ports.ts';
import { deedText, wordsText } from './timeline-deeds.ts';

/** A card has to stay readable: the latest entries, and how many are left out. */
const mostRows = 40;

/** What happened to a request, in the reader's language and zone, as the trail has it. */
export function timelineCard(request: ChangeRequest, story: readonly StoryEntry[], knowledge: Knowledge, reader: Reader): Card {
  const say = (key: string, params: Message['params'] = {}): string => knowledge.say({ key, params }, reader);
  const { people } = knowledge;
  const rows = together(story).map((group) => {
    const [first] = group;
    const deeds = group.map((one) => deedText(one, people, say)).reduce((first, second) => say('timeline.both', { first, second }));
    const words = group.length === 1 ? wordsText(first, say) : null;
    const what = words === null ? deeds : say('timeline.said', { deed: deeds, text: words });
    return [formatMoment(new Date(first.entry.at), reader), first.who ?? say('timeline.program'), what];
  });
  const left = Math.max(rows.length - mostRows, 0);
  const earlier: CardElement = { kind: 'text', spans: [{ subtle: say('timeline.earlier', { count: left, request: request.id }) }] };
  const columns = ['when', 'who', 'what'].map((column) => say(`timeline.column.${column}`));
  const data = { request: request.id, version: request.version };
  return {
    locale: reader.locale,
    title: say('timeline.title', { request: request.id, title: request.content.title }),
    elements: [
      ...(left > 0 ? [earlier] : []),
      { kind: 'table', columns, rows: rows.slice(left) },
      { kind: 'text', spans: [{ subtle: say('timeline.zone', { zone: reader.zone }) }] },
    ],
    actions: [{ kind: 'button', label: say('timeline.button.proof'), action: 'request.proof', data, style: 'default' }],
    summary: say('timeline.summary', { request: request.id, count: rows.length }),
  };
}

type Group = readonly [StoryEntry, ...StoryEntry[]];

/** Cards that were first shown one after the other are one line. */
function together(story: readonly StoryEntry[]): readonly Group[] {
  const groups: [StoryEntry, ...StoryEntry[]][] = [];
  for (const one of story) {
    const last = groups.at(-1);
    const isPosted = one.entry.type === 'delivery.post';
    if (last !== undefined && isPosted && last[0].entry.type === one.entry.type) last.push(one);
    else groups.push([one]);
  }
  return groups;
}
