import type { AuditActor, AuditEntry, StoredEntry } from '../audit/entry.ts';
import type { JsonObject } from '../locale.ts';

/** OCSF 1.3, class Entity Management. */
const schemaVersion = '1.3.0';
const entityManagement = 3004;
const otherType = 99;

const activities = { create: 1, read: 2, update: 3, delete: 4, other: 99 } as const;
const captions: Readonly<Record<keyof typeof activities, string>> = {
  create: 'Create',
  read: 'Read',
  update: 'Update',
  delete: 'Delete',
  other: 'Other',
};
const severities = { done: [1, 'Informational'], refused: [2, 'Low'], failed: [3, 'Medium'] } as const;

/** An event of the log for a SIEM. Who acted is a pseudonym, as in the log. */
export function ocsfEvent({ idx, leaf }: StoredEntry, entry: AuditEntry | null, version: string): JsonObject {
  const product = { name: 'portclerk', vendor_name: 'portclerk', version };
  const hash = Buffer.from(leaf).toString('hex');
  const metadata = { version: schemaVersion, product, log_name: 'audit', uid: String(idx), sequence: idx };
  if (entry === null) {
    const unreadable = { time: 0, severity_id: 4, severity: 'High', message: 'unreadable; run "portclerk audit verify"' };
    return { ...classified('other'), ...unreadable, metadata, entity: entityOf(null, 'entry', null), unmapped: { leaf: hash } };
  }
  const { type, at, object, before, after, outcome, source_event } = entry;
  const [severity_id, severity] = severities[outcome];
  const kind = kindOf(type);
  return {
    ...classified(activityOf(entry)),
    time: Date.parse(at),
    severity_id,
    severity,
    status_id: outcome === 'done' ? 1 : 2,
    status: outcome === 'done' ? 'Success' : 'Failure',
    ...(typeof after?.['refusal'] === 'string' ? { status_code: after['refusal'] } : {}),
    message: [type, object, outcome].filter((part) => part !== null).join(' '),
    metadata: { ...metadata, event_code: type, original_time: at, ...(source_event === null ? {} : { correlation_uid: source_event }) },
    actor: actorOf(entry.actor),
    entity: entityOf(object, kind, before),
    ...(after === null ? {} : { entity_result: entityOf(object, kind, after) }),
    unmapped: { leaf: hash, request_digest: entry.request_digest, policy_version: entry.policy_version, commitments: entry.commitments },
  };
}

function classified(activity: keyof typeof activities): JsonObject {
  const activity_id = activities[activity];
  return {
    class_uid: entityManagement,
    class_name: 'Entity Management',
    category_uid: 3,
    category_name: 'Identity & Access Management',
    activity_id,
    activity_name: captions[activity],
    type_uid: entityManagement * 100 + activity_id,
    type_name: `Entity Management: ${captions[activity]}`,
  };
}

const read: readonly string[] = ['question.answer', 'audit.export', 'audit.evidence', 'audit.prove', 'request.show'];
const created: readonly string[] = ['draft.open', 'audit.key', 'audit.checkpoint', 'delivery.post'];
const deleted: readonly string[] = ['draft.discard', 'audit.erase'];

function activityOf({ type, before }: AuditEntry): keyof typeof activities {
  if (read.includes(type)) return 'read';
  if (deleted.includes(type)) return 'delete';
  if (created.includes(type) || (type === 'request.submit' && before === null)) return 'create';
  return /^(request|draft|configuration)\./.test(type) ? 'update' : 'other';
}

const kinds: Readonly<Record<string, string>> = {
  request: 'change request',
  delivery: 'message',
  question: 'rule catalogue',
  draft: 'draft',
  configuration: 'configuration',
  audit: 'audit log',
};

function kindOf(type: string): string {
  return kinds[type.replace(/\..*/, '')] ?? 'portclerk';
}

function actorOf(actor: AuditActor): JsonObject {
  switch (actor.kind) {
    case 'person':
      return { user: { uid: actor.ref, type_id: 1, type: 'User' } };
    case 'account':
      return { user: { uid: actor.ref, type_id: 0, type: 'Unknown', domain: actor.platform } };
    case 'system':
      return { app_name: 'portclerk' };
  }
}

function entityOf(object: string | null, kind: string, data: JsonObject | null): JsonObject {
  const version = data?.['version'];
  return {
    ...(object === null ? { name: kind } : { uid: object, name: object }),
    type: kind,
    type_id: otherType,
    ...(typeof version === 'number' ? { version: String(version) } : {}),
    ...(data === null ? {} : { data }),
  };
}
