import type { AuditDraft, Clock, Commit, Draft, NewOutboxRow, OutboxRow, Store, TurnReply } from '../../src/app/ports.ts';
import type { Activity, Conversation } from '../../src/chat/activity.ts';
import type { Card } from '../../src/chat/card.ts';
import { dialogStateSchema } from '../../src/dialog/state.ts';
import { personIdSchema } from '../../src/domain/actor.ts';
import { type ChangeRequest, changeRequestSchema, type RequestState } from '../../src/domain/change-request.ts';
import { contentHash } from '../../src/domain/content-hash.ts';
import { instantOf } from '../../src/domain/instant.ts';

export const engineer = personIdSchema.parse('engineer');
export const approver = personIdSchema.parse('approver');

/** A clock that stands still until it is set. */
export class SetClock implements Clock {
  #now: Date;
  constructor(start = '2026-11-20T09:00:00.000Z') {
    this.#now = new Date(start);
  }
  now(): Date {
    return this.#now;
  }
  set(iso: string): void {
    this.#now = new Date(iso);
  }
}

export const later = (minutes: number) => instantOf(new Date(Date.parse('2026-11-20T09:00:00.000Z') + minutes * 60_000));

export const direct = (id: string): Conversation => ({ platform: 'web', id, kind: 'direct', thread: null });

export const dialogState = dialogStateSchema.parse({
  dialog: 'request-rule',
  hash: 'sha256:0',
  seed: { rules: ['DIR-6'] },
  answers: {},
  at: { kind: 'review' },
});

export const card = (title: string): Card => ({
  locale: 'en',
  title,
  elements: [{ kind: 'text', spans: [{ strong: title }, ' stands.'] }],
  actions: [{ kind: 'button', label: 'Approve', action: 'approve', data: { request: 'FCR-1', version: 1 }, style: 'primary' }],
  summary: title,
});

export const reply = (...titles: string[]): TurnReply => ({ cards: titles.map(card), private: false });

/** One that was never saved. */
export const draft = (over: Partial<Draft> = {}): Draft => ({
  id: 'd1',
  person: engineer,
  conversation: direct('engineer'),
  state: dialogState,
  updated_at: later(1),
  revision: 0,
  ...over,
});

/** Something typed on a chat platform. */
export const heard = (id: string, { conversation, sender = 'U1' }: { conversation?: Conversation; sender?: string } = {}): Activity => ({
  id,
  conversation: conversation ?? { platform: 'slack', id: sender, kind: 'direct', thread: null },
  sender: { platform: 'slack', tenant: 'T1', id: sender, name: 'Somebody', standing: 'member' },
  surface: 'chat',
  kind: 'message',
  text: `text of ${id}`,
  heard: 'addressed',
});

/** Takes deliveries on, until `leaseEnds`. */
export const claimed = (store: Store, platform: string, minutes: number, leaseEnds = minutes + 1): Promise<readonly OutboxRow[]> =>
  store.claimOutbox({ platform, within: null, now: later(minutes), leaseEnds: later(leaseEnds), limit: 99 });

/** A request as a submitted one looks. */
export function sampleRequest(number: number, version = 1, state: RequestState = 'in-approval'): ChangeRequest {
  const content: ChangeRequest['content'] = changeRequestSchema.shape.content.parse({
    kind: 'add',
    urgency: 'normal',
    title: 'Open Edge → Director at Site A',
    requester: 'engineer',
    on_behalf_of: null,
    application: 'Telephony 电话 😂',
    application_owner: 'security',
    ticket: 'CHG-42',
    site: 'site-a',
    flows: [
      {
        source: [{ kind: 'address', value: '192.0.2.10' }],
        destination: [{ kind: 'address', value: '198.51.100.20' }],
        transport: 'tcp',
        ports: [{ from: 5061, to: 5061 }],
        origin: { rule: 'DIR-6', source: 'edge-internal', destination: 'director' },
      },
    ],
    business_need: 'The new pool goes live and its Edge has to reach the Director.',
    security_impact: 'None beyond what the catalogue says.',
    compensating_control: null,
    window: { kind: 'any' },
    expiry: { kind: 'permanent' },
    test_plan: 'Call from outside.',
    backout_plan: 'Remove the rule; the trunk falls back to pool B.',
  });
  const salt = Buffer.alloc(32, number).toString('base64');
  return changeRequestSchema.parse({
    id: `FCR-${number}`,
    number,
    version,
    content_version: 1,
    state,
    stage: state === 'in-approval' ? 0 : null,
    content,
    content_hash: contentHash(content, salt),
    salt,
    approvals: [],
    remarks: [],
    findings: [{ severity: 'info', message: { key: 'finding.catalogue-exact', params: { rule: 'DIR-6' } } }],
    dialog: { id: 'request-rule', hash: 'sha256:0', state: null },
    catalogue_version: 'sha256:0',
    policy_version: 'sha256:0',
    created_at: later(0),
    updated_at: later(version),
  });
}

export function draftOf(request: ChangeRequest, over: Partial<AuditDraft> = {}): AuditDraft {
  return {
    type: 'request.approve',
    actor: { kind: 'person', person: approver },
    object: request.id,
    request_digest: request.content_hash,
    before: { state: 'in-approval', version: request.version - 1 },
    after: { state: request.state, version: request.version },
    source_event: `web:event-${request.number}-${request.version}`,
    policy_version: request.policy_version,
    outcome: 'done',
    personal: { text: 'fine by me' },
    ...over,
  };
}

export function outboxRow(id: string, conversation: Conversation): NewOutboxRow {
  return { id, conversation, content: { kind: 'request-card', request: sampleRequest(1).id, reader: engineer } };
}

/** A request's whole transition: row, entry, two deliveries, receipt. */
export function transition(request: ChangeRequest): Commit {
  const name = `${request.id}-${request.version}`;
  return {
    request: { expected: request.version === 1 ? null : request.version - 1, next: request },
    audit: [draftOf(request)],
    outbox: [outboxRow(`${name}-a`, direct('engineer')), outboxRow(`${name}-b`, direct('approver'))],
    receipts: [{ key: `click:${name}`, reply: reply(name) }],
  };
}
