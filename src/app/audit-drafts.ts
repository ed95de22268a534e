import type { Activity } from '../chat/activity.ts';
import type { ChangeRequest, Finding } from '../domain/change-request.ts';
import type { LifecycleEvent } from '../domain/lifecycle.ts';
import type { Json, JsonObject } from '../locale.ts';
import type { AuditDraft, Knowledge } from './ports.ts';
import type { Turn } from './turn.ts';

function actorOf(turn: Turn): AuditDraft['actor'] {
  const { actor } = turn;
  return actor.kind === 'person'
    ? { kind: 'person', person: actor.person.id }
    : { kind: 'account', platform: actor.account.platform, id: actor.account.id };
}

const sourceOf = (activity: Activity): string => `${activity.conversation.platform}:${activity.id}`;

/** The entry of something somebody tried and was not allowed to, with what was refused and why. */
export function refusalEntry(turn: Turn, type: string, object: string | null, code: string, digest: string | null = null): AuditDraft {
  return {
    type,
    actor: actorOf(turn),
    object,
    request_digest: digest,
    before: null,
    after: { refusal: code },
    source_event: sourceOf(turn.activity),
    policy_version: turn.knowledge.versions.policy,
    outcome: 'refused',
    personal: {},
  };
}

/** The entry of something done that moves no request: a question answered, a draft kept. */
export function deedEntry(
  turn: Turn,
  type: string,
  object: string | null,
  after: JsonObject | null,
  personal: Readonly<Record<string, Json>> = {},
): AuditDraft {
  return {
    type,
    actor: actorOf(turn),
    object,
    request_digest: null,
    before: null,
    after,
    source_event: sourceOf(turn.activity),
    policy_version: null,
    outcome: 'done',
    personal,
  };
}

/** The entry of one move of a request. What people wrote, and on submission everything asked for, is kept apart as personal. */
export function moveEntry(turn: Turn, before: ChangeRequest | null, event: LifecycleEvent, next: ChangeRequest): AuditDraft {
  return {
    type: `request.${event.type}`,
    actor: event.by === null ? { kind: 'system' } : { kind: 'person', person: event.by },
    object: next.id,
    request_digest: next.content_hash,
    before: before && standing(before),
    after: { ...standing(next), catalogue_version: next.catalogue_version, ...circumstances(turn, event, next) },
    source_event: sourceOf(turn.activity),
    policy_version: turn.knowledge.versions.policy,
    outcome: 'done',
    personal: wordsOf(event),
  };
}

function foundIn(findings: readonly Finding[]): Json {
  return findings.map(({ severity, message: { key, params } }) => ({ severity, key, params: params ?? {} }));
}

function standing(request: ChangeRequest): JsonObject {
  return { state: request.state, version: request.version, stage: request.stage };
}

/** What was found in a request when it was submitted or looked at anew, by kind, and under which files and dialog. */
function circumstances({ knowledge }: Turn, event: LifecycleEvent, { dialog }: ChangeRequest): JsonObject {
  if (event.type !== 'submit' && event.type !== 'reassess') return event.type === 'record' ? { result: event.result } : {};
  const findings = event.findings.map(({ severity, message }) => `${severity} ${message.key}`);
  const { people, sites } = knowledge.versions;
  return { findings, people, sites, ...(event.type === 'submit' ? { dialog: dialog.id, dialog_hash: dialog.hash } : {}) };
}

/** The findings as they were said name addresses and other requests. */
function wordsOf(event: LifecycleEvent): Readonly<Record<string, Json>> {
  if (event.type === 'submit') return { content: event.content, findings: foundIn(event.findings) };
  if (event.type === 'reassess') return { findings: foundIn(event.findings) };
  if (event.type === 'approve') return event.comment === null ? {} : { text: event.comment };
  return 'text' in event && event.text !== null ? { text: event.text } : {};
}

/** The entry of something an operator ran from the command line, where nobody says who they are. */
export function operatorEntry(type: string, object: string | null, after: JsonObject): AuditDraft {
  return systemEntry(type, { object, after: { by: 'operator', ...after } });
}

/** The entry of something the program does of itself. */
export function systemEntry(type: string, over: Partial<AuditDraft> = {}): AuditDraft {
  return {
    type,
    actor: { kind: 'system' },
    object: null,
    request_digest: null,
    before: null,
    after: null,
    source_event: null,
    policy_version: null,
    outcome: 'done',
    personal: {},
    ...over,
  };
}

/** The entry of a change of the files in force, or of one that was refused; `before` are the versions that were in force. */
export function configurationEntry(
  { versions }: Knowledge,
  before: Knowledge['versions'],
  problems: readonly { readonly file: string; readonly what: string }[],
): AuditDraft {
  return systemEntry('configuration.reload', {
    before,
    after: { ...versions, problems: problems.map(({ file, what }) => `${file}: ${what}`) },
    policy_version: versions.policy,
    outcome: problems.length > 0 ? 'refused' : 'done',
  });
}

/** The entry of a start: which files are in force from here on, and which settings. */
export function startEntry({ versions }: Knowledge, settings: JsonObject): AuditDraft {
  return systemEntry('configuration.start', { after: { ...versions, settings }, policy_version: versions.policy });
}
