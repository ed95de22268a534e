import type { ChangeRequest, RequestState } from '../domain/change-request.ts';
import type { Message } from '../locale.ts';
import type { Evidence } from './evidence.ts';

/** One thing a requirement of PCI DSS 4.0 asks for, what shows it, and whether that is there. */
export type Demand = { readonly requirement: string; readonly asks: Message; readonly shown: Message; readonly present: boolean };

const afterApproval: readonly RequestState[] = [
  'approved',
  'scheduled',
  'implementing',
  'implemented',
  'verified',
  'closed',
  'recertification-due',
  'expired',
  'failed',
  'backed-out',
];
const tested: readonly RequestState[] = ['verified', 'closed', 'recertification-due', 'expired'];
const reviewMonths = 6;

/** What is there and what is missing, said plainly: a text that was typed counts as there, whether it is good is the assessor's to say. */
export function pciDemands({ request, story, now }: Evidence): readonly Demand[] {
  const { content, approvals, content_hash } = request;
  const isTested = tested.includes(request.state) && done(story, 'request.verify');
  const current = approvals.filter((approval) => approval.content_hash === content_hash);
  const approved = afterApproval.includes(request.state) && current.length > 0;
  const demand = (requirement: string, key: string, present: boolean, params: Message['params'] = {}): Demand => ({
    requirement,
    asks: { key: `evidence.asks.${key}` },
    shown: { key: `evidence.${present ? 'shown' : 'missing'}.${key}`, params },
    present,
  });
  const isText = (text: string): boolean => text.trim() !== '';
  return [
    demand('6.5.1', 'reason', isText(content.business_need) && isText(content.title)),
    demand('6.5.1', 'impact', isText(content.security_impact)),
    demand('6.5.1', 'approval', approved, { count: current.length, hash: content_hash.slice(0, 16) }),
    demand('6.5.1', 'test', isText(content.test_plan) && isTested),
    demand('6.5.1', 'backout', isText(content.backout_plan)),
    demand('1.2.5', 'services', content.flows.length > 0, { count: content.flows.length }),
    demand('1.2.5', 'need', isText(content.business_need)),
    demand('1.2.5', 'services-approved', approved),
    review(request, story, now),
  ];
}

function done(story: Evidence['story'], type: string): boolean {
  return story.some(({ entry }) => entry.type === type && entry.outcome === 'done');
}

const inForce: readonly RequestState[] = ['implemented', 'verified', 'closed', 'recertification-due'];

/** Six months from the approval on somebody has to have looked at it again; no entry can say so yet. */
function review({ state }: ChangeRequest, story: Evidence['story'], now: string): Demand {
  const asks: Message = { key: 'evidence.asks.review' };
  if (!inForce.includes(state)) return { requirement: '1.2.7', asks, shown: { key: 'evidence.shown.review' }, present: true };
  const last = story.filter(({ entry: { type, outcome } }) => type === 'request.approve' && outcome === 'done').at(-1)?.entry.at;
  const due = new Date(last ?? now);
  due.setUTCMonth(due.getUTCMonth() + reviewMonths);
  const key = now <= due.toISOString() ? 'evidence.missing.review' : 'evidence.missing.review-overdue';
  return { requirement: '1.2.7', asks, shown: { key, params: { due: { at: due.toISOString() } } }, present: false };
}
