import type { CardAction } from '../chat/card.ts';
import type { ChangeRequest, RequestState } from '../domain/change-request.ts';
import { sources } from '../domain/lifecycle.ts';
import { refuse } from '../domain/refusal.ts';
import { refusalEntry } from './audit-drafts.ts';
import { amendRequest, resumeDraft } from './dialogs.ts';
import { messageCard, type PersonTurn, type Plan, privately, refusedPlan, type Surroundings } from './turn.ts';

/** Takes a request that was sent back up again, or says what can be done instead. */
export async function planAmend(turn: PersonTurn, request: ChangeRequest, surroundings: Surroundings): Promise<Plan> {
  const { id, state } = request;
  if (request.content.requester !== turn.person.id) return refusedPlan(turn, 'request.edit', id, refuse('not-requester'));
  if (state === 'changes-requested') {
    const drafts = await surroundings.store.drafts(turn.person.id);
    const begun = drafts.find((draft) => draft.state.seed['amends'] === id);
    return begun === undefined ? amendRequest(turn, request, surroundings) : resumeDraft(turn, begun, surroundings);
  }
  const refusal = refuse(`amend.${instead(state)}`, { request: id });
  const card = messageCard(turn.knowledge.say, turn.reader, [refusal.message], { tone: 'warning', actions: actions(turn, request) });
  return { commit: { audit: [refusalEntry(turn, 'request.edit', id, refusal.code)] }, reply: privately(turn, [card]) };
}

function instead(state: RequestState): 'waiting' | 'approved' | 'done' {
  if (state === 'submitted' || state === 'in-approval') return 'waiting';
  return state === 'approved' || state === 'scheduled' ? 'approved' : 'done';
}

function actions({ knowledge, reader }: PersonTurn, { id, version, state }: ChangeRequest): readonly CardAction[] {
  const button = (label: string, action: string, data: { request: string; version: number } | Record<string, never>) =>
    ({ kind: 'button', label: knowledge.say({ key: label }, reader), action, data, style: 'default' }) as const;
  const about = { request: id, version };
  return [
    button('request.button.details', 'request.details', about),
    ...(sources.withdraw.includes(state) ? [button('request.button.withdraw', 'request.withdraw', about)] : []),
    button('home.button.new', 'requests.new', {}),
  ];
}
