import type { Activity, Conversation, MessageRef } from '../../src/chat/activity.ts';
import type { Card, CardAction } from '../../src/chat/card.ts';
import type { ChatPlatform, Delivery, Posting, Showing } from '../../src/chat/platform.ts';
import type { TestProgram } from './program.ts';

export type Posted = { readonly ref: MessageRef; readonly key: string; card: Card; edits: number };

/** A platform that keeps what was posted, and lets people click it. `failing` stands in front of every delivery. */
export class Recorder implements ChatPlatform {
  readonly id: string = 'web';
  readonly posted: Posted[] = [];
  readonly capabilities: ChatPlatform['capabilities'] = {
    approvals: { platform: 'web', id: 'approvals', kind: 'channel', thread: null },
    dialogs: 'here',
    forms: false,
    home: false,
  };
  failing: () => Delivery | null = () => null;

  direct(accountId: string): Conversation {
    return { platform: 'web', id: `direct:${accountId}`, kind: 'direct', thread: null };
  }

  readonly reach: ChatPlatform['reach'] = 'everywhere';

  post({ conversation, card, key }: Posting): Promise<Delivery> {
    const failure = this.failing();
    if (failure) return Promise.resolve(failure);
    const earlier = this.posted.find((message) => message.key === key);
    const ref = earlier?.ref ?? { conversation, id: `m${this.posted.length + 1}` };
    if (!earlier) this.posted.push({ ref, key, card, edits: 0 });
    return Promise.resolve({ kind: 'delivered', message: ref });
  }

  edit(message: MessageRef, { card }: Showing): Promise<Delivery> {
    const failure = this.failing();
    if (failure) return Promise.resolve(failure);
    const standing = this.posted.find(({ ref }) => ref.id === message.id);
    if (!standing) return Promise.resolve({ kind: 'gone', reason: 'no such message' });
    standing.card = card;
    standing.edits += 1;
    return Promise.resolve({ kind: 'delivered', message });
  }

  /** What stands in a conversation now. */
  in(conversationId: string): readonly Card[] {
    return this.posted.filter(({ ref }) => ref.conversation.id === conversationId).map(({ card }) => card);
  }
}

/** Somebody in front of the bot, in their direct conversation or in the channel. */
export class Seat {
  private acts = 0;
  private readonly run = Math.random().toString(36).slice(2);
  private readonly started: TestProgram;
  private readonly recorder: Recorder;
  private readonly who: string;
  /** What the bot said back to them last. */
  replies: readonly Card[] = [];

  constructor(started: TestProgram, recorder: Recorder, who: string) {
    this.started = started;
    this.recorder = recorder;
    this.who = who;
  }

  async say(text: string): Promise<string> {
    return this.take({ ...this.base(), kind: 'message', text, heard: 'addressed' });
  }

  /** Presses a button that the bot showed: in its last answer, or on a card that stands in sight. */
  async press(label: string): Promise<string> {
    return this.take(this.click(this.button(label)));
  }

  button(label: string): CardAction & { kind: 'button' } {
    const cards = [...this.recorder.in(`direct:${this.who}`), ...this.recorder.in('approvals'), ...this.replies];
    const buttons = cards.flatMap(({ actions }) => actions).filter((action) => action.kind === 'button');
    const found = buttons.findLast((action) => action.label === label);
    if (!found) throw new Error(`${this.who} sees no button "${label}", only ${buttons.map((b) => b.label).join(', ')}`);
    return found;
  }

  click(button: CardAction & { kind: 'button' }): Activity {
    return { ...this.base(), kind: 'click', action: button.action, data: button.data, message: 'm' };
  }

  async take(activity: Activity): Promise<string> {
    const reply = await this.started.program.handleTurn(activity);
    this.replies = reply.cards;
    await this.started.program.deliver();
    return this.said();
  }

  /** The last answer as one text. */
  said(): string {
    return this.replies.map(cardText).join('\n');
  }

  /** The cards in their direct conversation as one text. */
  sees(): string {
    return this.recorder.in(`direct:${this.who}`).map(cardText).join('\n');
  }

  private base(): Pick<Activity, 'id' | 'conversation' | 'sender' | 'surface'> {
    this.acts += 1;
    const conversation = this.recorder.direct(this.who);
    return {
      id: `${this.who}-${this.run}-${this.acts}`,
      conversation,
      sender: { platform: 'web', tenant: null, id: this.who, name: this.who, standing: 'member' },
      surface: 'chat',
    };
  }
}

export function cardText(card: Card): string {
  const spans = (list: readonly (string | Record<string, string>)[]) =>
    list.map((span) => (typeof span === 'string' ? span : Object.values(span).join(''))).join('');
  const lines = card.elements.map((element) => {
    if (element.kind === 'facts') return element.facts.map(({ label, value }) => `${label}: ${value}`).join('\n');
    if (element.kind === 'moments') return `${element.label}: ${element.text}`;
    if (element.kind === 'table') return [element.columns, ...element.rows].map((row) => row.join(' | ')).join('\n');
    return spans(element.spans);
  });
  return [card.title ?? '', ...lines, card.actions.map(({ label }) => `[${label}]`).join(' ')].join('\n');
}
