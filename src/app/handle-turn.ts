import type { Activity } from '../chat/activity.ts';
import type { ActionData } from '../chat/card.ts';
import type { Actor } from '../domain/actor.ts';
import { instantOf } from '../domain/instant.ts';
import { AppError } from '../errors.ts';
import type { Json, Reader } from '../locale.ts';
import { withoutQuestions } from './audit-questions.ts';
import { planClick } from './plan-click.ts';
import { planMessage } from './plan-message.ts';
import type { Commit, Defaults, HandleTurn, TurnReply } from './ports.ts';
import { resolveActor } from './resolve-actor.ts';
import { messageCard, type Plan, privately, type Surroundings, type Turn } from './turn.ts';

/** How often a plan is made anew because somebody else was faster. */
const attempts = 5;

/**
 * The one way in. Everything somebody does is planned, written in one transaction and only then answered; the same activity
 * again gets the same answer. What one person does in one conversation is done in order.
 */
export function createHandleTurn(surroundings: Surroundings): HandleTurn {
  const queues = new Map<string, Promise<unknown>>();
  return (activity) => {
    const key = JSON.stringify([activity.conversation.platform, activity.conversation.id, activity.sender.id]);
    const before = queues.get(key) ?? Promise.resolve();
    const turn = before.then(() => handle(wellFormed(activity), surroundings));
    const settled = turn
      .catch(() => undefined)
      .finally(() => {
        if (queues.get(key) === settled) queues.delete(key);
      });
    queues.set(key, settled);
    return turn;
  };
}

async function handle(activity: Activity, surroundings: Surroundings): Promise<TurnReply> {
  const knowledge = surroundings.knowledge.current();
  const actor = resolveActor(activity.sender, knowledge.people);
  const reader = readerOf(actor, surroundings.defaults);
  const key = `activity:${activity.conversation.platform}:${activity.sender.id}:${activity.id}`;
  try {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const turn: Turn = { activity, actor, reader, now: instantOf(surroundings.clock.now()), knowledge };
      const earlier = await surroundings.store.receipt(key);
      if (earlier) return privately(turn, earlier.reply);
      const plan = await planTurn(turn, surroundings).then((made) => (surroundings.auditQuestions ? made : withoutQuestions(made)));
      if (isEmpty(plan.commit)) return plan.reply;
      const receipts = [...(plan.commit.receipts ?? []), { key, reply: plan.reply.cards }];
      const result = await surroundings.store.commit({ ...plan.commit, receipts });
      if (result.kind === 'repeated') return privately(turn, result.receipt.reply);
      if (result.kind === 'committed') {
        if (plan.commit.outbox?.length) surroundings.wake();
        return plan.reply;
      }
    }
    throw new AppError('store-busy', 'somebody else changed the same request again and again');
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'store-busy') throw error;
    return busy(activity, reader, surroundings);
  }
}

/** Half a character can neither be stored nor hashed, and not every database takes a NUL: both are replaced before anything looks at them. */
function wellFormed(activity: Activity): Activity {
  if (activity.kind === 'message') return { ...activity, text: whole(activity.text) };
  return { ...activity, action: whole(activity.action), data: wholeNames(activity.data) };
}

const whole = (text: string): string => text.replace(/[\p{Surrogate}\0]/gu, '\uFFFD');

function wholeNames(data: ActionData): ActionData {
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [whole(name), wholeValue(value)]));
}

function wholeValue(value: Json): Json {
  if (typeof value === 'string') return whole(value);
  if (value === null || typeof value !== 'object') return value;
  return isList(value) ? value.map(wholeValue) : wholeNames(value);
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

function planTurn(turn: Turn, surroundings: Surroundings): Promise<Plan> {
  return turn.activity.kind === 'click'
    ? planClick(turn, turn.activity, surroundings)
    : planMessage(turn, turn.activity.text, surroundings);
}

function isEmpty(commit: Commit): boolean {
  return (
    !commit.request &&
    !commit.lastQuestion &&
    !commit.saveDraft &&
    !commit.deleteDraft &&
    commit.audit.length === 0 &&
    !commit.outbox?.length
  );
}

function readerOf(actor: Actor, defaults: Defaults): Reader {
  return actor.kind === 'person' ? actor.person : defaults;
}

/** Nothing was written: the same again is the next step, and what was typed comes along. */
function busy(activity: Activity, reader: Reader, surroundings: Surroundings): TurnReply {
  const { say } = surroundings.knowledge.current();
  const label = say({ key: 'request.button.again' }, reader);
  const again =
    activity.kind === 'click' ? { action: activity.action, data: activity.data } : { action: 'say', data: { text: activity.text } };
  const card = messageCard(say, reader, [{ key: 'request.busy' }], {
    tone: 'error',
    actions: [{ kind: 'button', label, ...again, style: 'primary' }],
  });
  return { cards: [card], private: true };
}
