import type { PersonId } from '../domain/actor.ts';
import { isParty } from '../domain/authority.ts';
import type { ChangeRequest, RequestState } from '../domain/change-request.ts';
import { openQuestion, sources } from '../domain/lifecycle.ts';

/** From here something is still to come: by an approver, an implementer or the requester. */
export const underWay: readonly RequestState[] = [
  'submitted',
  'in-approval',
  'changes-requested',
  'approved',
  'scheduled',
  'implementing',
  'implemented',
  'verified',
  'recertification-due',
];

/** Where an implementer has something to do. */
export const implementable: readonly RequestState[] = ['approved', 'scheduled', 'implementing'];

/** Those first in which it is this person's turn: sent back, asked something, to be verified. The others newest first. */
export function ownTurnFirst(requests: readonly ChangeRequest[], person: PersonId): readonly ChangeRequest[] {
  const rank = (request: ChangeRequest): number => {
    if (request.state === 'changes-requested') return 0;
    if (!isParty(request, person)) return 3;
    if (openQuestion(request) !== null && sources.answer.includes(request.state)) return 1;
    return sources.verify.includes(request.state) ? 2 : 3;
  };
  return requests.toSorted((one, other) => rank(one) - rank(other) || other.number - one.number);
}

export function oldestFirst(requests: readonly ChangeRequest[]): readonly ChangeRequest[] {
  return requests.toSorted((one, other) => one.number - other.number);
}

/** What is begun, then by when its window opens; what has none could be done at once. */
export function soonestFirst(requests: readonly ChangeRequest[]): readonly ChangeRequest[] {
  const begun = ({ state }: ChangeRequest): number => (state === 'implementing' ? 0 : 1);
  const due = ({ content: { window }, created_at }: ChangeRequest): number =>
    Date.parse(window.kind === 'between' ? window.start : created_at);
  return requests.toSorted((one, other) => begun(one) - begun(other) || due(one) - due(other) || one.number - other.number);
}
