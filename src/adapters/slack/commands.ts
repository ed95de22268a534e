import type { TurnReply } from '../../app/ports.ts';
import type { Activity, Conversation } from '../../chat/activity.ts';
import { within } from '../../chat/within.ts';
import { renderSlackMessages } from './card.ts';
import { type Ack, acknowledgedWithinMs, type Interaction, type InteractionParts, takeTurn } from './interaction.ts';
import { keptFormCard } from './kept-form.ts';
import { command, namedBy, originOf, shortcut } from './payloads.ts';
import { directConversation } from './platform.ts';
import { readText } from './read-text.ts';
import { type Named, slackPlatformId } from './senders.ts';

/** The ids that the app's manifest gives its shortcuts. */
export const shortcuts = { newRequest: 'new_request', fromMessage: 'request_from_message' } as const;

export type Commands = { readonly command: Interaction; readonly shortcut: Interaction };

/** Something begun with a trigger: a modal can be opened for it, for three seconds. */
type Begun = {
  readonly activity: (surface: Activity['surface'], sender: Activity['sender'], bot: string) => Activity;
  readonly who: Named;
  readonly conversation: Conversation;
  readonly trigger: string;
  readonly responseUrl: string | null;
};

/** Slash commands, whose answers are for the asker alone, and shortcuts, which open a modal. */
export function createCommands(parts: InteractionParts): Commands {
  const { modals, tell, readerOf, later } = parts;

  return {
    async command(body, ack) {
      const parsed = command.safeParse(body);
      if (!parsed.success) return ack();
      const { user_id, user_name, team_id, channel_id, trigger_id, response_url, command: name, text } = parsed.data;
      const isDirect = channel_id.startsWith('D');
      const conversation: Conversation = isDirect
        ? directConversation(user_id)
        : { platform: slackPlatformId, id: channel_id, kind: 'channel', thread: null };
      const begun: Begun = {
        who: { id: user_id, name: user_name ?? null, team: team_id ?? null },
        conversation,
        trigger: trigger_id,
        responseUrl: response_url ?? null,
        activity: (surface, sender, bot) => ({
          kind: 'message',
          id: `command:${trigger_id}`,
          conversation,
          sender,
          surface,
          text: `${name} ${readText(text ?? '', bot)}`.trim(),
          heard: 'addressed',
        }),
      };
      if (parts.beginsDialog(`${name} ${text ?? ''}`)) return inModal(begun, ack);
      return answered(begun, ack);
    },

    async shortcut(body, ack) {
      const parsed = shortcut.safeParse(body);
      if (!parsed.success) return ack();
      const { callback_id, trigger_id, message } = parsed.data;
      const who = namedBy(parsed.data);
      const fromMessage = callback_id === shortcuts.fromMessage;
      const conversation = directConversation(who.id);
      const activity: Begun['activity'] = (surface, sender, bot) => ({
        kind: 'click',
        id: `shortcut:${trigger_id}`,
        conversation,
        sender,
        surface,
        ...(fromMessage
          ? { action: 'requests.from-text', data: { text: readText(message?.text ?? '', bot) } }
          : { action: callback_id === shortcuts.newRequest ? 'requests.new' : callback_id, data: {} }),
        message: message?.ts ?? '',
      });
      return inModal({ who, conversation, trigger: trigger_id, responseUrl: null, activity }, ack);
    },
  };

  /** For what certainly asks something: the modal first, as its trigger is short-lived, then what stands in it. */
  async function inModal(begun: Begun, ack: Ack): Promise<void> {
    const { who, conversation } = begun;
    const { locale } = readerOf(who.id);
    // Once the modal stands nothing may fail that would leave it empty.
    await parts.identity();
    const id = await modals.open(begun.trigger, modals.loading(locale));
    const taking = take(begun, id === null ? 'chat' : 'form', id === null ? 'outbox' : 'here');
    await within(taking, acknowledgedWithinMs);
    later(
      taking.then(async (reply) => {
        if (id !== null && (await modals.update({ id }, modals.ofReply(reply, originOf(conversation), locale)))) return;
        const waiting = { account: who.id, conversation, responseUrl: begun.responseUrl };
        if (reply.form !== undefined) await tell(waiting, [keptFormCard(reply.form, parts.say())], begun.trigger);
        else if (id !== null || reply.unsaved === true) await tell(waiting, reply.cards, begun.trigger);
      }),
    );
    await ack();
  }

  /** The answer goes back with the acknowledgement, and what does not fit into it, or comes too late, after it. */
  async function answered(begun: Begun, ack: Ack): Promise<void> {
    const { who, conversation, trigger, responseUrl } = begun;
    const waiting = { account: who.id, conversation, responseUrl };
    const taking = take(begun, 'form', 'here');
    const outcome = await within(taking, acknowledgedWithinMs);
    if (outcome.kind === 'late') {
      later(
        taking.then((reply) => tell(waiting, reply.form === undefined ? reply.cards : [keptFormCard(reply.form, parts.say())], trigger)),
      );
      return ack();
    }
    const { form, cards } = outcome.value;
    if (form !== undefined) {
      const { locale } = readerOf(who.id);
      const opened = await modals.open(trigger, modals.ofReply(outcome.value, originOf(conversation), locale));
      if (opened === null) later(tell(waiting, [keptFormCard(form, parts.say())], trigger));
      return ack();
    }
    const [first, ...others] = cards;
    if (first === undefined) return ack();
    const messages = renderSlackMessages(first, parts.say(), parts.tables.known());
    const [head, ...tail] = messages;
    if (head === undefined || tail.length > 0) later(tell(waiting, cards, trigger));
    else {
      await parts.kept.keep(head.kept);
      if (others.length > 0) later(tell(waiting, others, trigger));
      return ack({ response_type: 'ephemeral', text: head.text, blocks: head.blocks });
    }
    return ack();
  }

  async function take({ who, activity }: Begun, surface: Activity['surface'], delivered: 'here' | 'outbox'): Promise<TurnReply> {
    const self = await parts.identity();
    return takeTurn(activity(surface, await parts.senderOf(who, self), self.user), delivered, parts);
  }
}
