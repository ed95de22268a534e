import { canonicalJson } from '../canonical-json.ts';
import type { Card } from '../chat/card.ts';
import type { FormSubmission } from '../chat/form.ts';
import type { DialogDefinition } from '../dialog/definition.ts';
import { open, resume, step } from '../dialog/engine.ts';
import { fill } from '../dialog/fill.ts';
import { type FillTurn, firstPage, openForm } from '../dialog/form-turn.ts';
import type { DialogEnv } from '../dialog/handlers.ts';
import { promptCard } from '../dialog/prompt-card.ts';
import type { Scene } from '../dialog/standing.ts';
import { type DialogState, dialogStateSchema } from '../dialog/state.ts';
import type { DialogInput, DialogTurn } from '../dialog/turn.ts';
import type { ChangeRequest, RequestId } from '../domain/change-request.ts';
import { refuse } from '../domain/refusal.ts';
import { AppError } from '../errors.ts';
import type { JsonObject } from '../locale.ts';
import { deedEntry } from './audit-drafts.ts';
import { completeDialog } from './complete-dialog.ts';
import { readRequestId } from './decisions.ts';
import { dialogHandlers } from './dialog-handlers.ts';
import { placeOf } from './dialog-place.ts';
import { detailsOf, pageOf, promptOf, reviewed } from './dialog-prompts.ts';
import type { Commit, Draft } from './ports.ts';
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

function sceneOf(turn: PersonTurn, dialog: string): Scene {
  return { definition: definitionOf(turn, dialog), handlers: dialogHandlers(turn.knowledge, turn.person), env: dialogEnv(turn) };
}

/** How a dialog begins: with what is to be said before its first question, and at a page of its own. */
type Opening = { readonly before?: (state: DialogState) => readonly Card[]; readonly page?: string | null };

/**
 * Opens a dialog with what is known. One already open here waits, and comes back when this one ends; one about the same deed on the
 * same card goes on instead.
 */
export async function openDialog(
  turn: PersonTurn,
  id: string,
  seed: JsonObject,
  surroundings: Surroundings,
  before?: (state: DialogState) => readonly Card[],
): Promise<Plan> {
  const scene = sceneOf(turn, id);
  const request = readRequestId(seed['request']);
  // What was filled in is to be seen, so a form begins where the dialog does.
  const opening: Opening = { page: firstPage(scene.definition), ...(before === undefined ? {} : { before }) };
  const drafts = request === null ? [] : await surroundings.store.drafts(turn.person.id);
  const same = drafts.find(({ state }) => state.dialog === id && canonicalJson(state.seed) === canonicalJson(seed));
  if (same !== undefined) {
    return settle(turn, scene, same, resume(scene.definition, same.state, scene.handlers, scene.env), surroundings, opening);
  }
  return begin(turn, scene, open(scene.definition, seed, scene.handlers, scene.env), request, surroundings, opening);
}

/** Takes a request that was sent back up again, with everything that was answered. */
export function amendRequest(turn: PersonTurn, request: ChangeRequest, surroundings: Surroundings): Promise<Plan> {
  const scene = sceneOf(turn, request.dialog.id);
  const state = dialogStateSchema.parse(request.dialog.state);
  const again: DialogState = { ...state, seed: { ...state.seed, amends: request.id }, at: { kind: 'review' } };
  return begin(turn, scene, resume(scene.definition, again, scene.handlers, scene.env), request.id, surroundings, {});
}

async function begin(
  turn: PersonTurn,
  scene: Scene,
  dialogTurn: DialogTurn,
  request: RequestId | null,
  surroundings: Surroundings,
  opening: Opening,
): Promise<Plan> {
  const id = surroundings.newId();
  const plan = await settle(turn, scene, { id, revision: 0 }, dialogTurn, surroundings, opening);
  const { id: dialog, hash } = scene.definition;
  const entry = deedEntry(turn, 'draft.open', null, { draft: id, dialog, hash, request });
  return { ...plan, commit: { ...plan.commit, audit: [entry, ...plan.commit.audit] } };
}

/** One input into an open draft. */
export function stepDialog(turn: PersonTurn, draft: Draft, input: DialogInput, surroundings: Surroundings): Promise<Plan> {
  const scene = sceneOf(turn, draft.state.dialog);
  return settle(turn, scene, draft, step(scene.definition, draft.state, input, scene.handlers, scene.env), surroundings);
}

/** A page of an open draft, sent back. */
export function fillDialog(turn: PersonTurn, draft: Draft, submission: FormSubmission, surroundings: Surroundings): Promise<Plan> {
  const scene = sceneOf(turn, draft.state.dialog);
  return settle(turn, scene, draft, fill(scene.definition, draft.state, submission, scene.handlers, scene.env), surroundings);
}

/** Asks again where the person stands, and makes this conversation the draft's. */
export function resumeDraft(turn: PersonTurn, draft: Draft, surroundings: Surroundings): Promise<Plan> {
  const scene = sceneOf(turn, draft.state.dialog);
  return settle(turn, scene, draft, resume(scene.definition, draft.state, scene.handlers, scene.env), surroundings);
}

/** The question a draft stands at, to be asked once more under an answer given in between. */
export async function standingPrompt(turn: PersonTurn, draft: Draft, surroundings: Surroundings): Promise<Card | null> {
  const scene = sceneOf(turn, draft.state.dialog);
  const dialogTurn = resume(scene.definition, draft.state, scene.handlers, scene.env);
  return 'notices' in dialogTurn ? promptOf(turn, scene, draft.id, dialogTurn, surroundings) : null;
}

async function settle(
  turn: PersonTurn,
  scene: Scene,
  draft: Pick<Draft, 'id' | 'revision'>,
  dialogTurn: DialogTurn | FillTurn,
  surroundings: Surroundings,
  opening: Opening = {},
): Promise<Plan> {
  const { id, revision } = draft;
  const { definition } = scene;
  const stored = revision === 0 ? {} : { deleteDraft: { id, revision } };
  const keep = (state: DialogState, conversation: Draft['conversation']): Commit => ({
    audit: [],
    saveDraft: { id, person: turn.person.id, conversation, state, updated_at: turn.now, revision },
  });
  switch (dialogTurn.kind) {
    case 'cancelled': {
      const said = promptCard(definition, dialogTurn, id, scene.env);
      const next = await waiting(turn, id, surroundings);
      const entry = deedEntry(turn, 'draft.discard', null, { draft: id, dialog: definition.id });
      return { commit: { audit: [entry], ...stored }, reply: privately(turn, [said, ...next]) };
    }
    case 'kept': {
      const said = { ...promptCard(definition, dialogTurn, id, scene.env), actions: [resumeButton(turn, id)] };
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
    case 'form':
    case 'ask':
    case 'confirm':
    case 'review': {
      const place = placeOf(turn, surroundings);
      const before = opening.before?.(dialogTurn.state) ?? [];
      if (dialogTurn.kind === 'form' || place.kind === 'form') {
        const page = dialogTurn.kind === 'form' ? dialogTurn : formFrom(scene, dialogTurn, opening.page ?? null);
        const elements = before.flatMap((card) => card.elements);
        const form = await pageOf(turn, scene, id, page, elements, surroundings);
        return { commit: keep(page.state, place.conversation), reply: { cards: [], private: true, form } };
      }
      const cards = [...before, await promptOf(turn, scene, id, dialogTurn, surroundings)];
      const commit = keep(dialogTurn.state, place.conversation);
      if (place.kind === 'here') return { commit, reply: privately(turn, cards) };
      const elsewhere = messageCard(turn.knowledge.say, turn.reader, [{ key: 'dialog.form.elsewhere' }]);
      return { commit, reply: { ...privately(turn, [elsewhere]), direct: cards } };
    }
  }
}

function formFrom(
  { definition, handlers, env }: Scene,
  { state, notices }: Extract<DialogTurn, { kind: 'ask' | 'confirm' | 'review' }>,
  page: string | null,
): Extract<FillTurn, { kind: 'form' }> {
  const form = openForm(definition, state, page, handlers, env);
  return { ...form, notices: [...notices, ...form.notices] };
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

/** All flows of a draft that stands before its end, and all that was found. */
export async function showDraft(turn: PersonTurn, draft: Draft, surroundings: Surroundings): Promise<Plan> {
  const { definition, handlers, env } = sceneOf(turn, draft.state.dialog);
  const dialogTurn = resume(definition, draft.state, handlers, env);
  if (dialogTurn.kind !== 'review') return resumeDraft(turn, draft, surroundings);
  const { flows, findings } = await reviewed(turn, dialogTurn, surroundings);
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
