import type { HandlerContext, Verdict } from '../dialog/handlers.ts';
import { refuse } from '../domain/refusal.ts';
import { roleIdSchema } from '../domain/role.ts';
import type { Json, JsonObject, Message } from '../locale.ts';
import { dialogHandlers } from './dialog-handlers.ts';
import { dialogEnv, openDialog } from './dialogs.ts';
import { findRole } from './handlers/find-role.ts';
import { separatesEnds } from './handlers/flow-lines.ts';
import { roleOf } from './handlers/site-binding.ts';
import type { SaidFlow } from './request-sentence/said-flows.ts';
import type { Wanted } from './request-wanted.ts';
import { type PersonTurn, type Plan, refusedPlan, type Surroundings } from './turn.ts';
import { understoodCard } from './understood-card.ts';

/** Opens the dialog with all that was said filled in, and says how it was understood. */
export async function beginRequest(turn: PersonTurn, wanted: Wanted, seed: JsonObject, surroundings: Surroundings): Promise<Plan> {
  if (!turn.person.powers.includes('request')) return refusedPlan(turn, 'request.submit', null, refuse('may-not-request'));
  const dialog = wanted.remove ? 'remove-rule' : 'request-rule';
  return openDialog(turn, dialog, { ...seedOf(wanted, turn), ...seed }, surroundings, (state) => {
    const card = understoodCard(wanted, state, turn.knowledge, turn.reader);
    return card === null ? [] : [card];
  });
}

/** What the dialog is opened with. Dates are settled now: tomorrow is another day once it has come. */
export function seedOf(wanted: Wanted, turn: PersonTurn): JsonObject {
  const { text, rules, from, to, sites, flows, rest } = wanted;
  const lines = wanted.lines !== '' ? wanted.lines : flows.map((flow) => lineOf(flow, turn)).join('\n');
  const [site = null] = sites.length === 1 ? sites : [];
  const said = saidWords(wanted, turn);
  return { text, rules: [...rules], from: [...from], to: [...to], site, lines, said, rest: rest.join('; ') };
}

function saidWords({ said, sites, remove }: Wanted, turn: PersonTurn): JsonObject {
  const { knowledge, reader, person } = turn;
  const words: Record<string, Json> = {};
  for (const field of ['business_need', 'ticket', 'on_behalf_of'] as const)
    if (said[field] !== undefined) words[field] = { raw: said[field] };
  const { site, urgency, window, expiry } = said;
  if (sites.length > 1) {
    const names = knowledge.sites.filter(({ id }) => sites.includes(id)).map(({ name }) => name[reader.locale]);
    words['site'] = unsettled(names.join(', '), { key: 'field-error.sites', params: { sites: names.join(', ') } });
  } else if (sites.length === 0 && site !== undefined)
    words['site'] = unsettled(site, { key: 'field-error.no-site', params: { text: site } });
  if (urgency !== undefined) {
    const isPlain = urgency === 'emergency' || urgency === 'normal';
    words['urgency'] = isPlain ? { raw: urgency } : unsettled(urgency, { key: 'field-error.urgent', params: { text: urgency } });
  }
  const { validators } = dialogHandlers(knowledge, person);
  const bare = { dialog: remove ? 'remove-rule' : 'request-rule', seed: {}, options: [], env: dialogEnv(turn) };
  const read = (field: 'window' | 'expiry', raw: string, values: JsonObject): Verdict | null => {
    const context: HandlerContext = { ...bare, field, values };
    return validators.get(field)?.read(raw, context) ?? null;
  };
  const when = window === undefined ? null : read('window', window, {});
  if (window !== undefined && when !== null) words['window'] = settled(window, when);
  const until = expiry === undefined ? null : read('expiry', expiry, when?.kind === 'accepted' ? { window: when.value } : {});
  if (expiry !== undefined && until !== null) words['expiry'] = settled(expiry, until);
  return words;
}

function settled(raw: string, verdict: Verdict): JsonObject {
  if (verdict.kind === 'accepted') return { raw, value: verdict.value, echo: verdict.echo, notices: verdict.notices.map(asJson) };
  return { ...unsettled(raw, verdict.problem), suggestions: verdict.suggestions.map(({ label, text }) => ({ label, text })) };
}

function unsettled(raw: string, problem: Message): JsonObject {
  return { raw, problem: asJson(problem), suggestions: [] };
}

function asJson({ key, params = {} }: Message): JsonObject {
  return { key, params: { ...params } };
}

/** In the words of the reader where these can be read again, else by id. */
function lineOf({ from, to, service }: SaidFlow, { knowledge, reader }: PersonTurn): string {
  const name = (said: string): string => {
    const id = roleIdSchema.safeParse(said);
    const own = id.success ? roleOf(knowledge, id.data)?.name[reader.locale] : undefined;
    return own === undefined || separatesEnds(own) || findRole(knowledge, own)?.id !== said ? said : own;
  };
  return `${from.map(name).join(', ')} -> ${to.map(name).join(', ')} : ${service}`;
}
