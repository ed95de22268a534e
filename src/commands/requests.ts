import { cardLines } from '../adapters/terminal/card-text.ts';
import { readRequestId } from '../app/decisions.ts';
import type { Knowledge, Store } from '../app/ports.ts';
import { requestCard, statusText } from '../app/request-card.ts';
import { directoryOf } from '../app/turn.ts';
import { visible } from '../chat/visible.ts';
import type { ChangeRequest } from '../domain/change-request.ts';
import type { Reader } from '../locale.ts';

export type RequestsParts = {
  readonly store: Pick<Store, 'request' | 'requests'>;
  readonly knowledge: Knowledge;
  readonly reader: Reader;
  readonly json: boolean;
  readonly columns: number;
  readonly write: (line: string) => void;
  readonly fail: (line: string) => void;
};

/** Prints the stored requests, newest first. */
export async function listRequests({ store, knowledge, reader, json, write }: RequestsParts): Promise<number> {
  const requests = await store.requests();
  if (json) {
    write(JSON.stringify(requests.map(published)));
    return 0;
  }
  const say = (key: string, params = {}): string => knowledge.say({ key, params }, reader);
  for (const request of requests) {
    write(visible(`${request.id}  ${request.content.title}  ${statusText(request, directoryOf(knowledge), say)}`));
  }
  return 0;
}

/** Prints one request, or says that there is none. */
export async function showRequest(wanted: string, parts: RequestsParts): Promise<number> {
  const { store, knowledge, reader, json, columns, write, fail } = parts;
  const id = readRequestId(wanted);
  const request = id === null ? null : await store.request(id);
  if (!request) {
    fail(knowledge.say({ key: 'refusal.no-such-request', params: { request: visible(wanted) } }, reader));
    return 1;
  }
  if (json) write(JSON.stringify(published(request)));
  else
    for (const line of cardLines({ ...requestCard(request, null, knowledge, reader, { detail: 'full' }), actions: [] }, columns))
      write(line);
  return 0;
}

/** A request without the key of its content hash and without the dialog it came from. */
function published({ salt: _salt, dialog: _dialog, ...request }: ChangeRequest): Omit<ChangeRequest, 'salt' | 'dialog'> {
  return request;
}
