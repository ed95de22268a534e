import { z } from 'zod';
import type { ActionData } from '../chat/card.ts';
import { dialogClick } from '../dialog/prompt-card.ts';
import { refuse } from '../domain/refusal.ts';
import { topologyIdSchema } from '../domain/rule.ts';
import { planAmend } from './amend-request.ts';
import { beginDeed } from './begin-deed.ts';
import { type Deed, deeds, readRequestId } from './decisions.ts';
import { goneDraft, openDialog, resumeDraft, showDraft, stepDialog } from './dialogs.ts';
import { planNew } from './plan-command.ts';
import { planMessage } from './plan-message.ts';
import { planQuestion, planShare } from './plan-question.ts';
import { requestCard } from './request-card.ts';
import { planList } from './request-list.ts';
import { planView, viewOf } from './request-views.ts';
import { asPerson, type PersonTurn, type Plan, privately, refusedPlan, type Surroundings, type Turn } from './turn.ts';

/** `reason`: typed on the card itself, beside the button. */
const requestClick = z.object({ request: z.string(), version: z.int().min(1), reason: z.string().trim().default('') });
const longestReason = 10_000;
/** Deeds that words typed on the card belong to; an outcome needs more than words. */
const spoken: readonly Deed[] = ['approve', 'reject', 'send-back', 'take-back', 'withdraw', 'question', 'answer'];
const draftClick = z.object({ draft: z.string() });
/** As long as anything that can be typed. */
const words = z.string().max(10_000);
const askClick = z.object({ question: words, topologies: z.array(topologyIdSchema).max(10).catch([]) });
const sayClick = z.object({ text: words });
/** As long as a message can be on any platform. */
const textClick = z.object({ text: z.string().max(100_000) });

type Click = { readonly action: string; readonly data: ActionData };

/** What a press of a button means. Its data is only a hint where to look: everything is loaded afresh. */
export async function planClick(turn: Turn, click: Click, surroundings: Surroundings): Promise<Plan> {
  const ask = click.action === 'ask' ? askClick.safeParse(click.data) : null;
  if (ask?.success) return planQuestion(turn, ask.data.question, { topologies: ask.data.topologies });
  const shared = click.action === 'share' ? askClick.safeParse(click.data) : null;
  if (shared?.success) return planShare(turn, shared.data.question, { topologies: shared.data.topologies });
  const said = click.action === 'say' ? sayClick.safeParse(click.data) : null;
  if (said?.success) return planMessage(turn, { text: said.data.text, heard: 'addressed' }, surroundings);
  return asPerson(turn, entryType(click.action), (person) => planPersonClick(person, click, surroundings));
}

const known: readonly string[] = ['request', 'request.details', 'request.view', 'request.edit', ...deeds.map((deed) => `request.${deed}`)];

/** What a click is called in the audit trail: only names that buttons bear. */
function entryType(action: string): string {
  return known.includes(action) ? action : 'click';
}

async function planPersonClick(turn: PersonTurn, click: Click, surroundings: Surroundings): Promise<Plan> {
  const inDialog = dialogClick(click.action, click.data);
  if (inDialog) return onDraft(turn, inDialog.draft, surroundings, (draft) => stepDialog(turn, draft, inDialog.input, surroundings));
  const about = draftClick.safeParse(click.data);
  if ((click.action === 'draft.resume' || click.action === 'dialog.form') && about.success) {
    return onDraft(turn, about.data.draft, surroundings, (draft) => resumeDraft(turn, draft, surroundings));
  }
  if (click.action === 'draft.flows' && about.success) {
    return onDraft(turn, about.data.draft, surroundings, (draft) => showDraft(turn, draft, surroundings));
  }
  if (click.action === 'requests.list') return planList(turn, surroundings);
  if (click.action === 'requests.new') return planNew(turn, '', surroundings);
  const from = click.action === 'requests.from-text' ? textClick.safeParse(click.data) : null;
  if (from?.success) return planNew(turn, from.data.text, surroundings);
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

async function onRequest(turn: PersonTurn, name: string, data: z.infer<typeof requestClick>, surroundings: Surroundings): Promise<Plan> {
  const id = readRequestId(data.request);
  const request = id === null ? null : await surroundings.store.request(id);
  if (id === null || request === null)
    return refusedPlan(turn, entryType(`request.${name}`), id, refuse('no-such-request', { request: data.request }));
  if (name === 'details' || name === 'view') {
    const undelivered = await surroundings.store.undelivered(id);
    const card = requestCard(request, turn.person.id, turn.knowledge, turn.reader, {
      detail: name === 'details' ? 'full' : 'short',
      undelivered,
    });
    return { commit: { audit: [] }, reply: privately(turn, [card]) };
  }
  if (name === 'edit') return planAmend(turn, request, surroundings);
  const view = viewOf(name, id);
  if (view !== null) return planView(turn, view, surroundings);
  const deed = deeds.find((candidate) => candidate === name);
  if (!deed) return refusedPlan(turn, 'click', id, refuse('unknown-button'));
  const { version, reason } = data;
  if ([...reason].length > longestReason) {
    const refusal = refuse('reason-long', { limit: longestReason, length: [...reason].length });
    return refusedPlan(turn, `request.${deed}`, id, refusal, request.content_hash);
  }
  const text = reason !== '' && spoken.includes(deed) ? reason : null;
  return beginDeed(turn, { deed, request: id, version, text }, surroundings);
}
