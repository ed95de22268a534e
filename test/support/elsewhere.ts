import type { Activity, Conversation, Sender } from '../../src/chat/activity.ts';
import type { ActionData, Card } from '../../src/chat/card.ts';
import type { ChatPlatform } from '../../src/chat/platform.ts';
import type { TestProgram } from './program.ts';
import { cardText, Recorder } from './recorder.ts';

/** A chat platform of another organisation, as Slack and Teams are: accounts have ids of their own, a direct conversation is its account's. */
export class Elsewhere extends Recorder {
  override readonly id: string;
  override readonly capabilities: ChatPlatform['capabilities'];
  /** What the platform's own groups hold; one that is missing can't be read. */
  readonly userGroups = new Map<string, readonly string[]>();
  groupReads = 0;

  constructor(id: 'slack' | 'teams', approvals: string | null = null) {
    super();
    this.id = id;
    this.capabilities = { approvals: approvals === null ? null : this.channel(approvals), dialogs: 'here', forms: false, home: false };
  }

  channel(id: string): Conversation {
    return { platform: this.id, id, kind: 'channel', thread: null };
  }

  override direct(accountId: string): Conversation {
    return { platform: this.id, id: accountId, kind: 'direct', thread: null };
  }

  membersOf(group: string): Promise<readonly string[]> {
    this.groupReads += 1;
    const members = this.userGroups.get(group);
    return members === undefined ? Promise.reject(new Error('the group cannot be read')) : Promise.resolve(members);
  }

  /** All that stands in a conversation, as one text. */
  text(conversationId: string): string {
    return this.in(conversationId).map(cardText).join('\n');
  }
}

/** Somebody with an account there. */
export class Account {
  private acts = 0;
  private readonly run = Math.random().toString(36).slice(2);
  private readonly started: TestProgram;
  private readonly platform: Elsewhere;
  readonly id: string;
  readonly standing: Sender['standing'];
  /** What they were answered with last. */
  replies: readonly Card[] = [];
  isPrivate = false;

  constructor(started: TestProgram, platform: Elsewhere, id: string, standing: Sender['standing'] = 'member') {
    this.started = started;
    this.platform = platform;
    this.id = id;
    this.standing = standing;
  }

  /** Says something to the bot, alone with it or in a channel, and returns the answer. */
  say(text: string, where: Conversation = this.platform.direct(this.id)): Promise<string> {
    return this.take(this.saying(text, where));
  }

  saying(text: string, where: Conversation = this.platform.direct(this.id)): Activity {
    return { ...this.base(where), kind: 'message', text, heard: 'addressed' };
  }

  /** Presses a button of the last answer, or of a card in their direct conversation. */
  press(label: string): Promise<string> {
    const cards = [...this.platform.in(this.id), ...this.replies];
    const found = cards.flatMap(({ actions }) => actions).findLast((action) => action.kind === 'button' && action.label === label);
    if (found?.kind !== 'button') throw new Error(`${this.id} sees no button "${label}":\n${cards.map(cardText).join('\n')}`);
    return this.click(found.action, found.data);
  }

  click(action: string, data: ActionData): Promise<string> {
    return this.take({ ...this.base(this.platform.direct(this.id)), kind: 'click', action, data, message: 'm' });
  }

  async take(activity: Activity): Promise<string> {
    const reply = await this.started.program.handleTurn(activity);
    this.replies = reply.cards;
    this.isPrivate = reply.private;
    await this.started.program.deliver();
    return reply.cards.map(cardText).join('\n');
  }

  /** What stands in their direct conversation. */
  sees(): string {
    return this.platform.text(this.id);
  }

  private base(conversation: Conversation) {
    this.acts += 1;
    const sender = { platform: this.platform.id, tenant: 'T1', id: this.id, name: `Account ${this.id}`, standing: this.standing };
    return { id: `${this.id}-${this.run}-${this.acts}`, conversation, sender, surface: 'chat' as const };
  }
}
