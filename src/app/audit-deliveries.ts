import type { MessageRef } from '../chat/activity.ts';
import { visible } from '../chat/visible.ts';
import type { PersonId } from '../domain/actor.ts';
import type { ChangeRequest } from '../domain/change-request.ts';
import type { JsonObject } from '../locale.ts';
import { systemEntry } from './audit-drafts.ts';
import type { AuditDraft, OutboxRow } from './ports.ts';

/** A request as it was shown to somebody, or to everyone in a channel. */
export type Shown = { readonly request: ChangeRequest; readonly reader: PersonId | null };

/** The value of these entries that says to whom. */
const recipientName = 'to';

/** The value of an entry that is about a person beside its actor: it is erased with the rest of what is kept of them. */
export function toPerson(reader: PersonId, more: JsonObject = {}): JsonObject {
  return { [recipientName]: { reader, ...more } };
}

/** The entry of a request's card shown for the first time in a place: what was shown, and to whom. Its edits have none. */
export function postedEntry({ request, reader }: Shown, { conversation, id }: MessageRef): AuditDraft {
  const { platform, kind } = conversation;
  return systemEntry('delivery.post', {
    object: request.id,
    request_digest: request.content_hash,
    after: { platform, kind, state: request.state, version: request.version },
    personal: { [recipientName]: { reader, conversation: conversation.id, message: id } },
  });
}

/** The entry of something that was to be said and never could be. */
export function abandonedEntry({ content, conversation, attempts }: OutboxRow, reason: string): AuditDraft {
  const { platform, kind } = conversation;
  const reader = content.kind === 'request-card' ? content.reader : null;
  return systemEntry('delivery.give-up', {
    object: content.request,
    after: { platform, kind, what: content.kind, attempts: attempts + 1 },
    outcome: 'failed',
    personal: { [recipientName]: { reader, conversation: conversation.id }, reason: visible(reason) },
  });
}
