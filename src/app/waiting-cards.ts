import { type Addressing, cardRows } from './audience.ts';
import type { Knowledge, NewOutboxRow } from './ports.ts';
import type { Surroundings } from './turn.ts';

/** The cards of all requests that wait for approval, when it may be others who decide: for those who are new, and as everyone else is to see them now. */
export async function waitingCards(
  knowledge: Knowledge,
  { store, ...addressing }: Addressing & Pick<Surroundings, 'store'>,
): Promise<readonly NewOutboxRow[]> {
  const waiting = await store.requests({ states: ['in-approval'] });
  const rows = await Promise.all(
    waiting.map(async (request) => cardRows(request, knowledge, await store.postedCards(request.id), addressing)),
  );
  return rows.flat();
}
