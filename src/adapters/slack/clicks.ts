import type { Activity, Conversation } from '../../chat/activity.ts';
import type { ActionData, Card } from '../../chat/card.ts';
import { within } from '../../chat/within.ts';
import { readSlackPress } from './form.ts';
import { type Ack, acknowledgedWithinMs, type Interaction, type InteractionParts, takeTurn } from './interaction.ts';
import { keptFormCard } from './kept-form.ts';
import { type BlockActions, blockActions, conversationOfClick, namedBy, originOf } from './payloads.ts';
import type { FormPresses } from './submissions.ts';

/** Clicks that ask for words, and so open a modal where they are made in a channel. */
export const formActions: readonly string[] = [
  'dialog.form',
  'draft.resume',
  'request',
  'request.answer',
  'request.edit',
  'request.question',
  'request.record',
  'request.reject',
  'request.send-back',
  'requests.from-text',
  'requests.new',
];

type Button = BlockActions['actions'][number];
type Pressed = { readonly action: string; readonly data: ActionData };

/** A press on a button of a message, of a modal or of somebody's home page. */
export function createClicks(parts: InteractionParts, presses: FormPresses): Interaction {
  const { modals, kept, readerOf, later, tell } = parts;

  return async (body, ack) => {
    const parsed = blockActions.safeParse(body);
    const [button] = parsed.success ? parsed.data.actions : [];
    if (!parsed.success || button === undefined) return ack();
    const click = parsed.data;
    const formPress = click.view ? readSlackPress(button.action_id, button.value ?? '') : null;
    return formPress === null ? acknowledging(click, button, ack) : presses(click, formPress, ack);
  };

  async function acknowledging(click: BlockActions, button: Button, ack: Ack): Promise<void> {
    const showing = take(click, button);
    // What a reply comes to may be shown later; its effect is committed by then, or the person is told to press again.
    await within(
      showing.then(() => undefined),
      acknowledgedWithinMs,
    );
    later(showing.then((show) => show()));
    await ack();
  }

  /** Resolves once the effect is committed, to what is left to show. */
  async function take(click: BlockActions, button: Button): Promise<() => Promise<unknown>> {
    // A button that nobody knows is refused like any other that may not be pressed.
    const pressed = (await kept.read(button.action_id, button.value ?? '')) ?? { action: button.action_id, data: {} };
    if (pressed.action === 'copy') return async () => showCopy(click, pressed);
    const account = click.user.id;
    const { locale } = readerOf(account);
    const isOwnView = click.view != null && click.view.type === 'modal';
    const isHome = click.view != null && click.view.type === 'home';
    const conversation = conversationAt(click);
    const wantsForm =
      isHome || pressed.action === 'dialog.form' || (conversation.kind === 'channel' && formActions.includes(pressed.action));
    const self = await parts.identity();
    const trigger = click.trigger_id ?? null;
    const opened = !isOwnView && wantsForm && trigger !== null ? await modals.open(trigger, modals.loading(locale)) : null;
    const modal = isOwnView && click.view ? { id: click.view.id, hash: click.view.hash ?? null } : opened === null ? null : { id: opened };
    const activity: Activity = {
      kind: 'click',
      id: clickId(click),
      conversation,
      sender: await parts.senderOf(namedBy(click), self),
      // Where no modal could be opened a dialog is walked in the direct conversation, and nothing is lost.
      surface: modal === null ? 'chat' : 'form',
      ...pressed,
      message: click.message?.ts ?? click.container.message_ts ?? click.view?.id ?? '',
    };
    const waiting = { account, conversation, responseUrl: click.response_url ?? null };
    if (modal !== null) {
      const reply = await takeTurn(activity, 'here', parts);
      return async () => {
        if (await modals.update(modal, modals.ofReply(reply, originOf(conversation), locale))) return;
        await tell(waiting, reply.form === undefined ? reply.cards : [keptFormCard(reply.form, parts.say())], activity.id);
      };
    }
    const isWhispered = click.container.is_ephemeral === true;
    const reply = await takeTurn(activity, isWhispered ? 'here' : 'outbox', parts);
    return async () => {
      if (isWhispered || reply.unsaved === true)
        await tell(waiting, reply.cards, activity.id, isWhispered && !reply.private && pressed.action === 'share');
    };
  }

  async function showCopy(click: BlockActions, { data }: Pressed): Promise<void> {
    const text = data['text'];
    if (typeof text !== 'string') return;
    const { trigger_id: trigger, user, view } = click;
    const { locale } = readerOf(user.id);
    const show = view?.type === 'modal' ? modals.push : modals.open;
    if (trigger && (await show(trigger, modals.copy(text, locale))) !== null) return;
    const card: Card = { locale, title: null, elements: [{ kind: 'text', spans: [{ code: text }] }], actions: [], summary: text };
    await tell({ account: user.id, conversation: conversationAt(click), responseUrl: click.response_url ?? null }, [card], clickId(click));
  }
}

function conversationAt(click: BlockActions): Conversation {
  return conversationOfClick(click.view ? { ...click, container: { type: 'view' } } : click);
}

/** The same press sent again has the same id; pressed again it is another one. */
export function clickId({ container, view, actions: [button], trigger_id }: BlockActions): string {
  const where = view?.id ?? container.message_ts ?? '';
  return `click:${where}:${button?.action_id ?? ''}:${button?.action_ts ?? trigger_id ?? ''}`;
}
