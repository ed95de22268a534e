import { refuse } from '../domain/refusal.ts';
import { readRequestId } from './decisions.ts';
import { draftCard } from './draft-card.ts';
import { requestCard } from './request-card.ts';
import { requestLines } from './request-lines.ts';
import { messageCard, type PersonTurn, type Plan, privately, refusedPlan, type Surroundings } from './turn.ts';
import { ownTurnFirst, underWay } from './under-way.ts';

/** So many are shown; the others are counted. */
const mostRequests = 10;
const mostDrafts = 5;

/** A person's own requests that are not done, a line each, and their drafts. */
export async function planList(turn: PersonTurn, { store }: Surroundings): Promise<Plan> {
  const { knowledge, reader, person } = turn;
  const { say } = knowledge;
  const mine = ownTurnFirst(await store.requests({ requester: person.id, states: underWay }), person.id);
  const drafts = await store.drafts(person.id);
  const nothing = mine.length + drafts.length === 0;
  const shown = requestLines(mine.slice(0, mostRequests), knowledge, reader, ({ id }) => ({
    label: { key: 'request.button.view', params: { request: id } },
    action: 'request.view',
  }));
  const left = Math.max(mine.length - mostRequests, 0) + Math.max(drafts.length - mostDrafts, 0);
  const heading = nothing ? { key: 'request.list.none' } : { key: 'request.list.mine', params: { count: mine.length } };
  const { summary, ...head } = messageCard(say, reader, [heading], shown);
  const cards = [
    { ...head, summary: [summary, ...shown.lines].join(' ') },
    ...drafts.slice(0, mostDrafts).map((draft) => draftCard(draft, knowledge, reader)),
    ...(left > 0 ? [messageCard(say, reader, [{ key: 'request.list.more', params: { count: left } }])] : []),
  ];
  return { commit: { audit: [] }, reply: privately(turn, cards) };
}

/** One request, by whatever was said for its id. */
export async function planShow(turn: PersonTurn, requested: string, { store }: Surroundings): Promise<Plan> {
  const { knowledge, reader, person } = turn;
  const id = readRequestId(requested);
  const request = id === null ? null : await store.request(id);
  if (!request) return refusedPlan(turn, 'request.show', id, refuse('no-such-request', { request: requested }));
  const undelivered = await store.undelivered(request.id);
  return {
    commit: { audit: [] },
    reply: privately(turn, [requestCard(request, person.id, knowledge, reader, { undelivered })]),
  };
}
