import { vi } from 'vitest';
import { listen } from '../../src/adapters/http/listen.ts';
import { createTeams } from '../../src/adapters/teams/app.ts';
import type { TeamsParts } from '../../src/adapters/teams/parts.ts';
import type { RefusalReason } from '../../src/adapters/teams/refused.ts';
import type { ChatPlatform } from '../../src/chat/platform.ts';
import type { JsonObject } from '../../src/locale.ts';
import { startProgram, still, type TestProgram, testClock } from './program.ts';
import { textOf } from './teams-card.ts';
import { testCloud } from './teams-cloud.ts';
import { type Connector, type PostedMessage, startConnector } from './teams-connector.ts';
import { type Claims, type Issuer, startIssuer } from './teams-issuer.ts';
import { checkTeamsCard } from './teams-limits.ts';
import { createPerson, type Person } from './teams-person.ts';
import { appId, teamsKnowledge, tenant, users } from './teams-users.ts';

export type TestTeams = TestProgram & {
  readonly connector: Connector;
  readonly issuer: Issuer;
  readonly url: string;
  readonly platform: ChatPlatform;
  readonly refusals: readonly { readonly reason: RefusalReason; readonly why: string }[];
  readonly who: (name: string) => Person;
  /** Sends an activity as Teams does, with a token or whatever else is given. */
  readonly deliver: (activity: JsonObject, options?: { readonly token?: string | null; readonly claims?: Claims }) => Promise<Response>;
  /** Waits for a message that `is` as wanted; deliveries go on meanwhile. */
  readonly posted: (conversation: string, is: (message: PostedMessage) => boolean) => Promise<PostedMessage>;
  readonly settle: () => Promise<void>;
};

export async function startTeams(
  options: Parameters<typeof startProgram>[0] & {
    readonly check?: (content: JsonObject) => readonly string[];
    readonly parts?: Partial<TeamsParts>;
    /** Teams asks for no token of the bot's. */
    readonly unsigned?: boolean;
    /** One that serves another platform too, and is closed by whoever started it. */
    readonly started?: TestProgram;
  } = {},
): Promise<TestTeams> {
  const clock = options.started?.clock ?? options.clock ?? testClock();
  const test = options.started ?? (await startProgram({ ...options, clock, knowledge: options.knowledge ?? still(teamsKnowledge()) }));
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
  const nextActivity = (): number => {
    activities += 1;
    return activities;
  };

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

  return {
    ...test,
    faults,
    connector,
    issuer,
    url: server.url,
    platform: teams.platform,
    refusals,
    who: (name) => createPerson(name, { connector, clock, deliver, posted, nextActivity }),
    deliver,
    posted,
    settle,
    close: async () => {
      await server.close();
      if (options.started === undefined) await test.close();
      await connector.close();
      await issuer.close();
    },
  };
}
