import type { Card, CardAction, CardElement } from '../chat/card.ts';
import type { DialogDefinition } from '../dialog/definition.ts';
import { open, resume, step } from '../dialog/engine.ts';
import type { DialogEnv } from '../dialog/handlers.ts';
import { promptCard } from '../dialog/prompt-card.ts';
import { type DialogState, dialogStateSchema } from '../dialog/state.ts';
import type { DialogInput, DialogTurn } from '../dialog/turn.ts';
import type { ChangeRequest, Finding, RequestId } from '../domain/change-request.ts';
import type { Flow } from '../domain/flow.ts';
import { refuse } from '../domain/refusal.ts';
import { AppError } from '../errors.ts';
import type { JsonObject } from '../locale.ts';
import { assess } from './assess.ts';
import { deedEntry } from './audit-drafts.ts';
import { completeDialog } from './complete-dialog.ts';
import { readRequestId } from './decisions.ts';
import { dialogHandlers } from './dialog-handlers.ts';
import { mostSaid } from './handlers/flows-validator.ts';
import type { Commit, Draft } from './ports.ts';
import { requestContent } from './request-content.ts';
import { type Detail, findingElements, flowElements, isShortened } from './request-elements.ts';
import { messageCard, type PersonTurn, type Plan, privately, refusedPlan, type Surroundings, type Turn } from './turn.ts';

export function dialogEnv(turn: Turn): DialogEnv {
  return { now: new Date(turn.now), reader: turn.reader, say: turn.knowledge.say, words: turn.knowledge.words };
}

/** The definition in force. Dialogs are checked with everything else that is loaded, so a missing one is a fault. */
export function definitionOf(turn: Turn, id: string): DialogDefinition {
  const definition = turn.knowledge.dialogs.get(id);
  if (!definition) throw new AppError('data-invalid', `there is no dialog ${id}`);
  return definition;
}

/** Opens a dialog with what is known. One already open here waits, and comes back when this one ends. */
export function openDialog(turn: PersonTurn, id: string, seed: JsonObject, surroundings: Surroundings): Promise<Plan> {
  const definition = definitionOf(turn, id);
  const dialogTurn = open(definition, seed, dialogHandlers(turn.knowledge, turn.person), dialogEnv(turn));
  return begin(turn, definition, dialogTurn, readRequestId(seed['request']), surroundings);
}

/** Takes a request that was sent back up again, with everything that was answered. */
export function amendRequest(turn: PersonTurn, request: ChangeRequest, surroundings: Surroundings): Promise<Plan> {
  const definition = definitionOf(turn, request.dialog.id);
  const state = dialogStateSchema.parse(request.dialog.state);
  const again: DialogState = { ...state, seed: { ...state.seed, amends: request.id }, at: { kind: 'review' } };
  const dialogTurn = resume(definition, again, dialogHandlers(turn.knowledge, turn.person), dialogEnv(turn));
  return begin(turn, definition, dialogTurn, request.id, surroundings);
}

async function begin(
  turn: PersonTurn,
  definition: DialogDefinition,
  dialogTurn: DialogTurn,
  request: RequestId | null,
  surroundings: Surroundings,
): Promise<Plan> {
  const id = surroundings.newId();
  const plan = await settle(turn, definition, { id, revision: 0 }, dialogTurn, surroundings);
  const entry = deedEntry(turn, 'draft.open', null, { draft: id, dialog: definition.id, hash: definition.hash, request });
  return { ...plan, commit: { ...plan.commit, audit: [entry, ...plan.commit.audit] } };
}

/** One input into an open draft. */
export function stepDialog(turn: PersonTurn, draft: Draft, input: DialogInput, surroundings: Surroundings): Promise<Plan> {
  const definition = definitionOf(turn, draft.state.dialog);
  const dialogTurn = step(definition, draft.state, input, dialogHandlers(turn.knowledge, turn.person), dialogEnv(turn));
  return settle(turn, definition, draft, dialogTurn, surroundings);
}

/** Asks again where the person stands, and makes this conversation the draft's. */
export function resumeDraft(turn: PersonTurn, draft: Draft, surroundings: Surroundings): Promise<Plan> {
  const definition = definitionOf(turn, draft.state.dialog);
  const dialogTurn = resume(definition, draft.state, dialogHandlers(turn.knowledge, turn.person), dialogEnv(turn));
  return settle(turn, definition, draft, dialogTurn, surroundings);
}

/** The question a draft stands at, to be asked once more under an answer given in between. */
export async function standingPrompt(turn: PersonTurn, draft: Draft, surroundings: Surroundings): Promise<Card | null> {
  const definition = definitionOf(turn, draft.state.dialog);
  const dialogTurn = resume(definition, draft.state, dialogHandlers(turn.knowledge, turn.person), dialogEnv(turn));
  return promptOf(turn, definition, draft.id, dialogTurn, surroundings);
}

async function settle(
  turn: PersonTurn,
  definition: DialogDefinition,
  draft: Pick<Draft, 'id' | 'revision'>,
  dialogTurn: DialogTurn,
  surroundings: Surroundings,
): Promise<Plan> {
  const { id, revision } = draft;
  const stored = revision === 0 ? {} : { deleteDraft: { id, revision } };
  const keep = (state: DialogState, conversation: Draft['conversation']): Commit => ({
    audit: [],
    saveDraft: { id, person: turn.person.id, conversation, state, updated_at: turn.now, revision },
  });
  switch (dialogTurn.kind) {
    case 'cancelled': {
      const said = promptCard(definition, dialogTurn, id, dialogEnv(turn));
      const next = await waiting(turn, id, surroundings);
      const entry = deedEntry(turn, 'draft.discard', null, { draft: id, dialog: definition.id });
      return { commit: { audit: [entry], ...stored }, reply: privately(turn, [said, ...next]) };
    }
    case 'kept': {
      const said = { ...promptCard(definition, dialogTurn, id, dialogEnv(turn)), actions: [resumeButton(turn, id)] };
      const next = await waiting(turn, id, surroundings);
      const entry = deedEntry(turn, 'draft.keep', null, { draft: id, dialog: definition.id });
      return { commit: { ...keep(dialogTurn.state, null), audit: [entry] }, reply: privately(turn, [said, ...next]) };
    }
    case 'complete': {
      // A request that could not be submitted stays as a draft; a reason for a decision that is moot does not.
      const done = await completeDialog(turn, definition, dialogTurn.state, dialogTurn.values, surroundings);
      const next = await waiting(turn, id, surroundings);
      if (done.kind === 'refused') {
        const kept = definition.complete === 'submit-request';
        const said = done.reply.cards.map((card) => (kept ? { ...card, actions: [...card.actions, resumeButton(turn, id)] } : card));
        const afterwards = kept ? keep(dialogTurn.state, null) : stored;
        return { commit: { ...afterwards, ...done.commit }, reply: privately(turn, [...said, ...next]) };
      }
      const reply = privately(turn, [...done.reply.cards, ...next]);
      const receipts = [...(done.commit.receipts ?? []), { key: draftKey(turn, id), reply }];
      return { commit: { ...done.commit, ...stored, receipts }, reply };
    }
    default: {
      const card = await promptOf(turn, definition, id, dialogTurn, surroundings);
      return {
        commit: keep(dialogTurn.state, turn.activity.conversation),
        reply: privately(turn, card ? [card] : []),
      };
    }
  }
}

/** Under which a finished draft's answer is kept, for a click sent again. */
const draftKey = (turn: PersonTurn, id: string): string => `draft:${turn.person.id}:${id}`;

export function resumeButton(turn: Turn, draft: string) {
  const label = turn.knowledge.say({ key: 'request.draft.resume' }, turn.reader);
  return { kind: 'button', label, action: 'draft.resume', data: { draft }, style: 'primary' } as const;
}

/** The draft that waited behind the one that just ended. */
async function waiting(turn: PersonTurn, ended: string, surroundings: Surroundings): Promise<readonly Card[]> {
  const drafts = await surroundings.store.drafts(turn.person.id);
  const here = turn.activity.conversation;
  const next = drafts.find(
    ({ id, conversation }) =>
      id !== ended && conversation?.platform === here.platform && conversation.id === here.id && conversation.thread === here.thread,
  );
  if (!next) return [];
  const prompt = await standingPrompt(turn, next, surroundings);
  return prompt ? [messageCard(turn.knowledge.say, turn.reader, [{ key: 'request.draft.back' }]), prompt] : [];
}

async function promptOf(
  turn: PersonTurn,
  definition: DialogDefinition,
  draft: string,
  dialogTurn: DialogTurn,
  surroundings: Surroundings,
): Promise<Card | null> {
  if (dialogTurn.kind === 'complete' || dialogTurn.kind === 'cancelled' || dialogTurn.kind === 'kept') return null;
  if (dialogTurn.kind !== 'review' || definition.complete !== 'submit-request')
    return promptCard(definition, dialogTurn, draft, dialogEnv(turn));
  const { flows, findings } = await reviewed(turn, definition, dialogTurn, surroundings);
  const card = promptCard(definition, dialogTurn, draft, dialogEnv(turn), detailsOf(turn, flows, findings, 'short'));
  if (!isShortened(flows, findings)) return card;
  const label = turn.knowledge.say({ key: 'request.button.show-all' }, turn.reader);
  const all: CardAction = { kind: 'button', label, action: 'draft.flows', data: { draft }, style: 'default' };
  return { ...card, actions: [...card.actions, all] };
}

/** What the last card says of the flows: a table where there are too many for a line each, and what was found. */
function detailsOf(turn: PersonTurn, flows: readonly Flow[], findings: readonly Finding[], detail: Detail): readonly CardElement[] {
  const table = flows.length > mostSaid ? flowElements(flows, turn.knowledge, turn.reader, detail) : [];
  return [...table, ...findingElements(findings, turn.knowledge, turn.reader, detail)];
}

async function reviewed(
  turn: PersonTurn,
  definition: DialogDefinition,
  review: Extract<DialogTurn, { kind: 'review' }>,
  { store }: Surroundings,
): Promise<{ readonly flows: readonly Flow[]; readonly findings: readonly Finding[] }> {
  const values = Object.fromEntries(review.answers.map(({ step: { field }, answer }) => [field, answer.value]));
  const content = requestContent(definition.id, values, turn.person.id);
  const { findings } = await assess(content, readRequestId(review.state.seed['amends']), turn.knowledge, store);
  return { flows: content.flows, findings };
}

/** All flows of a draft that stands before its end, and all that was found. */
export async function showDraft(turn: PersonTurn, draft: Draft, surroundings: Surroundings): Promise<Plan> {
  const definition = definitionOf(turn, draft.state.dialog);
  const dialogTurn = resume(definition, draft.state, dialogHandlers(turn.knowledge, turn.person), dialogEnv(turn));
  if (dialogTurn.kind !== 'review') return resumeDraft(turn, draft, surroundings);
  const { flows, findings } = await reviewed(turn, definition, dialogTurn, surroundings);
  const count = { key: 'dialog.flows', params: { count: flows.length } };
  const elements = detailsOf(turn, flows, findings, 'full');
  return { commit: { audit: [] }, reply: privately(turn, [messageCard(turn.knowledge.say, turn.reader, [count], { elements })]) };
}

/** For a draft's button whose draft is gone, or somebody else's: what this person was answered with, or that there is nothing left. */
export async function goneDraft(turn: PersonTurn, id: string, { store }: Surroundings): Promise<Plan> {
  const earlier = await store.receipt(draftKey(turn, id));
  if (earlier) return { commit: { audit: [] }, reply: privately(turn, earlier.reply.cards) };
  return refusedPlan(turn, 'draft.click', null, refuse('draft-gone'));
}
