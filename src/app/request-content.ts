import type { PersonId } from '../domain/actor.ts';
import { type RequestContent, requestContentSchema } from '../domain/change-request.ts';
import type { JsonObject } from '../locale.ts';
import { otherSite } from './handlers/sites.ts';

/** What a removal does not ask: nothing new comes into force that could expire or need a control. */
const notAsked = { on_behalf_of: null, ticket: null, compensating_control: null, expiry: { kind: 'permanent' } };

/** The values a completed `request-rule` or `remove-rule` dialog ends with, as a request's content. Throws a zod error for anything else. */
export function requestContent(dialog: string, values: JsonObject, requester: PersonId): RequestContent {
  const kind = dialog === 'remove-rule' ? 'remove' : 'add';
  const site = values['site'] === otherSite ? null : values['site'];
  return requestContentSchema.parse({ ...notAsked, ...values, kind, site, requester });
}
