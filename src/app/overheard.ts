import type { RequestId } from '../domain/change-request.ts';
import { readRequestId } from './decisions.ts';
import { requestLines } from './request-lines.ts';
import { messageCard, type Plan, privately, type Surroundings, type Turn } from './turn.ts';

/** So many requests named in one message are summed up. */
const most = 3;

const named = /\bFCR-\d{1,9}\b/gi;

/** The requests a text names, each once, in their order. */
export function requestsIn(text: string): readonly RequestId[] {
  const ids = [...text.normalize('NFKC').matchAll(named)].flatMap(([id]) => readRequestId(id) ?? []);
  return [...new Set(ids)];
}

export const silence: Plan = { commit: { audit: [] }, reply: { cards: [], private: true } };

/** A line about each request that is named, for whoever named it; silence for strangers, and where there is no such request. */
export async function planMentions(turn: Turn, text: string, { store }: Surroundings): Promise<Plan> {
  const { actor, knowledge, reader } = turn;
  if (actor.kind !== 'person') return silence;
  const found = await Promise.all(
    requestsIn(text)
      .slice(0, most)
      .map((id) => store.request(id)),
  );
  const requests = found.filter((request) => request !== null);
  if (requests.length === 0) return silence;
  const lines = requestLines(requests, knowledge, reader, ({ id }) => ({
    label: requests.length === 1 ? { key: 'request.button.details' } : { key: 'request.button.details-of', params: { request: id } },
    action: 'request.details',
  }));
  const card = { ...messageCard(knowledge.say, reader, [], lines), summary: lines.lines.join('; ') };
  return { commit: { audit: [] }, reply: privately(turn, [card]) };
}
