import type { DialogDefinition } from '../dialog/definition.ts';
import type { DialogState } from '../dialog/state.ts';
import { type ChangeRequest, type RequestContent, requestIdSchema } from '../domain/change-request.ts';
import { contentHash } from '../domain/content-hash.ts';
import type { LifecycleEvent } from '../domain/lifecycle.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import { assess } from './assess.ts';
import { readRequestId } from './decisions.ts';
import { type Move, moveRequest } from './move-request.ts';
import type { PersonTurn, Surroundings } from './turn.ts';

/** Submits what a finished dialog asks for: as a new request, or again as the one that was sent back. */
export async function submitRequest(
  turn: PersonTurn,
  definition: DialogDefinition,
  state: DialogState,
  content: RequestContent,
  surroundings: Surroundings,
): Promise<Move | Refusal> {
  const amended = readRequestId(state.seed['amends']);
  const standing = amended === null ? null : await surroundings.store.request(amended);
  if (amended !== null && standing === null) return refuse('no-such-request', { request: amended });
  const { findings, covered } = await assess(content, amended, turn.knowledge, surroundings.store);
  const draft: ChangeRequest = {
    ...(standing ?? (await newRequest(turn, content, surroundings))),
    dialog: { id: definition.id, hash: definition.hash, state },
    catalogue_version: turn.knowledge.versions.catalogue,
    policy_version: turn.knowledge.versions.policy,
  };
  const hash = contentHash(content, draft.salt);
  const event: LifecycleEvent = { type: 'submit', by: turn.person.id, at: turn.now, content, hash, findings };
  return moveRequest(turn, draft, event, surroundings, { expected: standing?.version ?? null, covered });
}

async function newRequest(
  turn: PersonTurn,
  content: RequestContent,
  { store, newSalt }: Surroundings,
): Promise<Omit<ChangeRequest, 'dialog' | 'catalogue_version' | 'policy_version'>> {
  const number = await store.nextRequestNumber();
  const salt = newSalt();
  return {
    id: requestIdSchema.parse(`FCR-${number}`),
    number,
    version: 0,
    content_version: 0,
    state: 'draft',
    stage: null,
    content,
    content_hash: contentHash(content, salt),
    salt,
    approvals: [],
    remarks: [],
    findings: [],
    created_at: turn.now,
    updated_at: turn.now,
  };
}
