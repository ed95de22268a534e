import type { Heard } from '../chat/activity.ts';
import type { Card } from '../chat/card.ts';
import { accepts } from '../dialog/engine.ts';
import { finalStates } from '../domain/lifecycle.ts';
import { refuse } from '../domain/refusal.ts';
import type { TopologyId } from '../domain/rule.ts';
import type { JsonObject, Locale } from '../locale.ts';
import type { Intent } from '../nlu/intent.ts';
import { answerCards } from './answer-card.ts';
import { type AskOptions, findAnswer, readText } from './answer-question.ts';
import { resultOf } from './answer-result.ts';
import { questionEntry } from './audit-questions.ts';
import { beginDeed } from './begin-deed.ts';
import { beginRequest } from './begin-request.ts';
import { planDeed, readRequestId, wordy } from './decisions.ts';
import { dialogHandlers } from './dialog-handlers.ts';
import { definitionOf, dialogEnv, resumeButton, standingPrompt, stepDialog } from './dialogs.ts';
import { helpCard } from './help-card.ts';
import { lastIntent, toFollow } from './last-question.ts';
import type { Draft } from './ports.ts';
import { requestCard } from './request-card.ts';
import { planView, readView } from './request-views.ts';
import { type Wanted, wantedIn } from './request-wanted.ts';
import { asPerson, messageCard, type PersonTurn, type Plan, privately, refusedPlan, type Surroundings, type Turn } from './turn.ts';

type Said = { readonly text: string; readonly heard: Heard };

/** What typed words mean: an answer to the question a dialog stands at, or something of their own. */
export async function planMessage(turn: Turn, { text, heard }: Said, surroundings: Surroundings): Promise<Plan> {
  const { actor } = turn;
  const fallback = topologyOf(turn);
  if (actor.kind === 'person') {
    const person: PersonTurn = { ...turn, person: actor.person };
    const draft = await surroundings.store.openDraft(actor.person.id, turn.activity.conversation);
    if (draft) return inDialog(person, draft, { text, heard }, readText(text, turn.knowledge, { fallback }).intent, surroundings);
  }
  const previous = await lastIntent(turn, surroundings.store);
  const { intent } = readText(text, turn.knowledge, { fallback, previous });
  return planIntent(turn, { text, heard }, intent, surroundings, previous);
}

/** In a dialog a text is its answer unless it clearly is not: then it is dealt with, and the question asked again. */
async function inDialog(turn: PersonTurn, draft: Draft, said: Said, intent: Intent, surroundings: Surroundings): Promise<Plan> {
  const { text } = said;
  const definition = definitionOf(turn, draft.state.dialog);
  const acceptance = accepts(definition, draft.state, text, dialogHandlers(turn.knowledge, turn.person), dialogEnv(turn));
  const between =
    readView(text) !== null ||
    (acceptance === 'none' ? isQuestion(intent) || isOrder(intent) : acceptance === 'free-text' && isInterjection(text, intent));
  if (!between) return stepDialog(turn, draft, { kind: 'text', text }, surroundings);
  const plan = await planIntent(turn, said, intent, surroundings);
  // A dialog that this opened takes what is typed next: the question before it comes back when it ends.
  if (plan.commit.saveDraft) return plan;
  const prompt = await standingPrompt(turn, draft, surroundings);
  const back = messageCard(turn.knowledge.say, turn.reader, [{ key: 'request.draft.back' }]);
  return { ...plan, reply: { ...plan.reply, cards: [...plan.reply.cards, back, ...(prompt ? [prompt] : [])] } };
}

const isQuestion = (intent: Intent): boolean =>
  ['ports', 'check', 'rule', 'unknown-role', 'invalid', 'compare', 'several'].includes(intent.kind);

/** Something that names a request, or asks for help: never the answer to a dialog's question. */
const isOrder = (intent: Intent): boolean =>
  intent.kind === 'help' || (intent.kind === 'decide' && intent.request !== null) || (intent.kind === 'status' && intent.request !== null);

/** Where any sentence would do as an answer, only one that begins or ends as questions do is taken for one. */
const isInterjection = (text: string, intent: Intent): boolean => isQuestion(intent) && asks.test(text);
const asks = /[?\uFF1F吗嗎呢]\s*$|^\s*(?:what|which|who|why|how)\b|^\s*(?:什么|哪|谁|为什么)/iu;

async function planIntent(
  turn: Turn,
  { text, heard }: Said,
  intent: Intent,
  surroundings: Surroundings,
  previous: Intent | null = null,
): Promise<Plan> {
  const view = readView(text);
  if (view !== null) return asPerson(turn, 'request.show', (person) => planView(person, view, surroundings));
  const wanted = wantedIn(text, intent, turn);
  if (wanted !== null) {
    const former = await formerFlows(wanted, surroundings);
    return asPerson(turn, 'request.submit', (person) => beginRequest(person, wanted, former, surroundings));
  }
  switch (intent.kind) {
    case 'status':
      return asPerson(turn, 'request.show', (person) => planStatus(person, intent.request, surroundings));
    case 'decide':
      return asPerson(turn, `request.${intent.decision}`, (person) => planDecision(person, intent, surroundings));
    case 'help':
    case 'greeting':
      return { commit: { audit: [] }, reply: { cards: [helpCard(turn, intent.kind)], private: false } };
    case 'not-understood':
      // People talk to each other in a channel; only what is clearly meant for the bot is answered there.
      if (heard !== 'addressed') return { commit: { audit: [] }, reply: { cards: [], private: false } };
      return planQuestion(turn, text, { previous });
    default:
      return planQuestion(turn, text, { previous });
  }
}

/** An answer out of the catalogue. It is told once it is written down who asked what, and how it was read. */
export function planQuestion(turn: Turn, question: string, options: AskOptions = {}): Plan {
  const answered = findAnswer(question, turn.knowledge, { ...options, fallback: topologyOf(turn) });
  const reader = { ...turn.reader, locale: languageOf(question) ?? turn.reader.locale };
  const lastQuestion = toFollow(turn, answered);
  const audit = [questionEntry(turn, question, resultOf(answered))];
  return {
    commit: { audit, ...(lastQuestion === null ? {} : { lastQuestion }) },
    reply: { cards: answerCards(answered, reader), private: false },
  };
}

const topologyOf = ({ actor }: Turn): TopologyId | null => (actor.kind === 'person' ? actor.person.topology : null);

/** A question is answered in its own language, and one without any words in the person's. */
function languageOf(question: string): Locale | null {
  if (/\p{Script=Han}/u.test(question)) return 'zh-CN';
  return /\p{Letter}{2}/u.test(question) ? 'en' : null;
}

/** A removal that names a former request means its flows. */
async function formerFlows({ text, remove }: Wanted, { store }: Surroundings): Promise<JsonObject> {
  const former = remove ? readRequestId(/\bFCR-\d+\b/i.exec(text)?.[0]) : null;
  const request = former === null ? null : await store.request(former);
  return request ? { flows: [...request.content.flows], site: request.content.site } : {};
}

type Decide = Extract<Intent, { kind: 'decide' }>;

async function planDecision(turn: PersonTurn, intent: Decide, surroundings: Surroundings): Promise<Plan> {
  const deed = intent.decision === 'ask' ? 'question' : intent.decision;
  const request = readRequestId(intent.request);
  if (request === null) return refusedPlan(turn, `request.${deed}`, null, refuse('which-request'));
  if (wordy.includes(deed) && intent.comment === null) return beginDeed(turn, { deed, request, version: null }, surroundings);
  return planDeed(turn, { deed, request, version: null, text: intent.comment }, surroundings);
}

async function planStatus(turn: PersonTurn, requested: string | null, surroundings: Surroundings): Promise<Plan> {
  const { store } = surroundings;
  const { say } = turn.knowledge;
  if (requested !== null) {
    const id = readRequestId(requested);
    const request = id === null ? null : await store.request(id);
    if (!request) return refusedPlan(turn, 'request.show', requested, refuse('no-such-request', { request: requested }));
    return { commit: { audit: [] }, reply: privately(turn, [requestCard(request, turn.person.id, turn.knowledge, turn.reader)]) };
  }
  const mine = (await store.requests({ requester: turn.person.id })).filter(({ state }) => !finalStates.includes(state));
  const drafts = await store.drafts(turn.person.id);
  const nothing = mine.length + drafts.length === 0;
  const head = messageCard(say, turn.reader, [
    { key: nothing ? 'request.list.none' : 'request.list.mine', params: { count: mine.length } },
  ]);
  const cards: Card[] = mine.slice(0, 10).map((request) => requestCard(request, turn.person.id, turn.knowledge, turn.reader));
  const kept = drafts.map((draft) =>
    messageCard(say, turn.reader, [{ key: 'request.list.draft', params: { at: { at: draft.updated_at } } }], {
      actions: [resumeButton(turn, draft.id)],
    }),
  );
  return { commit: { audit: [] }, reply: privately(turn, [head, ...cards, ...kept]) };
}
