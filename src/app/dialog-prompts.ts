import type { Card, CardAction, CardElement } from '../chat/card.ts';
import type { Form } from '../chat/form.ts';
import { formOf } from '../dialog/form.ts';
import type { FormTurn } from '../dialog/form-turn.ts';
import { reviewPage } from '../dialog/pages.ts';
import { promptCard } from '../dialog/prompt-card.ts';
import type { Scene } from '../dialog/standing.ts';
import type { DialogTurn } from '../dialog/turn.ts';
import type { Finding } from '../domain/change-request.ts';
import type { Flow } from '../domain/flow.ts';
import { assess } from './assess.ts';
import { readRequestId } from './decisions.ts';
import { offersForms } from './dialog-place.ts';
import { mostSaid } from './handlers/flows-validator.ts';
import { requestContent } from './request-content.ts';
import { type Detail, findingElements, flowElements, isShortened } from './request-elements.ts';
import type { PersonTurn, Surroundings } from './turn.ts';

/** What somebody is asked next, or the last card with all that was found. */
export async function promptOf(
  turn: PersonTurn,
  { definition, env }: Scene,
  draft: string,
  dialogTurn: DialogTurn,
  surroundings: Surroundings,
): Promise<Card> {
  const forms = offersForms(turn, surroundings);
  if (dialogTurn.kind !== 'review' || definition.complete !== 'submit-request')
    return promptCard(definition, dialogTurn, draft, env, [], forms);
  const { flows, findings } = await reviewed(turn, dialogTurn, surroundings);
  const card = promptCard(definition, dialogTurn, draft, env, detailsOf(turn, flows, findings, 'short'), forms);
  if (!isShortened(flows, findings)) return card;
  const label = turn.knowledge.say({ key: 'request.button.show-all' }, turn.reader);
  const all: CardAction = { kind: 'button', label, action: 'draft.flows', data: { draft }, style: 'default' };
  return { ...card, actions: [...card.actions, all] };
}

/** The page somebody fills in next, under what there is to say before it; or the last one with all that was found. */
export async function pageOf(
  turn: PersonTurn,
  { definition, handlers, env }: Scene,
  draft: string,
  formTurn: FormTurn,
  before: readonly CardElement[],
  surroundings: Surroundings,
): Promise<Form> {
  const isLast = formTurn.page === reviewPage && definition.complete === 'submit-request';
  if (!isLast) return formOf(definition, formTurn, draft, handlers, env, before);
  const { flows, findings } = await reviewed(turn, formTurn, surroundings);
  return formOf(definition, formTurn, draft, handlers, env, [...before, ...detailsOf(turn, flows, findings, 'short')]);
}

/** What the last card says of the flows: a table where there are too many for a line each, and what was found. */
export function detailsOf(turn: PersonTurn, flows: readonly Flow[], findings: readonly Finding[], detail: Detail): readonly CardElement[] {
  const table = flows.length > mostSaid ? flowElements(flows, turn.knowledge, turn.reader, detail) : [];
  return [...table, ...findingElements(findings, turn.knowledge, turn.reader, detail)];
}

export async function reviewed(
  turn: PersonTurn,
  { state, values }: Pick<FormTurn, 'state' | 'values'>,
  { store }: Surroundings,
): Promise<{ readonly flows: readonly Flow[]; readonly findings: readonly Finding[] }> {
  const content = requestContent(state.dialog, values, turn.person.id);
  const { findings } = await assess(content, readRequestId(state.seed['amends']), turn.knowledge, store);
  return { flows: content.flows, findings };
}
