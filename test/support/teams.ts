import { ConfigurationServiceClientCredentialFactory } from 'botbuilder';
import { expect, vi } from 'vitest';
import { z } from 'zod';
import { listen } from '../../src/adapters/http/listen.ts';
import { createTeams, type TeamsParts } from '../../src/adapters/teams/app.ts';
import type { Cloud } from '../../src/adapters/teams/connection.ts';
import type { RefusalReason } from '../../src/adapters/teams/refused.ts';
import type { Knowledge } from '../../src/app/ports.ts';
import { type JsonObject, jsonSchema } from '../../src/locale.ts';
import { loadTestKnowledge } from './knowledge.ts';
import { startProgram, still, type TestProgram, testClock } from './program.ts';
import { type Button, buttonsOf, sentBy, textOf } from './teams-card.ts';
import { type Connector, type PostedMessage, startConnector, type TeamsUser } from './teams-connector.ts';
import { type Claims, type Issuer, startIssuer } from './teams-issuer.ts';
import { checkTeamsCard } from './teams-limits.ts';

export const tenant = '3f3d1cea-7a18-41af-872b-cfbbd5140984';
export const appId = '11111111-2222-3333-4444-555555555555';
const botAccount = { id: `28:${appId}`, name: 'portclerk' };

/** An account of Teams for everybody of the people file, and some who are in none. */
export const users: readonly TeamsUser[] = [
  ...['engineer', 'approver', 'security', 'implementer', 'auditor', 'admin', 'stranger', 'newcomer'].map((name) => user(name)),
  user('guest', { role: 'guest' }),
  user('visitor', { tenant: '99999999-0000-0000-0000-000000000000' }),
  user('uninstalled', { installed: false }),
];

function user(name: string, options: Partial<TeamsUser> = {}): TeamsUser {
  return { aadObjectId: `aad-${name}`, mri: `29:${name}`, name, tenant, role: 'user', installed: true, ...options };
}

export function userOf(name: string): TeamsUser {
  const found = users.find((one) => one.name === name);
  if (found === undefined) throw new Error(`nobody is called ${name}`);
  return found;
}

/** The sample people with their accounts in Teams. */
export function teamsKnowledge(): Knowledge {
  const knowledge = loadTestKnowledge();
  const people = knowledge.people.map((person) => ({ ...person, identities: { ...person.identities, teams: `aad-${person.id}` } }));
  return { ...knowledge, people };
}

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

export type TestTeams = TestProgram & {
  readonly connector: Connector;
  readonly issuer: Issuer;
  readonly url: string;
  readonly refusals: readonly { readonly reason: RefusalReason; readonly why: string }[];
  readonly who: (name: string) => Person;
  /** Sends an activity as Teams does, with a token or whatever else is given. */
  readonly deliver: (activity: JsonObject, options?: { readonly token?: string | null; readonly claims?: Claims }) => Promise<Response>;
  /** Waits for a message that `is` as wanted; deliveries go on meanwhile. */
  readonly posted: (conversation: string, is: (message: PostedMessage) => boolean) => Promise<PostedMessage>;
  readonly settle: () => Promise<void>;
};

/** The credentials of a bot whose token was fetched already. */
class GivenToken extends ConfigurationServiceClientCredentialFactory {
  readonly #token: string;

  constructor(token: string) {
    super({ MicrosoftAppType: 'SingleTenant', MicrosoftAppId: appId, MicrosoftAppPassword: 'secret', MicrosoftAppTenantId: tenant });
    this.#token = token;
  }

  override async createCredentials(): ReturnType<ConfigurationServiceClientCredentialFactory['createCredentials']> {
    const token = this.#token;
    return {
      async signRequest(request) {
        request.headers.set('Authorization', `Bearer ${token}`);
        return request;
      },
    };
  }
}

/** Where this test's tokens come from, by the settings that the Bot Framework has for private clouds. */
export function testCloud({ issuer, metadataUrl }: Issuer, token: string): Cloud {
  return {
    settings: {
      ToChannelFromBotLoginUrl: 'https://login.test',
      ToChannelFromBotOAuthScope: 'https://issuer.test',
      ToBotFromChannelTokenIssuer: issuer,
      OAuthUrl: 'https://issuer.test',
      ToBotFromChannelOpenIdMetadataUrl: metadataUrl,
      ToBotFromEmulatorOpenIdMetadataUrl: metadataUrl,
      CallerId: 'urn:test',
    },
    credentials: new GivenToken(token),
  };
}

export async function startTeams(
  options: Parameters<typeof startProgram>[0] & {
    readonly check?: (content: JsonObject) => readonly string[];
    readonly parts?: Partial<TeamsParts>;
    /** Teams asks for no token of the bot's. */
    readonly unsigned?: boolean;
  } = {},
): Promise<TestTeams> {
  const clock = options.clock ?? testClock();
  const test = await startProgram({ ...options, clock, knowledge: options.knowledge ?? still(teamsKnowledge()) });
  const issuer = await startIssuer();
  const connector = await startConnector({
    users,
    now: () => clock.now().getTime(),
    check: options.check ?? checkTeamsCard,
    unsigned: options.unsigned ?? false,
  });
  const refusals: { reason: RefusalReason; why: string }[] = [];
  const faults: unknown[] = [];
  const teams = createTeams({
    registration: { appType: 'SingleTenant', appId, appPassword: 'secret', tenantId: tenant },
    cloud: testCloud(issuer, connector.token),
    program: test.program,
    store: test.store,
    knowledge: test.knowledge,
    defaults: { locale: 'en', zone: 'UTC' },
    clock,
    random: () => 0.5,
    refused: (reason, why) => refusals.push({ reason, why }),
    onFault: (fault) => faults.push(fault),
    ...options.parts,
  });
  test.program.attach(teams.platform);
  const server = await listen([teams.router], '127.0.0.1', 0);
  let activities = 0;

  const deliver: TestTeams['deliver'] = (activity, { token, claims = {} } = {}) => {
    const given = token === undefined ? issuer.token({ aud: appId, serviceurl: connector.url, ...claims }) : token;
    return fetch(`${server.url}api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(given === null ? {} : { authorization: `Bearer ${given}` }) },
      body: JSON.stringify(activity),
    });
  };
  /** Time goes on where something was held back. */
  const settle = async (): Promise<void> => {
    for (let round = 0; round < 5; round += 1) {
      await test.program.deliver();
      clock.set(new Date(clock.now().getTime() + 2_500).toISOString());
    }
  };
  const posted: TestTeams['posted'] = (conversation, is) =>
    vi.waitFor(
      async () => {
        await settle();
        const found = connector.messages(conversation).findLast(is);
        if (found === undefined)
          throw new Error(
            `not posted; there is ${connector
              .messages(conversation)
              .map(({ content }) => textOf(content))
              .join('\n—\n')}`,
          );
        return found;
      },
      { timeout: 5_000, interval: 20 },
    );

  function who(name: string): Person {
    const account = userOf(name);
    const personal = connector.personal(account);
    const about = (where: Where, writes: boolean): JsonObject => {
      activities += 1;
      // What begins a thread in a channel stands in it already, as Teams has it.
      const root = where.kind !== 'channel' ? undefined : (where.thread ?? (writes ? connector.addRoot(where.id) : undefined));
      const id = where.kind === 'personal' ? personal : `${where.id}${root === undefined ? '' : `;messageid=${root}`}`;
      return {
        id: writes && where.kind === 'channel' && where.thread === undefined ? (root ?? '') : `${name}-${activities}`,
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

  return {
    ...test,
    faults,
    connector,
    issuer,
    url: server.url,
    refusals,
    who,
    deliver,
    posted,
    settle,
    close: async () => {
      await server.close();
      await test.close();
      await connector.close();
      await issuer.close();
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
