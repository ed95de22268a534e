import type { Heard } from '../chat/activity.ts';
import { isWord } from '../dialog/commands.ts';
import { accepts } from '../dialog/engine.ts';
import type { RequestId } from '../domain/change-request.ts';
import { refuse } from '../domain/refusal.ts';
import type { Intent } from '../nlu/intent.ts';
import type { Answered } from './answer-ground.ts';
import { findAnswer, readText } from './answer-question.ts';
import { beginDeed } from './begin-deed.ts';
import { beginRequest } from './begin-request.ts';
import { readRequestId } from './decisions.ts';
import { dialogHandlers } from './dialog-handlers.ts';
import { definitionOf, dialogEnv, standingPrompt, stepDialog } from './dialogs.ts';
import { asksToShow, discussedEntry, isTalk, requestOfThread } from './discussion.ts';
import { askingPlan, helpCard } from './help-card.ts';
import { lastIntent } from './last-question.ts';
import { planMentions, requestsIn, silence } from './overheard.ts';
import { commandsPlan, planCommand } from './plan-command.ts';
import { planQuestion, planQuietly, topologyOf } from './plan-question.ts';
import { planSetting, settingIn } from './plan-setting.ts';
import type { Draft } from './ports.ts';
import { readCommand } from './read-command.ts';
import { formerFlows } from './request-from-text.ts';
import { planList, planShow } from './request-list.ts';
import { asks } from './request-sentence/order.ts';
import { planView, readView } from './request-views.ts';
import { wantedIn } from './request-wanted.ts';
import { readSetting } from './settings-words.ts';
import { asPerson, messageCard, type PersonTurn, type Plan, privately, refusedPlan, type Surroundings, type Turn } from './turn.ts';

type Said = { readonly text: string; readonly heard: Heard };

/** What typed words mean: an answer to the question a dialog stands at, or something of their own. */
export async function planMessage(turn: Turn, said: Said, surroundings: Surroundings): Promise<Plan> {
  const { text, heard } = said;
  if (heard === 'overheard') return planMentions(turn, text, surroundings);
  const { actor } = turn;
  const fallback = topologyOf(turn);
  if (actor.kind === 'person') {
    const person: PersonTurn = { ...turn, person: actor.person };
    const draft = await surroundings.store.openDraft(actor.person.id, turn.activity.conversation);
    if (draft) return inDialog(person, draft, said, readText(text, turn.knowledge, { fallback }).intent, surroundings);
  }
  const previous = await lastIntent(turn, surroundings.store);
  const answered = findAnswer(text, turn.knowledge, { fallback, previous });
  return planSaid(turn, said, answered.findings.intent, surroundings, { previous, answered });
}

/** In a dialog a text is its answer unless it clearly is not: then it is dealt with, and the question asked again. */
async function inDialog(turn: PersonTurn, draft: Draft, said: Said, intent: Intent, surroundings: Surroundings): Promise<Plan> {
  const { text } = said;
  const definition = definitionOf(turn, draft.state.dialog);
  const acceptance = accepts(definition, draft.state, text, dialogHandlers(turn.knowledge, turn.person), dialogEnv(turn));
  const between =
    readView(text) !== null ||
    settingIn(turn, said) !== null ||
    readCommand(text, turn.knowledge.words) !== null ||
    (acceptance === 'none' ? isQuestion(intent) || isOrder(intent) : acceptance === 'free-text' && isInterjection(text, intent));
  if (!between) return stepDialog(turn, draft, { kind: 'text', text }, surroundings);
  const plan = await planSaid(turn, said, intent, surroundings);
  // A dialog that this opened takes what is typed next: the question before it comes back when it ends.
  if (plan.commit.saveDraft || turn.activity.surface === 'form') return plan;
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
const isInterjection = (text: string, intent: Intent): boolean => isQuestion(intent) && interjects.test(text);
const interjects = /[?\uFF1F吗嗎呢]\s*$|^\s*(?:what|which|who|why|how)\b|^\s*(?:什么|哪|谁|为什么)/iu;

/** What was asked before in the conversation, and the answer to what is said now, once it is found. */
type Asked = { readonly previous: Intent | null; readonly answered: Answered | null };
const unasked: Asked = { previous: null, answered: null };

/** What is said in a request's own thread and is no order is kept with the request, whether it is answered or not. */
async function planSaid(turn: Turn, said: Said, intent: Intent, surroundings: Surroundings, asked: Asked = unasked): Promise<Plan> {
  const about = await requestOfThread(turn, surroundings);
  const plan = await planIntent(turn, said, intent, surroundings, { ...asked, about });
  const orders = readSetting(said.text) !== null || !isTalk(said.text, intent, turn.knowledge.words);
  if (about === null || orders) return plan;
  return { ...plan, commit: { ...plan.commit, audit: [...plan.commit.audit, discussedEntry(turn, about, said.text)] } };
}

type Before = Asked & { readonly about: RequestId | null };

async function planIntent(turn: Turn, said: Said, intent: Intent, surroundings: Surroundings, before: Before): Promise<Plan> {
  const { text, heard } = said;
  const { previous, answered, about } = before;
  const view = readView(text);
  if (view !== null) return asPerson(turn, 'request.show', (person) => planView(person, view, surroundings));
  const setting = settingIn(turn, said);
  if (setting !== null) return planSetting(turn, setting, surroundings);
  const command = readCommand(text, turn.knowledge.words);
  if (command?.kind === 'ports') return command.question === '' ? askingPlan(turn) : planQuietly(turn, command.question, { previous });
  if (command?.kind === 'other') return planOther(turn, { ...said, text: command.text }, surroundings, before);
  if (command !== null) return planCommand(turn, command, surroundings);
  const wanted = wantedIn(text, intent, turn);
  if (wanted !== null) {
    const former = await formerFlows(wanted, surroundings);
    return asPerson(turn, 'request.submit', (person) => beginRequest(person, wanted, former, surroundings));
  }
  // People talk to each other in a channel; only what is clearly meant for the bot is answered there.
  const isAddressed = heard === 'addressed';
  switch (intent.kind) {
    case 'status':
      return planStatus(turn, said, intent.request, surroundings, about);
    case 'decide':
      return asPerson(turn, `request.${intent.decision}`, (person) => planDecision(person, text, intent, surroundings, about));
    case 'greeting':
      return isAddressed ? helpPlan(turn, intent.kind, surroundings) : silence;
    case 'help':
      return helpPlan(turn, intent.kind, surroundings);
    case 'not-understood':
      return isAddressed ? planQuestion(turn, text, { previous }, answered) : silence;
    default:
      // About a request people name roles and ports without asking for any.
      return about === null || isAddressed || asks(text) ? planQuestion(turn, text, { previous }, answered) : silence;
  }
}

function helpPlan(turn: Turn, occasion: 'help' | 'greeting', surroundings: Surroundings): Plan {
  return { commit: { audit: [] }, reply: privately(turn, [helpCard(turn, occasion, surroundings)]) };
}

/** What stands behind `/fcr` and is none of its commands: an order in words, or else there is only so much to choose from. */
async function planOther(turn: Turn, said: Said, surroundings: Surroundings, before: Before): Promise<Plan> {
  const { intent } = readText(said.text, turn.knowledge, { fallback: topologyOf(turn) });
  const isOrder = readView(said.text) !== null || ['decide', 'status', 'request'].includes(intent.kind);
  return isOrder ? planIntent(turn, said, intent, surroundings, { ...before, answered: null }) : commandsPlan(turn, said.text);
}

type Decide = Extract<Intent, { kind: 'decide' }>;

/** Without an id, the bare word in a request's own thread means that request. */
async function planDecision(
  turn: PersonTurn,
  text: string,
  intent: Decide,
  surroundings: Surroundings,
  about: RequestId | null,
): Promise<Plan> {
  const deed = intent.decision === 'ask' ? 'question' : intent.decision;
  // "Cancel" is also said to a dialog that may have ended meanwhile.
  const here = isWord('command.cancel', text, dialogEnv(turn)) ? null : about;
  const request = readRequestId(intent.request) ?? here;
  if (request === null) return refusedPlan(turn, `request.${deed}`, null, refuse('which-request'));
  return beginDeed(turn, { deed, request, version: null, text: intent.comment }, surroundings);
}

/** A request, all of one's own, or a line about each that is named in a sentence about something else. */
async function planStatus(
  turn: Turn,
  { text, heard }: Said,
  requested: string | null,
  surroundings: Surroundings,
  about: RequestId | null,
): Promise<Plan> {
  if (requested === null) return asPerson(turn, 'request.show', (person) => planList(person, surroundings));
  const isSentence = !asksToShow(text);
  if (heard === 'thread' && isSentence) return about === null ? planMentions(turn, text, surroundings) : silence;
  return asPerson(turn, 'request.show', (person) =>
    isSentence && requestsIn(text).length > 1 ? planMentions(person, text, surroundings) : planShow(person, requested, surroundings),
  );
}
