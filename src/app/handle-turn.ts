import type { Activity } from '../chat/activity.ts';
import type { Actor } from '../domain/actor.ts';
import { instantOf } from '../domain/instant.ts';
import { refuse } from '../domain/refusal.ts';
import { AppError } from '../errors.ts';
import type { Reader } from '../locale.ts';
import { withoutQuestions } from './audit-questions.ts';
import { planUnanswered } from './discussion.ts';
import { channelReader } from './places.ts';
import { planClick } from './plan-click.ts';
import { planForm } from './plan-form.ts';
import { planMessage } from './plan-message.ts';
import type { Commit, Defaults, HandleTurn, TurnReply } from './ports.ts';
import { replyRows } from './reply-rows.ts';
import { resolveActor } from './resolve-actor.ts';
import { withSettings } from './roster.ts';
import { messageCard, type Plan, refusedPlan, type Surroundings, type Turn } from './turn.ts';
import { wellFormed } from './well-formed.ts';

/** How often a plan is made anew because somebody else was faster. */
const attempts = 5;

/** How a turn is handled. `kept`: the inbox keeps it until its effect is stored, and may try again later. */
type Handling = { readonly delivered: 'here' | 'outbox'; readonly kept: boolean };

/**
 * The one way in. Everything somebody does is planned, written in one transaction and only then answered; the same activity
 * again gets the same answer. What one person does in one conversation is done in order.
 */
export function createHandleTurn(surroundings: Surroundings): (activity: Activity, handling: Handling) => ReturnType<HandleTurn> {
  const queues = new Map<string, Promise<unknown>>();
  return (activity, handling) => {
    const key = JSON.stringify([activity.conversation.platform, activity.conversation.id, activity.sender.id]);
    const before = queues.get(key) ?? Promise.resolve();
    const turn = before.then(() => handle(wellFormed(activity), handling, surroundings));
    const settled = turn
      .catch(() => undefined)
      .finally(() => {
        if (queues.get(key) === settled) queues.delete(key);
      });
    queues.set(key, settled);
    return turn;
  };
}

async function handle(activity: Activity, { delivered, kept }: Handling, surroundings: Surroundings): Promise<TurnReply> {
  const { store } = surroundings;
  const files = surroundings.knowledge.current();
  const platform = surroundings.platforms.find(({ id }) => id === activity.conversation.platform);
  const key = `activity:${activity.conversation.platform}:${activity.sender.id}:${activity.id}`;
  const received = kept ? { received: activity } : {};
  let reader = readerOf(resolveActor(activity.sender, files.people), surroundings.defaults);
  /** For a deed that was done before: what the first time may have left unsaid is said, and the same answer comes back. */
  const repeat = async (reply: TurnReply): Promise<TurnReply> => {
    const again: TurnReply = { ...reply, private: activity.conversation.kind === 'channel' || reply.private };
    if (kept) await store.commit({ audit: [], received: activity, outbox: replyRows(activity, again, platform, delivered) });
    return again;
  };
  try {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const settings = await store.settings();
      const now = instantOf(surroundings.clock.now());
      const knowledge = withSettings(files, settings, now);
      const actor = resolveActor(activity.sender, knowledge.people);
      reader = actor.kind === 'person' ? actor.person : channelReader(activity.conversation, settings, surroundings.defaults);
      const turn: Turn = { activity, actor, reader, now, knowledge, settings };
      const earlier = await store.receipt(key);
      if (earlier) return await repeat(earlier.reply);
      const plan = await planTurn(turn, surroundings).then((made) => (surroundings.auditQuestions ? made : withoutQuestions(made)));
      const rows = replyRows(activity, plan.reply, platform, delivered);
      if (isEmpty(plan.commit) && rows.length === 0 && !kept) return plan.reply;
      const receipts = [...(plan.commit.receipts ?? []), { key, reply: plan.reply }];
      const outbox = [...(plan.commit.outbox ?? []), ...rows];
      const result = await store.commit({ ...plan.commit, outbox, receipts, ...received });
      if (result.kind === 'repeated') return await repeat(result.receipt.reply);
      if (result.kind === 'committed') {
        if (outbox.length > 0) surroundings.wake();
        return plan.reply;
      }
    }
    throw new AppError('store-busy', 'somebody else changed the same thing again and again');
  } catch (error) {
    if (kept || !(error instanceof AppError) || error.code !== 'store-busy') throw error;
    return busy(activity, reader, surroundings);
  }
}

function planTurn(turn: Turn, surroundings: Surroundings): Promise<Plan> {
  const { activity } = turn;
  if (!mayAsk(turn, surroundings)) {
    // What people say to each other is nothing to refuse.
    if (activity.kind === 'message' && activity.heard !== 'addressed') return planUnanswered(turn, activity.text, surroundings);
    return Promise.resolve(refusedPlan(turn, 'ask', null, refuse('not-a-member')));
  }
  switch (activity.kind) {
    case 'click':
      return planClick(turn, activity, surroundings);
    case 'form':
      return planForm(turn, activity.submission, surroundings);
    case 'message':
      return planMessage(turn, activity, surroundings);
  }
}

/** A guest who is in the people file was let in by name. */
function mayAsk({ actor, activity }: Turn, { whoMayAsk }: Surroundings): boolean {
  const { standing } = activity.sender;
  return actor.kind === 'person' || standing === 'member' || whoMayAsk === 'everyone' || (standing === 'guest' && whoMayAsk === 'guests');
}

function isEmpty(commit: Commit): boolean {
  const { request, lastQuestion, saveDraft, deleteDraft, audit, outbox, settings } = commit;
  return !request && !lastQuestion && !saveDraft && !deleteDraft && audit.length === 0 && !outbox?.length && !settings?.length;
}

function readerOf(actor: Actor, defaults: Defaults): Reader {
  return actor.kind === 'person' ? actor.person : defaults;
}

/** Nothing was written: the same again is the next step, and what was typed comes along. A form still stands as it was sent. */
function busy(activity: Activity, reader: Reader, surroundings: Surroundings): TurnReply {
  const { say } = surroundings.knowledge.current();
  const label = say({ key: 'request.button.again' }, reader);
  const actions = againActions(activity).map((again) => ({ kind: 'button', label, ...again, style: 'primary' }) as const);
  return { cards: [messageCard(say, reader, [{ key: 'request.busy' }], { tone: 'error', actions })], private: true, unsaved: true };
}

function againActions(activity: Activity) {
  if (activity.kind === 'form') return [];
  return activity.kind === 'click'
    ? [{ action: activity.action, data: activity.data }]
    : [{ action: 'say', data: { text: activity.text } }];
}
