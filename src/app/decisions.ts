import { createHash } from 'node:crypto';
import { canonicalJson } from '../canonical-json.ts';
import type { Card } from '../chat/card.ts';
import { type ChangeRequest, type RequestId, requestIdSchema } from '../domain/change-request.ts';
import { type LifecycleEvent, transition } from '../domain/lifecycle.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import { assess } from './assess.ts';
import { refusalEntry } from './audit-drafts.ts';
import { withFreshGroups } from './group-members.ts';
import { moveRequest, tale } from './move-request.ts';
import type { Receipt } from './ports.ts';
import {
  directoryOf,
  messageCard,
  type PersonTurn,
  type Plan,
  privately,
  refusalCard,
  refusedPlan,
  type Surroundings,
  type Turn,
} from './turn.ts';

/** What people do to a request that needs no more than a sentence. */
export const deeds = [
  'approve',
  'reject',
  'send-back',
  'take-back',
  'withdraw',
  'question',
  'answer',
  'start',
  'verify',
  'record',
] as const;
export type Deed = (typeof deeds)[number];

/** Deeds that are nothing without words; a dialog asks for them. */
export const wordy: readonly Deed[] = ['reject', 'send-back', 'question', 'answer', 'record'];

export type DeedOrder = {
  readonly deed: Deed;
  readonly request: RequestId;
  /** The version on the card that was clicked; null for typed words, which mean the request as it stands. */
  readonly version: number | null;
  readonly text: string | null;
  readonly result?: 'implemented' | 'failed' | 'backed-out';
};

export function readRequestId(value: unknown): RequestId | null {
  const parsed = requestIdSchema.safeParse(typeof value === 'string' ? value.toUpperCase() : value);
  return parsed.success ? parsed.data : null;
}

/** The receipt key of a deed on a card: the same person, request, version, deed and words are the same click. */
export function clickKey(turn: PersonTurn, { version, request, deed, text }: DeedOrder): string | null {
  if (version === null) return null;
  const words = text === null ? '' : `:${createHash('sha256').update(text).digest('hex')}`;
  return `click:${turn.person.id}:${request}:${version}:${deed}${words}`;
}

/** Does a deed, or answers why not: privately, and with an audit entry. */
export async function planDeed(asked: PersonTurn, order: DeedOrder, surroundings: Surroundings): Promise<Plan> {
  const turn = await withFreshGroups(asked, surroundings);
  const key = clickKey(turn, order);
  const earlier = key === null ? null : await surroundings.store.receipt(key);
  if (earlier) return { commit: { audit: [] }, reply: privately(turn, earlier.reply.cards) };

  const request = await surroundings.store.request(order.request);
  const refusal = request === null ? refuse('no-such-request', { request: order.request }) : objection(turn, request, order);
  if (request === null || refusal) return refused(turn, order, request, refusal ?? refuse('no-such-request', { request: order.request }));

  if (order.deed === 'approve') {
    const reassessed = await reassess(turn, request, order, surroundings);
    if (reassessed) return reassessed;
  }
  const event = eventOf(turn, order);
  const move = await moveRequest(turn, request, event, surroundings, { expected: request.version });
  if (move.kind === 'refused') return refused(turn, order, request, move);
  const reply = privately(turn, [doneCard(turn, move.next, event)]);
  const receipts: Receipt[] = key === null ? [] : [{ key, reply }];
  return { commit: { ...move.commit, receipts }, reply };
}

/** Why a deed can't be done now, before any words are asked for: who may not, or too late. */
export function objection(turn: PersonTurn, request: ChangeRequest, order: DeedOrder): Refusal | null {
  const moved = transition(request, eventOf(turn, order), directoryOf(turn.knowledge));
  if (moved.kind === 'refused') return moved;
  if (order.version !== null && order.version < request.content_version) return refuse('stale-card', { request: request.id });
  return null;
}

/** An approval is of what stands in front of the approver: when the findings have changed since, it has to be looked at again. */
async function reassess(turn: PersonTurn, request: ChangeRequest, order: DeedOrder, surroundings: Surroundings): Promise<Plan | null> {
  const { findings } = await assess(request.content, request.id, turn.knowledge, surroundings.store);
  // What was stored comes back with its names in another order.
  if (canonicalJson(findings) === canonicalJson(request.findings)) return null;
  const { catalogue, policy } = turn.knowledge.versions;
  const looked: ChangeRequest = { ...request, catalogue_version: catalogue, policy_version: policy };
  const event: LifecycleEvent = { type: 'reassess', by: null, at: turn.now, findings };
  const move = await moveRequest(turn, looked, event, surroundings, { expected: request.version });
  if (move.kind === 'refused') return refused(turn, order, request, move);
  const refusal = refuse('findings-changed', { request: request.id });
  const entry = refusalEntry(turn, `request.${order.deed}`, request.id, refusal.code, request.content_hash);
  return {
    commit: { ...move.commit, audit: [...move.commit.audit, entry] },
    reply: privately(turn, [refusalCard(turn, refusal)]),
  };
}

function eventOf(turn: PersonTurn, order: DeedOrder): LifecycleEvent {
  const base = { by: turn.person.id, at: turn.now };
  const text = order.text ?? '';
  switch (order.deed) {
    case 'approve':
      return { ...base, type: 'approve', comment: order.text };
    case 'take-back':
    case 'withdraw':
      return { ...base, type: order.deed, text: order.text };
    case 'record':
      return { ...base, type: 'record', result: order.result ?? 'implemented', text };
    case 'start':
    case 'verify':
      return { ...base, type: order.deed };
    default:
      return { ...base, type: order.deed, text };
  }
}

function refused(turn: Turn, order: DeedOrder, request: ChangeRequest | null, refusal: Refusal): Plan {
  return refusedPlan(turn, `request.${order.deed}`, order.request, refusal, request?.content_hash ?? null);
}

function doneCard(turn: PersonTurn, next: ChangeRequest, event: LifecycleEvent): Card {
  const state = { key: `request.now.${next.state}`, params: { request: next.id } };
  return messageCard(turn.knowledge.say, turn.reader, [tale(next, event, turn.person), state], { tone: 'good' });
}
