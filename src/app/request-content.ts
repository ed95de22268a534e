import type { PersonId } from '../domain/actor.ts';
import type { RequestContent } from '../domain/change-request.ts';
import { AppError } from '../errors.ts';
import type { JsonObject } from '../locale.ts';

/** The values a completed `request-rule` or `remove-rule` dialog ends with, as a request's content. Throws a zod error for anything else. */
export function requestContent(_dialog: string, _values: JsonObject, _requester: PersonId): RequestContent {
  throw new AppError('unreachable', 'not written yet');
}
