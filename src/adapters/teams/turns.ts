import type { TurnContext } from 'botbuilder';
import type { Activity, Sender } from '../../chat/activity.ts';
import { AppError } from '../../errors.ts';
import type { Locale } from '../../locale.ts';
import { heardHow, messageOf, pressOf, type Said, senderOf } from './activity.ts';
import { createClicks } from './clicks.ts';
import { renderTeamsForm } from './form.ts';
import type { Outcome } from './gateway.ts';
import { conversationOf, type Incoming, teamsPlatformId, typeOf } from './incoming.ts';
import { answerPress, type InvokeAnswer, messageAnswer } from './invoke.ts';
import type { Members } from './members.ts';
import type { TeamsParts } from './parts.ts';
import { cardActivity } from './posts.ts';
import { readTeamsAction, type TeamsAction } from './read-action.ts';
import type { References } from './references.ts';
import { harmless } from './text.ts';
import { wordsIn } from './words.ts';

export type TurnParts = Pick<TeamsParts, 'registration' | 'program' | 'store' | 'knowledge' | 'defaults' | 'clock' | 'onFault'> & {
  readonly references: References;
  readonly members: Members;
};

const taken: Outcome = { status: 200 };

/** What an authenticated activity leads to. */
export function createTurns(parts: TurnParts): (incoming: Incoming, context: TurnContext) => Promise<Outcome> {
  const { registration, program, store, knowledge, references, members, onFault } = parts;
  const tenant = registration?.tenantId ?? null;
  const clicks = createClicks(parts.clock);
  const said: Said = {
    inThread: (conversation) => store.hasSpokenIn(conversation),
    requestAt: async (conversation, id) => (await store.requestAt({ conversation, id })) !== null,
  };

  /** Without an account of the directory somebody is nobody; the playground has other ids. */
  const accountOf = ({ from }: Incoming): string | null => from.aadObjectId ?? (registration === null ? from.id : null);

  async function sender(incoming: Incoming, account: string, context: TurnContext): Promise<Sender> {
    const standing = await members.standingOf(context, account, incoming.from.id);
    return senderOf(incoming, account, tenant, standing);
  }

  /** What is learnt is of use later; that it could not be kept must not keep anybody waiting. */
  const learn = (incoming: Incoming, account: string | null): Promise<void> => references.learn(incoming, account).catch(unlessBusy);
  const unlessBusy = (fault: unknown): void => {
    if (!(fault instanceof AppError) || fault.code !== 'store-busy') onFault(fault);
  };

  async function onMessage(incoming: Incoming, account: string, context: TurnContext): Promise<Outcome> {
    const action = readTeamsAction(incoming.value);
    if (action !== null) return onSubmit(incoming, account, action, context);
    const heard = await heardHow(incoming, account, said);
    if (heard === null || !incoming.id) return taken;
    const activity = messageOf(incoming, await sender(incoming, account, context), heard);
    if (activity.kind === 'message' && activity.text === '') return taken;
    await Promise.all([program.receive(activity), learn(incoming, account)]);
    return taken;
  }

  /** A press in a client that does not know `Action.Execute`: it is answered by messages. */
  async function onSubmit(incoming: Incoming, account: string, action: TeamsAction, context: TurnContext): Promise<Outcome> {
    const press = pressOf(incoming, await sender(incoming, account, context), action, clicks.idOf(incoming, account));
    const direct = typeOf(incoming) === 'personal';
    const learning = learn(incoming, account);
    const reply = await program.handleTurn(direct ? press : { ...press, surface: 'chat' }, 'outbox');
    await learning;
    if (reply.unsaved) throw new AppError('store-busy', 'a press was not saved');
    clicks.answered(press.id);
    if (reply.form !== undefined && direct) {
      const form = cardActivity(renderTeamsForm(reply.form, { say: knowledge.current().say }), harmless(reply.form.title));
      if (incoming.replyToId) await context.updateActivity({ ...form, id: incoming.replyToId });
      else await context.sendActivity(form);
    }
    return taken;
  }

  async function onPress(incoming: Incoming, account: string | null, context: TurnContext): Promise<InvokeAnswer> {
    const locale = localeOf(incoming, account);
    const { say } = knowledge.current();
    const action = readTeamsAction(incoming.value);
    if (action === null || account === null) return messageAnswer(wordsIn(locale, say)('refusal.unknown-button'));
    void learn(incoming, account);
    const press = pressOf(incoming, await sender(incoming, account, context), action, clicks.idOf(incoming, account));
    const onAnswered = (): void => clicks.answered(press.id);
    return answerPress(press, locale, { handleTurn: program.handleTurn, say, onFault, onAnswered });
  }

  /** Says hello once: as if whoever brought the bot had asked what it can do. */
  async function onArrival(incoming: Incoming, account: string | null, context: TurnContext): Promise<Outcome> {
    await references.learn(incoming, account);
    const added =
      incoming.type === 'installationUpdate'
        ? incoming.action === 'add'
        : (incoming.membersAdded ?? []).some(({ id }) => id === incoming.recipient.id);
    if (!added || account === null) return taken;
    const text = localeOf(incoming, account) === 'zh-CN' ? '帮助' : 'help';
    const conversation = conversationOf(incoming, account);
    const hello: Activity = {
      id: `arrival:${incoming.conversation.id}`,
      conversation,
      sender: await sender(incoming, account, context),
      surface: 'chat',
      kind: 'message',
      heard: 'addressed',
      text,
    };
    await program.receive(hello);
    return taken;
  }

  function localeOf(incoming: Incoming, account: string | null): Locale {
    const person = knowledge.current().people.find(({ identities }) => account !== null && identities[teamsPlatformId] === account);
    if (person !== undefined) return person.locale;
    return incoming.locale?.toLowerCase().startsWith('zh') ? 'zh-CN' : parts.defaults.locale;
  }

  return async (incoming, context) => {
    const account = accountOf(incoming);
    switch (incoming.type) {
      case 'message':
        return account === null ? taken : onMessage(incoming, account, context);
      case 'invoke':
        return incoming.name === 'adaptiveCard/action' ? { status: 200, body: await onPress(incoming, account, context) } : { status: 501 };
      case 'conversationUpdate':
      case 'installationUpdate':
        return onArrival(incoming, account, context);
      default:
        return taken;
    }
  };
}
