import { randomUUID } from 'node:crypto';
import type { WireMessage } from '../../src/adapters/web/page/wire.ts';
import type { Json } from '../../src/locale.ts';
import type { Seat } from './transcript.ts';
import { openEvents, type RunningWeb } from './web.ts';

const conversationIds = { direct: (person: string) => `direct:${person}`, approvals: () => 'approvals' };

type Seen = { readonly conversation: string; readonly message: WireMessage };

export type WebSeat = Seat & { catchUp(): Promise<void>; close(): void };

/** One person at the page: what they do goes over HTTP, what they see comes by server-sent events. */
export async function webSeat(web: RunningWeb, person: string): Promise<WebSeat> {
  const stream = await openEvents(web.port, person);
  await stream.next();
  const inSight = new Map<string, Seen>();
  let fresh: Seen[] = [];
  let thread: string | null = null;

  /** Everything the server shows by now has come by event as well; waits for what is still on its way. */
  async function catchUp(): Promise<void> {
    const { conversations } = await web.view(person);
    const shown = conversations.flatMap(({ id, messages }) => messages.map((message) => ({ conversation: id, message })));
    const missing = () => shown.some(({ message }) => JSON.stringify(inSight.get(message.id)?.message) !== JSON.stringify(message));
    while (missing()) {
      const { data } = await stream.next();
      if (!isSeen(data)) continue;
      inSight.delete(data.message.id);
      inSight.set(data.message.id, data);
      fresh.push(data);
    }
  }

  async function send(turn: object): Promise<void> {
    const answer = await web.turn({ as: person, id: randomUUID(), ...turn });
    if (answer.status !== 200) throw new Error(`the page answered ${answer.status} ${answer.body}`);
  }

  return {
    catchUp,
    async say(text, where) {
      const conversation = conversationIds[where](person);
      await send({ conversation, thread: where === 'approvals' ? thread : null, kind: 'message', text });
    },
    button(label, on, where) {
      const conversation = conversationIds[where](person);
      for (const { message } of [...inSight.values()].filter((seen) => seen.conversation === conversation).reverse()) {
        const action = buttonsOf(message).find(({ title }) => title === label);
        if (action === undefined || (on !== null && !textOf(message).includes(on))) continue;
        return async () => {
          if (where === 'approvals') thread = message.thread ?? message.id;
          await send({ conversation, thread: message.thread, kind: 'click', message: message.id, data: action.data });
        };
      }
      return null;
    },
    async news(where) {
      const conversation = conversationIds[where](person);
      const seen = fresh.filter((each) => each.conversation === conversation);
      fresh = fresh.filter((each) => each.conversation !== conversation);
      return {
        text: seen.map(({ message }) => textOf(message)).join('\n'),
        buttons: seen.flatMap(({ message }) => buttonsOf(message).map(({ title }) => title)),
      };
    },
    close: () => stream.close(),
  };
}

function isSeen(data: unknown): data is Seen {
  return typeof data === 'object' && data !== null && 'message' in data;
}

/** What stands on the card, as a reader sees it: each block's runs joined, one block a line. */
function textOf({ content }: WireMessage): string {
  return content.kind === 'text' ? content.text : blocks(JSON.parse(JSON.stringify(content.card))).join('\n');
}

function blocks(json: Json): string[] {
  if (Array.isArray(json)) return json.flatMap(blocks);
  if (typeof json !== 'object' || json === null) return [];
  if ('inlines' in json && Array.isArray(json['inlines'])) return [json['inlines'].map((run) => fieldOf(run, 'text')).join('')];
  return Object.entries(json).flatMap(([name, value]) => (name === 'actions' ? [] : blocks(value)));
}

function fieldOf(json: Json, name: string): string {
  const value =
    typeof json === 'object' && json !== null && !Array.isArray(json) ? Object.entries(json).find(([key]) => key === name)?.[1] : '';
  return typeof value === 'string' ? value : '';
}

function buttonsOf({ content }: WireMessage): { readonly title: string; readonly data: unknown }[] {
  if (content.kind === 'text' || !('actions' in content.card) || !Array.isArray(content.card.actions)) return [];
  return content.card.actions.map(({ title, data }: { title: string; data: unknown }) => ({ title, data }));
}
