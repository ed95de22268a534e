import { z } from 'zod';
import { bot, type SlackEmulator, type WorkspacePerson } from './slack-emulator.ts';
import type { SlackFront, View } from './slack-front.ts';
import { buttonsOf, readable, type SeenButton, stateOf, type Typed } from './slack-seen.ts';
import type { Sent, SlackSender } from './slack-sender.ts';

const message = z.looseObject({
  ts: z.string(),
  thread_ts: z.string().nullish(),
  user: z.string(),
  text: z.string(),
  blocks: z.array(z.unknown()).default([]),
});
export type Message = z.infer<typeof message>;
const history = z.object({ messages: z.array(message).default([]) });

type Place = { readonly channel: string; readonly message: Message; readonly ephemeral: boolean };
/** A button in front of somebody, and what Slack says about where it stands. */
export type Reachable = { readonly button: SeenButton; readonly at: Place | { readonly view: View } };

export type SeatParts = { readonly emulator: SlackEmulator; readonly front: SlackFront; readonly sender: SlackSender };

/** Somebody in the workspace: what they do comes to the bot as Slack would send it, made of what the emulator shows them. */
export class SlackSeat {
  readonly id: string;
  readonly name: WorkspacePerson;
  private readonly parts: SeatParts;
  private presses = 0;

  constructor(name: WorkspacePerson, parts: SeatParts) {
    this.name = name;
    this.parts = parts;
    this.id = parts.emulator.user(name);
  }

  /** Says something in a channel, with the bot's name before it; both events that Slack sends of it. */
  async mention(text: string, where: { channel?: string; thread?: string } = {}): Promise<{ ts: string; sent: readonly Sent[] }> {
    const channel = where.channel ?? this.parts.emulator.channel('general');
    const event = await this.post(channel, `<@${bot.user}> ${text}`, where.thread);
    const sent = await Promise.all([
      this.parts.sender.event({ ...event, type: 'app_mention' }),
      this.parts.sender.event({ ...event, type: 'message', channel_type: 'channel' }),
    ]);
    return { ts: event.ts, sent };
  }

  /** Says something in a channel to nobody in particular. */
  async say(text: string, where: { channel?: string; thread?: string } = {}): Promise<{ ts: string; sent: Sent }> {
    const event = await this.post(where.channel ?? this.parts.emulator.channel('general'), text, where.thread);
    return { ts: event.ts, sent: await this.parts.sender.event({ ...event, type: 'message', channel_type: 'channel' }) };
  }

  /** Says something to the bot alone. */
  async tell(text: string): Promise<Sent> {
    const event = await this.post(await this.direct(), text);
    return this.parts.sender.event({ ...event, type: 'message', channel_type: 'im' });
  }

  /** The event of a message, as Slack sends it, without sending it. */
  async post(
    channel: string,
    text: string,
    thread?: string,
  ): Promise<Record<string, unknown> & { readonly ts: string; readonly channel: string }> {
    const { emulator } = this.parts;
    const args = { channel, text, ...(thread === undefined ? {} : { thread_ts: thread }) };
    const answer = await emulator.call('chat.postMessage', args, emulator.tokenOf(this.name));
    const { ts } = z.object({ ts: z.string() }).parse(answer);
    const posted = (await this.messages(channel, thread)).find((one) => one.ts === ts);
    if (posted === undefined) throw new Error(`the emulator does not show what ${this.name} said`);
    const { user, text: said, thread_ts } = posted;
    const about = { client_msg_id: `m-${ts}`, team: bot.team, event_ts: ts };
    return { ...about, user, text: said, ts, channel, ...(thread_ts ? { thread_ts } : {}) };
  }

  async command(name: string, text: string, channel = this.parts.emulator.channel('general')): Promise<Sent> {
    const { front, sender } = this.parts;
    const sent = await sender.form({
      token: 'unused',
      team_id: bot.team,
      channel_id: channel,
      channel_name: 'general',
      user_id: this.id,
      user_name: this.name,
      command: name,
      text,
      api_app_id: bot.app,
      response_url: front.responseUrl(this.id, channel),
      trigger_id: await front.newTrigger(this.id),
    });
    if (sent.status === 200 && sent.body !== '') front.takeAnswer(this.id, channel, JSON.parse(sent.body));
    return sent;
  }

  async shortcut(callback: string, about?: Message): Promise<Sent> {
    const kind =
      about === undefined
        ? { type: 'shortcut' }
        : { type: 'message_action', message: about, channel: { id: this.parts.emulator.channel('general') } };
    return this.parts.sender.interaction({ ...kind, callback_id: callback, ...(await this.who()), action_ts: '1.1' });
  }

  openHome(): Promise<Sent> {
    return this.parts.sender.event({ type: 'app_home_opened', user: this.id, channel: 'D0', tab: 'home', event_ts: '1.1' });
  }

  /** Presses the newest button of this label that is in front of them. */
  async press(label: string, among?: (at: Reachable) => boolean): Promise<Sent> {
    return this.click(await this.find(label, among));
  }

  async find(label: string, among: (at: Reachable) => boolean = () => true): Promise<Reachable> {
    const all = (await this.reachable()).filter(among);
    const found = all.find(({ button }) => button.label === label);
    if (found === undefined)
      throw new Error(`${this.name} sees no button "${label}", only ${all.map(({ button }) => button.label).join(', ')}`);
    return found;
  }

  async click(reachable: Reachable, typed: Typed = {}): Promise<Sent> {
    return this.parts.sender.interaction(await this.payloadOf(reachable, typed));
  }

  /** What Slack sends of a press: each is a press of its own, and sent twice it is the same one. */
  async payloadOf({ button, at }: Reachable, typed: Typed = {}): Promise<Readonly<Record<string, unknown>>> {
    this.presses += 1;
    const { action_id, block_id, value, label } = button;
    const action_ts = `${Math.floor(Date.now() / 1000)}.${String(this.presses).padStart(6, '0')}`;
    const actions = [{ type: 'button', action_id, block_id, value, text: { type: 'plain_text', text: label, emoji: false }, action_ts }];
    return { type: 'block_actions', api_app_id: bot.app, ...(await this.who(at)), ...this.whereOf(at, typed), actions };
  }

  /** Fills the page in front of them and sends it, as Slack does with what stands there. */
  async submit(typed: Typed = {}): Promise<Sent> {
    const { front, sender } = this.parts;
    const view = this.modal();
    const state = stateOf(view.blocks, typed);
    const sent = await sender.interaction({ type: 'view_submission', ...(await this.who()), view: { ...view, state }, response_urls: [] });
    if (sent.status !== 200) return sent;
    const answer = z
      .object({ response_action: z.string().optional(), view: z.unknown().optional(), errors: z.record(z.string(), z.string()).optional() })
      .parse(sent.body === '' ? {} : JSON.parse(sent.body));
    if (answer.response_action === 'update') await front.replaceModal(this.id, answer.view);
    else if (answer.response_action !== 'errors') front.modals.delete(this.id);
    this.errors = answer.errors ?? {};
    return sent;
  }
  errors: Readonly<Record<string, string>> = {};

  /** Closes the modal in front of them. */
  async close(): Promise<Sent> {
    const view = this.modal();
    this.parts.front.modals.delete(this.id);
    return this.parts.sender.interaction({
      type: 'view_closed',
      ...(await this.who()),
      view: { ...view, state: undefined },
      is_cleared: false,
    });
  }

  modal(): View {
    const view = this.parts.front.modals.get(this.id);
    if (view === undefined) throw new Error(`${this.name} has no modal in front of them`);
    return view;
  }

  /** What the modal in front of them says. */
  reads(): string {
    return readable(this.modal());
  }

  /** What the bot said to them alone in their direct conversation, newest first. */
  async told(): Promise<readonly Message[]> {
    return (await this.messages(await this.direct())).filter(({ user }) => user === bot.user);
  }

  /** What stands in a channel, or a thread of it, newest first. */
  async messages(channel: string, thread?: string): Promise<readonly Message[]> {
    const { emulator } = this.parts;
    const [method, args] =
      thread === undefined ? ['conversations.history', { channel, limit: 1000 }] : ['conversations.replies', { channel, ts: thread }];
    const answer = history.parse(await emulator.call(method, args, emulator.tokenOf(this.name)));
    return [...answer.messages].sort((one, other) => other.ts.localeCompare(one.ts));
  }

  private directChannel: string | null = null;
  /** The channel of their conversation with the bot. */
  async direct(): Promise<string> {
    if (this.directChannel === null) {
      const { emulator } = this.parts;
      const answer = await emulator.call('conversations.open', { users: bot.user }, emulator.tokenOf(this.name));
      this.directChannel = z.object({ channel: z.object({ id: z.string() }) }).parse(answer).channel.id;
    }
    return this.directChannel;
  }

  private async reachable(): Promise<readonly Reachable[]> {
    const { front, emulator } = this.parts;
    const modal = front.modals.get(this.id);
    const home = front.homes.get(this.id);
    const whispered = front.whispers
      .filter(({ user, type }) => user === this.id || type === 'in_channel')
      .map(({ channel, ts, thread, text, blocks }) => ({
        channel,
        ephemeral: true,
        message: { ts, thread_ts: thread, user: bot.user, text, blocks: [...blocks] },
      }));
    const standing = await Promise.all(
      [await this.direct(), emulator.channel('general'), emulator.channel('approvals')].map(async (channel) => {
        const tops = await this.messages(channel);
        const threads = await Promise.all(tops.map((top) => this.messages(channel, top.ts)));
        return threads.flat().map((one) => ({ channel, message: one, ephemeral: false }));
      }),
    );
    const places = [...whispered, ...standing.flat()].sort((one, other) => other.message.ts.localeCompare(one.message.ts));
    return [
      ...(modal === undefined ? [] : buttonsOf(modal.blocks).map((button) => ({ button, at: { view: modal } }))),
      ...places.flatMap((at) => buttonsOf(at.message.blocks).map((button) => ({ button, at }))),
      ...(home === undefined ? [] : buttonsOf(home.blocks).map((button) => ({ button, at: { view: home } }))),
    ];
  }

  private whereOf(at: Reachable['at'], typed: Typed): Record<string, unknown> {
    if ('view' in at) {
      const view = { ...at.view, state: stateOf(at.view.blocks, typed) };
      return { container: { type: 'view', view_id: at.view.id }, view };
    }
    const { channel, message: clicked, ephemeral } = at;
    const thread = clicked.thread_ts ? { thread_ts: clicked.thread_ts } : {};
    const container = { type: 'message', message_ts: clicked.ts, channel_id: channel, is_ephemeral: ephemeral, ...thread };
    const response_url = this.parts.front.responseUrl(this.id, channel);
    return { container, channel: { id: channel, name: 'a-channel' }, response_url, ...(ephemeral ? {} : { message: clicked }) };
  }

  private async who(at?: Reachable['at']): Promise<Record<string, unknown>> {
    const modal = at !== undefined && 'view' in at && at.view.type === 'modal' ? at.view.id : undefined;
    const user = { id: this.id, username: this.name, name: this.name, team_id: bot.team };
    return { user, team: { id: bot.team, domain: 'emulate' }, trigger_id: await this.parts.front.newTrigger(this.id, modal) };
  }
}
