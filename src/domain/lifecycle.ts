import { unreachable } from '../errors.ts';
import type { PersonId } from './actor.ts';
import {
  countingApprovals,
  currentStage,
  type Directory,
  hasPower,
  isParty,
  isUnread,
  membersOf,
  openStage,
  personById,
} from './authority.ts';
import type { Approval, ChangeRequest, ContentHash, Finding, Remark, RequestContent, RequestState } from './change-request.ts';
import type { Instant } from './instant.ts';
import { type Refusal, refuse } from './refusal.ts';

/** What happened to a request. `by` is null where time or the program itself moves it. */
export type LifecycleEvent = { readonly at: Instant } & (
  | {
      readonly type: 'submit';
      readonly by: PersonId;
      readonly content: RequestContent;
      readonly hash: ContentHash;
      readonly findings: readonly Finding[];
    }
  | { readonly type: 'open-approval'; readonly by: null; readonly covered: boolean }
  | { readonly type: 'reassess'; readonly by: null; readonly findings: readonly Finding[] }
  | { readonly type: 'approve'; readonly by: PersonId; readonly comment: string | null }
  | { readonly type: 'reject'; readonly by: PersonId; readonly text: string }
  | { readonly type: 'send-back'; readonly by: PersonId; readonly text: string }
  | { readonly type: 'take-back'; readonly by: PersonId; readonly text: string | null }
  | { readonly type: 'withdraw'; readonly by: PersonId; readonly text: string | null }
  | { readonly type: 'question'; readonly by: PersonId; readonly text: string }
  | { readonly type: 'answer'; readonly by: PersonId; readonly text: string }
  | { readonly type: 'schedule'; readonly by: null }
  | { readonly type: 'start'; readonly by: PersonId }
  | { readonly type: 'record'; readonly by: PersonId; readonly result: 'implemented' | 'failed' | 'backed-out'; readonly text: string }
  | { readonly type: 'verify'; readonly by: PersonId }
  | { readonly type: 'close'; readonly by: null }
  | { readonly type: 'lapse'; readonly by: null }
  | { readonly type: 'expire'; readonly by: null }
  | { readonly type: 'recertify'; readonly by: null }
);
export type LifecycleEventType = LifecycleEvent['type'];

/** From which states an event moves a request at all. */
export const sources: Readonly<Record<LifecycleEventType, readonly RequestState[]>> = {
  submit: ['draft', 'changes-requested'],
  'open-approval': ['submitted'],
  reassess: ['in-approval'],
  approve: ['in-approval'],
  reject: ['in-approval'],
  'send-back': ['in-approval'],
  'take-back': ['in-approval', 'approved', 'scheduled'],
  withdraw: ['submitted', 'in-approval', 'changes-requested', 'approved', 'scheduled'],
  question: ['in-approval', 'approved', 'scheduled'],
  answer: ['in-approval', 'approved', 'scheduled'],
  schedule: ['approved'],
  start: ['approved', 'scheduled'],
  record: ['implementing'],
  verify: ['implemented'],
  close: ['verified', 'failed', 'backed-out'],
  lapse: ['in-approval'],
  expire: ['implemented', 'verified', 'closed', 'recertification-due'],
  recertify: ['implemented', 'verified', 'closed'],
};

export type Moved = { readonly kind: 'moved'; readonly next: ChangeRequest };

/** Moves a request, or says why not. Pure: the same request, event and directory give the same result. */
export function transition(request: ChangeRequest, event: LifecycleEvent, directory: Directory): Moved | Refusal {
  const refusal = authorise(request, event, directory) ?? admit(request, event, directory);
  if (refusal) return refusal;
  const changed = apply(request, event, directory);
  const version = request.version + 1;
  const contentChanged = changed.content_hash !== request.content_hash || event.type === 'submit' || event.type === 'reassess';
  return {
    kind: 'moved',
    next: { ...changed, version, content_version: contentChanged ? version : request.content_version, updated_at: event.at },
  };
}

/** What follows of itself once a request has got here, or null. `covered`: all of it is open already. */
export function consequence(request: ChangeRequest, at: Instant, covered: boolean): LifecycleEvent | null {
  if (request.state === 'submitted') return { type: 'open-approval', by: null, at, covered };
  if (request.state === 'approved' && request.content.window.kind === 'between') return { type: 'schedule', by: null, at };
  if (request.state === 'verified') return { type: 'close', by: null, at };
  return null;
}

function authorise(request: ChangeRequest, event: LifecycleEvent, directory: Directory): Refusal | null {
  switch (event.type) {
    case 'submit':
      if (!hasPower(directory, event.by, 'request')) return refuse('may-not-request');
      return event.by === request.content.requester ? null : refuse('not-requester');
    case 'approve':
    case 'reject':
    case 'send-back':
      return mayDecide(request, event.by, directory);
    case 'question':
      return isApprover(directory, event.by) || hasPower(directory, event.by, 'implement') ? null : refuse('not-approver');
    case 'take-back':
      return request.approvals.some((approval) => approval.by === event.by)
        ? null
        : refuse('nothing-to-take-back', { request: request.id });
    case 'withdraw':
    case 'answer':
    case 'verify':
      return isParty(request, event.by) ? null : refuse('not-requester');
    case 'start':
    case 'record':
      return hasPower(directory, event.by, 'implement') ? null : refuse('not-implementer');
    case 'open-approval':
    case 'reassess':
    case 'schedule':
    case 'close':
    case 'lapse':
    case 'expire':
    case 'recertify':
      return null;
    default:
      return unreachable(event);
  }
}

function isApprover(directory: Directory, person: PersonId): boolean {
  return directory.policy.stages.some((stage) => membersOf(directory, stage).includes(person));
}

function mayDecide(request: ChangeRequest, person: PersonId, directory: Directory): Refusal | null {
  if (request.content.requester === person) return refuse('own-request');
  if (request.content.on_behalf_of === person) return refuse('acted-for');
  const stage = currentStage(directory, request);
  if (stage && isUnread(directory, stage)) return refuse('group-unread', { stage: stage.name });
  if (!isApprover(directory, person)) return refuse('not-approver');
  if (stage && countingApprovals(directory, request, stage).includes(person)) return refuse('approved-before', { request: request.id });
  if (stage && request.approvals.some((approval) => approval.by === person)) return refuse('counts-once', { request: request.id });
  if (stage && !membersOf(directory, stage).includes(person)) return refuse('not-this-stage', { stage: stage.name });
  return null;
}

function admit(request: ChangeRequest, event: LifecycleEvent, directory: Directory): Refusal | null {
  if (!sources[event.type].includes(request.state)) return refuseState(request, directory);
  const { window } = request.content;
  if (window.kind === 'between' && (event.type === 'approve' || event.type === 'start')) {
    if (event.at >= window.end) return refuse(`window-over.${event.type}`, { request: request.id, end: { at: window.end } });
    if (event.type === 'start' && event.at < window.start) {
      return refuse('outside-window', { start: { at: window.start }, end: { at: window.end } });
    }
  }
  if (event.type === 'answer' && openQuestion(request) === null) return refuse('no-question', { request: request.id });
  return null;
}

/** What state it is in, and by whose doing, so that a late click reads as an answer. */
function refuseState(request: ChangeRequest, directory: Directory): Refusal {
  const last = request.state === 'approved' || request.state === 'scheduled' ? request.approvals.at(-1) : request.remarks.at(-1);
  if (last && ['approved', 'scheduled', 'rejected', 'withdrawn', 'changes-requested'].includes(request.state)) {
    return refuse(`state-by.${request.state}`, {
      request: request.id,
      person: personById(directory, last.by)?.name ?? last.by,
      when: { at: last.at },
    });
  }
  return refuse(`state.${request.state}`, { request: request.id });
}

/** The question the requester still owes an answer, or null. */
export function openQuestion(request: ChangeRequest): Remark | null {
  const last = request.remarks.filter((remark) => remark.kind === 'question' || remark.kind === 'answer').at(-1);
  return last?.kind === 'question' ? last : null;
}

function apply(request: ChangeRequest, event: LifecycleEvent, directory: Directory): ChangeRequest {
  switch (event.type) {
    case 'submit':
      return {
        ...request,
        state: 'submitted',
        stage: null,
        content: event.content,
        content_hash: event.hash,
        findings: [...event.findings],
        approvals: [],
      };
    case 'open-approval':
      return event.covered ? { ...request, state: 'already-covered' } : { ...request, state: 'in-approval', stage: 0 };
    case 'reassess':
      return { ...request, stage: 0, findings: [...event.findings], approvals: [] };
    case 'approve': {
      const stage = currentStage(directory, request);
      const approval: Approval = {
        by: event.by,
        stage: stage?.id ?? '',
        at: event.at,
        comment: event.comment,
        content_hash: request.content_hash,
      };
      return atOpenStage({ ...request, approvals: [...request.approvals, approval] }, directory);
    }
    case 'take-back': {
      const approvals = request.approvals.filter((approval) => approval.by !== event.by);
      return atOpenStage(remarked({ ...request, approvals }, 'take-back', event.by, event.at, event.text ?? ''), directory);
    }
    case 'reject':
      return remarked({ ...request, state: 'rejected', stage: null }, 'rejection', event.by, event.at, event.text);
    case 'send-back':
      return remarked({ ...request, state: 'changes-requested', stage: null, approvals: [] }, 'send-back', event.by, event.at, event.text);
    case 'withdraw':
      return remarked({ ...request, state: 'withdrawn', stage: null }, 'withdrawal', event.by, event.at, event.text ?? '');
    case 'question':
    case 'answer':
      return remarked(request, event.type, event.by, event.at, event.text);
    case 'record':
      return remarked({ ...request, state: event.result }, 'outcome', event.by, event.at, event.text);
    case 'schedule':
      return { ...request, state: 'scheduled' };
    case 'start':
      return { ...request, state: 'implementing' };
    case 'verify':
      return { ...request, state: 'verified' };
    case 'close':
      return { ...request, state: 'closed' };
    case 'lapse':
      return { ...request, state: 'lapsed', stage: null };
    case 'expire':
      return { ...request, state: 'expired' };
    case 'recertify':
      return { ...request, state: 'recertification-due' };
    default:
      return unreachable(event);
  }
}

function atOpenStage(request: ChangeRequest, directory: Directory): ChangeRequest {
  const stage = openStage(directory, request);
  return stage === null ? { ...request, state: 'approved', stage: null } : { ...request, state: 'in-approval', stage };
}

function remarked(request: ChangeRequest, kind: Remark['kind'], by: PersonId, at: Instant, text: string): ChangeRequest {
  return { ...request, remarks: [...request.remarks, { kind, by, at, text }] };
}
