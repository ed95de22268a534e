import type { Person } from '../domain/actor.ts';
import type { Message } from '../locale.ts';
import { type StoryEntry, shownTo } from './audit-story.ts';

/** Deeds that have a text of their own; any other is named as the trail names it. */
const told: readonly string[] = [
  'request.submit',
  'request.open-approval',
  'request.reassess',
  'request.approve',
  'request.reject',
  'request.send-back',
  'request.take-back',
  'request.withdraw',
  'request.question',
  'request.answer',
  'request.schedule',
  'request.start',
  'request.verify',
  'request.close',
  'request.lapse',
  'request.expire',
  'request.recertify',
  'request.edit',
  'request.show',
  'request.discussed',
  'delivery.give-up',
  'audit.evidence',
  'audit.prove',
];
const results: readonly unknown[] = ['implemented', 'failed', 'backed-out'];

/** Reasons that have a text of their own. */
const reasons: readonly string[] = [
  'own-request',
  'acted-for',
  'not-requester',
  'not-approver',
  'not-this-stage',
  'not-implementer',
  'may-not-request',
  'approved-before',
  'counts-once',
  'stale-card',
  'findings-changed',
  'outside-window',
  'unknown-person',
  'ambiguous-person',
];

type SayKey = (key: string, params?: Message['params']) => string;

/** What an entry says was done, in a few words; with the reason where it was refused. */
export function deedText(one: StoryEntry, people: readonly Person[], say: SayKey): string {
  const { type, outcome, after } = one.entry;
  const deed = type === 'delivery.post' ? postedText(one, people, say) : plainDeed(type, after?.['result'], say);
  if (outcome !== 'refused') return deed;
  const code = String(after?.['refusal'] ?? '');
  const family = /^(?:state|state-by|window-over)\./.test(code) ? 'too-late' : code;
  const reason = [...reasons, 'too-late'].includes(family) ? say(`timeline.reason.${family}`) : code;
  return say('timeline.refused', { deed, reason });
}

function plainDeed(type: string, result: unknown, say: SayKey): string {
  if (type === 'request.record' && results.includes(result)) return say(`timeline.deed.record.${String(result)}`);
  if (type === 'request.record') return say('timeline.deed.record.other');
  return told.includes(type) ? say(`timeline.deed.${type}`) : type;
}

function postedText(one: StoryEntry, people: readonly Person[], say: SayKey): string {
  const person = shownTo(one, people);
  if (person === null) return say('timeline.deed.posted.channel');
  return say('timeline.deed.posted.person', { person: person ?? say('timeline.someone') });
}

/** What was written with a deed; null when nothing was, and the sign for it where it was erased. */
export function wordsText({ values }: StoryEntry, say: SayKey): string | null {
  if (!values.has('text')) return null;
  const text = values.get('text');
  return typeof text === 'string' ? text : say('timeline.erased');
}
