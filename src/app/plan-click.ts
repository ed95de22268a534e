import { z } from 'zod';
import type { ActionData } from '../chat/card.ts';
import { dialogClick } from '../dialog/prompt-card.ts';
import { refuse } from '../domain/refusal.ts';
import { topologyIdSchema } from '../domain/rule.ts';
import { beginDeed } from './begin-deed.ts';
import { deeds, readRequestId } from './decisions.ts';
import { amendRequest, goneDraft, openDialog, resumeDraft, showDraft, stepDialog } from './dialogs.ts';
import { planMessage, planQuestion } from './plan-message.ts';
import { requestCard } from './request-card.ts';
import { planView, viewOf } from './request-views.ts';
import { asPerson, type PersonTurn, type Plan, privately, refusedPlan, type Surroundings, type Turn } from './turn.ts';

const requestClick = z.object({ request: z.string(), version: z.int().min(1) });
const draftClick = z.object({ draft: z.string() });
/** As long as anything that can be typed. */
const words = z.string().max(10_000);
const askClick = z.object({ question: words, topologies: z.array(topologyIdSchema).max(10).catch([]) });
const sayClick = z.object({ text: words });

type Click = { readonly action: string; readonly data: ActionData };

/** What a press of a button means. Its data is only a hint where to look: everything is loaded afresh. */
export async function planClick(turn: Turn, click: Click, surroundings: Surroundings): Promise<Plan> {
  const ask = click.action === 'ask' ? askClick.safeParse(click.data) : null;
  if (ask?.success) return planQuestion(turn, ask.data.question, { topologies: ask.data.topologies });
  const said = click.action === 'say' ? sayClick.safeParse(click.data) : null;
  if (said?.success) return planMessage(turn, { text: said.data.text, heard: 'addressed' }, surroundings);
  return asPerson(turn, entryType(click.action), (person) => planPersonClick(person, click, surroundings));
}

const known: readonly string[] = ['request', 'request.details', 'request.edit', ...deeds.map((deed) => `request.${deed}`)];

/** What a click is called in the audit trail: only names that buttons bear. */
function entryType(action: string): string {
  return known.includes(action) ? action : 'click';
}

async function planPersonClick(turn: PersonTurn, click: Click, surroundings: Surroundings): Promise<Plan> {
  const inDialog = dialogClick(click.action, click.data);
  if (inDialog) return onDraft(turn, inDialog.draft, surroundings, (draft) => stepDialog(turn, draft, inDialog.input, surroundings));
  const about = draftClick.safeParse(click.data);
  if (click.action === 'draft.resume' && about.success) {
    return onDraft(turn, about.data.draft, surroundings, (draft) => resumeDraft(turn, draft, surroundings));
  }
  if (click.action === 'draft.flows' && about.success) {
    return onDraft(turn, about.data.draft, surroundings, (draft) => showDraft(turn, draft, surroundings));
  }
  if (click.action === 'request') {
    if (!turn.person.powers.includes('request')) return refusedPlan(turn, 'request.submit', null, refuse('may-not-request'));
    return openDialog(turn, 'request-rule', { ...click.data }, surroundings);
  }
  const [scope, name] = click.action.split(/\.(.*)/, 2);
  const request = requestClick.safeParse(click.data);
  if (scope === 'request' && request.success) return onRequest(turn, name ?? '', request.data, surroundings);
  return refusedPlan(turn, 'click', null, refuse('unknown-button'));
}

async function onDraft(
  turn: PersonTurn,
  id: string,
  surroundings: Surroundings,
  work: (draft: NonNullable<Awaited<ReturnType<Surroundings['store']['draft']>>>) => Promise<Plan>,
): Promise<Plan> {
  const draft = await surroundings.store.draft(id);
  return draft && draft.person === turn.person.id ? work(draft) : goneDraft(turn, id, surroundings);
}

async function onRequest(
  turn: PersonTurn,
  name: string,
  data: { request: string; version: number },
  surroundings: Surroundings,
): Promise<Plan> {
  const id = readRequestId(data.request);
  const request = id === null ? null : await surroundings.store.request(id);
  if (id === null || request === null)
    return refusedPlan(turn, entryType(`request.${name}`), id, refuse('no-such-request', { request: data.request }));
  if (name === 'details') {
    return {
      commit: { audit: [] },
      reply: privately(turn, [requestCard(request, turn.person.id, turn.knowledge, turn.reader, { detail: 'full' })]),
    };
  }
  if (name === 'edit') {
    if (request.content.requester !== turn.person.id) return refusedPlan(turn, 'request.edit', id, refuse('not-requester'));
    if (request.state !== 'changes-requested') {
      return refusedPlan(turn, 'request.edit', id, refuse(`state.${request.state}`, { request: id }));
    }
    return amendRequest(turn, request, surroundings);
  }
  const view = viewOf(name, id);
  if (view !== null) return planView(turn, view, surroundings);
  const deed = deeds.find((candidate) => candidate === name);
  if (!deed) return refusedPlan(turn, 'click', id, refuse('unknown-button'));
  return beginDeed(turn, { deed, request: id, version: data.version }, surroundings);
}
