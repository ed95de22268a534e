import type { JsonObject } from '../locale.ts';
import { nothingSaid } from '../nlu/intent.ts';
import { readText } from './answer-question.ts';
import { beginRequest } from './begin-request.ts';
import { readRequestId } from './decisions.ts';
import { openDialog } from './dialogs.ts';
import { topologyOf } from './plan-question.ts';
import { type Wanted, wantedIn } from './request-wanted.ts';
import type { PersonTurn, Plan, Surroundings } from './turn.ts';

/**
 * Begins a request with a text that need not be an order: what it says of flows and the rest is filled in, what is not understood
 * is offered as the reason.
 */
export async function requestFromText(turn: PersonTurn, text: string, surroundings: Surroundings): Promise<Plan> {
  const { intent } = readText(text, turn.knowledge, { fallback: topologyOf(turn) });
  const asked = intent.kind === 'request' ? intent : ({ kind: 'request', remove: false, reading: nothingSaid, rules: [] } as const);
  const wanted = wantedIn(text, asked, turn);
  if (wanted === null) return openDialog(turn, 'request-rule', { text, rest: text }, surroundings);
  return beginRequest(turn, wanted, await formerFlows(wanted, surroundings), surroundings);
}

/** A removal that names a former request means its flows. */
export async function formerFlows({ text, remove }: Wanted, { store }: Surroundings): Promise<JsonObject> {
  const former = remove ? readRequestId(/\bFCR-\d+\b/i.exec(text)?.[0]) : null;
  const request = former === null ? null : await store.request(former);
  return request ? { flows: [...request.content.flows], site: request.content.site } : {};
}
