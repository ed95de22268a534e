import type { Card } from '../chat/card.ts';
import type { PersonId } from '../domain/actor.ts';
import type { ChangeRequest } from '../domain/change-request.ts';
import type { Reader } from '../locale.ts';
import type { Knowledge } from './ports.ts';
import { requestCard } from './request-card.ts';

/** A request in two lines, with what this person can do next. */
export function requestRow(request: ChangeRequest, person: PersonId, knowledge: Knowledge, reader: Reader): Card {
  const { title, elements, ...card } = requestCard(request, person, knowledge, reader);
  return { ...card, title: null, elements: [{ kind: 'text', spans: [{ strong: title ?? '' }] }, ...elements.slice(0, 1)] };
}
