import type { Card, CardAction } from '../chat/card.ts';
import { cutLine } from '../chat/cut.ts';
import type { ChangeRequest } from '../domain/change-request.ts';
import type { Message, Reader } from '../locale.ts';
import type { Knowledge } from './ports.ts';
import { statusText } from './request-card.ts';
import { directoryOf } from './turn.ts';

/** A request's title in a line, up to so many characters. */
const most = 120;

/** Requests in a line each, and a button for each that shows more of it. */
export function requestLines(
  requests: readonly ChangeRequest[],
  knowledge: Knowledge,
  reader: Reader,
  button: (request: ChangeRequest) => { readonly label: Message; readonly action: 'request.view' | 'request.details' },
): Pick<Card, 'elements' | 'actions'> & { readonly lines: readonly string[] } {
  const directory = directoryOf(knowledge);
  const say = (key: string, params: Message['params'] = {}) => knowledge.say({ key, params }, reader);
  const rows = requests.map((request) => ({
    request,
    title: `${request.id} · ${cutLine(request.content.title, most)}`,
    status: statusText(request, directory, say),
  }));
  return {
    elements: rows.map(({ title, status }) => ({ kind: 'text', spans: [{ strong: title }, ` · ${status}`] })),
    actions: rows.map(({ request }): CardAction => {
      const { label, action } = button(request);
      const data = { request: request.id, version: request.version };
      return { kind: 'button', label: knowledge.say(label, reader), action, data, style: 'default' };
    }),
    lines: rows.map(({ title, status }) => `${title} · ${status}`),
  };
}
