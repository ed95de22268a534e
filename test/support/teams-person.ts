import { expect } from 'vitest';
import { z } from 'zod';
import { type JsonObject, jsonSchema } from '../../src/locale.ts';
import type { TestClock } from './program.ts';
import { type Button, buttonsOf, sentBy, textOf } from './teams-card.ts';
import type { Connector, PostedMessage, TeamsUser } from './teams-connector.ts';
import { botAccount, tenant, userOf } from './teams-users.ts';

/** A conversation as Teams describes it in an activity. */
export type Where =
  | { readonly kind: 'personal' }
  | { readonly kind: 'channel' | 'groupChat'; readonly id: string; readonly thread?: string };
export const personally: Where = { kind: 'personal' };

const answerSchema = z.object({
  statusCode: z.literal(200),
  type: z.string(),
  value: z.union([z.string().min(1), z.record(z.string(), jsonSchema)]),
});
/** The answer to a press: a card in the place of the one that was pressed, or a line under it. */
export type Answer = { readonly card: JsonObject | null; readonly line: string; readonly ms: number };

export type Person = {
  readonly user: TeamsUser;
  readonly personal: string;
  /** Writes, and returns what the bot posted there since. */
  readonly says: (text: string, where?: Where) => Promise<readonly PostedMessage[]>;
  /** The activity a client would send for what was written, or for a press. */
  readonly message: (text: string, where?: Where) => JsonObject;
  readonly press: (
    on: Pick<PostedMessage, 'id' | 'content'>,
    title: string | RegExp,
    typed?: Record<string, string>,
    where?: Where,
  ) => JsonObject;
  /** The same press by a client that knows `Action.Submit` alone. */
  readonly submit: (on: Pick<PostedMessage, 'id' | 'content'>, title: string, typed?: Record<string, string>, where?: Where) => JsonObject;
  readonly presses: (
    on: Pick<PostedMessage, 'id' | 'content'>,
    title: string | RegExp,
    typed?: Record<string, string>,
    where?: Where,
  ) => Promise<Answer>;
  /** Their own view of a card that has one for them; fails where the card has none. */
  readonly views: (on: PostedMessage, where?: Where) => Promise<Answer>;
  readonly latest: () => PostedMessage;
};

type Surroundings = {
  readonly connector: Connector;
  readonly clock: TestClock;
  readonly deliver: (activity: JsonObject) => Promise<Response>;
  readonly posted: (conversation: string, is: (message: PostedMessage) => boolean) => Promise<PostedMessage>;
  readonly nextActivity: () => number;
};

/** Somebody at a client of Teams: everything they press is what the bot posted or answered. */
export function createPerson(name: string, surroundings: Surroundings): Person {
  const { connector, clock, deliver, posted, nextActivity } = surroundings;
  const account = userOf(name);
  const personal = connector.personal(account);
  const about = (where: Where, writes: boolean): JsonObject => {
    const number = nextActivity();
    // What begins a thread in a channel stands in it already, as Teams has it.
    const root = where.kind !== 'channel' ? undefined : (where.thread ?? (writes ? connector.addRoot(where.id) : undefined));
    const id = where.kind === 'personal' ? personal : `${where.id}${root === undefined ? '' : `;messageid=${root}`}`;
    return {
      id: writes && where.kind === 'channel' && where.thread === undefined ? (root ?? '') : `${name}-${number}`,
      channelId: 'msteams',
      serviceUrl: connector.url,
      timestamp: clock.now().toISOString(),
      from: { id: account.mri, name: account.name, aadObjectId: account.aadObjectId },
      recipient: botAccount,
      conversation: { id, conversationType: where.kind, tenantId: tenant, isGroup: where.kind !== 'personal' },
      channelData: { tenant: { id: tenant }, ...(where.kind === 'channel' ? { team: { id: '19:team@thread.tacv2' } } : {}) },
    };
  };
  const message: Person['message'] = (text, where = personally) => {
    const mention = '<at>portclerk</at>';
    const entities = text.includes(mention) ? { entities: [{ type: 'mention', text: mention, mentioned: botAccount }] } : {};
    return { ...about(where, true), type: 'message', text, textFormat: 'plain', ...entities };
  };
  const press: Person['press'] = (on, title, typed = {}, where = personally) => {
    const found = buttonOf(on.content, title);
    const { type = null, verb = null, title: label = null } = found.action;
    const action = { type, verb, title: label, data: sentBy(on.content, found.action, typed) };
    return {
      ...about(where, false),
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: on.id,
      value: { action, trigger: 'manual' },
    };
  };
  const submit: Person['submit'] = (on, title, typed, where = personally) => {
    const { fallback } = z.object({ fallback: z.object({ type: z.literal('Action.Submit') }) }).parse(buttonOf(on.content, title).action);
    expect(fallback.type).toBe('Action.Submit');
    const { value } = z
      .object({ value: z.object({ action: z.object({ data: z.record(z.string(), jsonSchema) }) }) })
      .parse(press(on, title, typed, where));
    return { ...about(where, false), type: 'message', replyToId: on.id, value: value.action.data };
  };
  const send = async (activity: JsonObject): Promise<Answer> => {
    const since = performance.now();
    return answerOf(await deliver(activity), since);
  };
  return {
    user: account,
    personal,
    message,
    press,
    submit,
    async says(text, where = personally) {
      const place = where.kind === 'personal' ? personal : where.id;
      const before = connector.messages(place).length;
      const response = await deliver(message(text, where));
      expect(response.status).toBe(200);
      await posted(place, ({ id }) => id === connector.messages(place).at(-1)?.id && connector.messages(place).length > before);
      return connector.messages(place).slice(before);
    },
    presses: (on, title, typed, where) => send(press(on, title, typed, where)),
    views(on, where = personally) {
      const refresh = z.object({ action: z.record(z.string(), jsonSchema), userIds: z.array(z.string()) }).parse(on.content['refresh']);
      expect(refresh.userIds).toContain(account.mri);
      const { type = null, verb = null, data = null } = refresh.action;
      return send({
        ...about(where, false),
        type: 'invoke',
        name: 'adaptiveCard/action',
        replyToId: on.id,
        value: { action: { type, verb, data }, trigger: 'automatic' },
      });
    },
    latest() {
      const last = connector.messages(personal).at(-1);
      if (last === undefined) throw new Error(`${name} was told nothing`);
      return last;
    },
  };
}

function buttonOf(content: JsonObject, title: string | RegExp): Button {
  const buttons = buttonsOf(content);
  const found = buttons.find((button) => (typeof title === 'string' ? button.title === title : title.test(button.title)));
  if (found === undefined) throw new Error(`no button ${title} among ${buttons.map((button) => button.title).join(', ')}`);
  return found;
}

/** Whatever is pressed is answered by a card or a line: an empty answer shows as a failure of the app. */
export async function answerOf(response: Response, since: number): Promise<Answer> {
  expect(response.status).toBe(200);
  const answer = answerSchema.parse(await response.json());
  const card = typeof answer.value === 'string' ? null : answer.value;
  expect(answer.type).toBe(card === null ? 'application/vnd.microsoft.activity.message' : 'application/vnd.microsoft.card.adaptive');
  return { card, line: typeof answer.value === 'string' ? answer.value : textOf(answer.value), ms: performance.now() - since };
}
