import { App, type Receiver } from '@slack/bolt';
import type { Router } from 'express';
import type { Clock, HandleTurn, Store } from '../../app/ports.ts';
import type { Notes } from '../../app/ports-settings.ts';
import type { Activity, Sender } from '../../chat/activity.ts';
import type { Home } from '../../chat/home.ts';
import type { ChatPlatform } from '../../chat/platform.ts';
import type { Reader, Say } from '../../locale.ts';
import { createClicks } from './clicks.ts';
import { createCall } from './client.ts';
import { createCommands } from './commands.ts';
import type { Counts } from './counts.ts';
import { createDirectChannels } from './direct-channels.ts';
import { createEvents } from './events.ts';
import { createHomes } from './homes.ts';
import { createSlackHttp } from './http.ts';
import { createIdentity } from './identity.ts';
import type { Ack, InteractionParts } from './interaction.ts';
import { createKeptPayloads } from './kept-payloads.ts';
import { boltLogger, type Log, withoutSecrets } from './log.ts';
import { createModals } from './modals.ts';
import { createSlackPlatform } from './platform.ts';
import { createPosts } from './posts.ts';
import { createSenders } from './senders.ts';
import { createSlackSocket } from './socket.ts';
import { checkStart, watchStart } from './start-check.ts';
import { createSubmissions } from './submissions.ts';
import { createTableChoice } from './tables.ts';
import { createTell } from './tell.ts';

export type SlackSettings = {
  readonly botToken: string;
  readonly transport: { readonly kind: 'http'; readonly signingSecret: string } | { readonly kind: 'socket'; readonly appToken: string };
  readonly apiUrl: string | null;
  readonly approvalsChannel: string | null;
};

export type SlackParts = {
  readonly settings: SlackSettings;
  readonly handleTurn: HandleTurn;
  readonly receive: (activity: Activity) => Promise<'new' | 'known'>;
  readonly home: (sender: Sender) => Promise<Home>;
  readonly store: Pick<Store, 'hasSpokenIn' | 'requestAt'>;
  readonly notes: Notes;
  readonly clock: Clock;
  readonly say: () => Say;
  readonly readerOf: (account: string) => Reader;
  /** Whether a slash command, as it was typed, certainly begins a dialog. */
  readonly beginsDialog: (text: string) => boolean;
  readonly counts: Counts;
  readonly log: Log;
  readonly onFault: (fault: unknown) => void;
};

export type Slack = {
  readonly platform: ChatPlatform;
  /** Null with Socket Mode, which needs no routes. */
  readonly router: Router | null;
  readonly start: () => Promise<void>;
  /** Resolves when nothing is being shown any more that was acknowledged before. */
  readonly idle: () => Promise<void>;
  /** Takes in nothing more, and waits for what is still being shown. */
  readonly close: () => Promise<void>;
};

/** For Bolt, which hands nothing to listeners without a pattern. What is not ours is refused in one place. */
const everything = /^/;

/** Slack, by Bolt. Nothing in its memory is needed to be right: several processes may serve one workspace. */
export function createSlack(parts: SlackParts): Slack {
  const { settings, say, onFault, counts } = parts;
  const { botToken, transport, apiUrl } = settings;
  const secret = transport.kind === 'http' ? transport.signingSecret : transport.appToken;
  const log = withoutSecrets(parts.log, [botToken, secret]);
  const logger = boltLogger(log);
  const call = createCall(botToken, apiUrl, logger);
  const identity = createIdentity(call);
  const kept = createKeptPayloads(parts.notes, parts.clock);
  const direct = createDirectChannels(call);
  const tables = createTableChoice(log);
  const posts = createPosts({ call, identity: identity.get, kept, clock: parts.clock, tables, say });
  const watch = watchStart(() => checkStart(call, identity.refresh, settings.approvalsChannel), log);
  const connection = connect();

  const running = new Set<Promise<unknown>>();
  const later = (work: Promise<unknown>): void => {
    const ended: Promise<unknown> = work.catch(onFault).finally(() => running.delete(ended));
    running.add(ended);
  };
  const idle = async (): Promise<void> => {
    while (running.size > 0) await Promise.all(running);
  };
  const senderOf = createSenders(call, parts.clock);
  const interaction: InteractionParts = {
    handleTurn: parts.handleTurn,
    identity: identity.get,
    senderOf,
    modals: createModals({ call, kept, say, log }),
    tell: createTell({ posts, direct, kept, tables, say, log }),
    kept,
    tables,
    say,
    readerOf: parts.readerOf,
    beginsDialog: parts.beginsDialog,
    later,
    onFault,
  };
  const platform = createSlackPlatform({
    call,
    posts,
    direct,
    kept,
    say,
    approvalsChannel: settings.approvalsChannel,
    trouble: () => watch.trouble() ?? connection.trouble(),
    onTrouble: watch.report,
  });
  const bolt = new App({
    receiver: connection.receiver,
    authorize: async () => ({ botToken }),
    logger,
    ignoreSelf: false,
    convoStore: false,
    // Bolt makes clients of its own from these; none of ours goes through them.
    clientOptions: apiUrl === null ? {} : { slackApiUrl: apiUrl },
  });
  listen();

  return {
    platform,
    router: connection.router,
    async start() {
      await watch.start();
      await connection.start();
    },
    idle,
    async close() {
      watch.stop();
      await connection.stop();
      await idle();
    },
  };

  function connect(): {
    readonly receiver: Receiver;
    readonly router: Router | null;
    readonly trouble: () => string | null;
    readonly start: () => Promise<unknown>;
    readonly stop: () => Promise<unknown>;
  } {
    const nothing = (): Promise<unknown> => Promise.resolve();
    if (transport.kind === 'http') {
      const { receiver, router } = createSlackHttp({ signingSecret: transport.signingSecret, logger, log, counts });
      return { receiver, router, trouble: () => null, start: nothing, stop: nothing };
    }
    const { receiver, trouble } = createSlackSocket({ appToken: transport.appToken, apiUrl, logger, log, counts });
    return { receiver, router: null, trouble, start: () => receiver.start(), stop: () => receiver.stop() };
  }

  function listen(): void {
    const events = createEvents({ receive: parts.receive, store: parts.store, identity: identity.get, senderOf, direct });
    const homes = createHomes({ home: parts.home, platform, identity: identity.get, senderOf });
    const submissions = createSubmissions(interaction);
    const clicks = createClicks(interaction, submissions.pressed);
    const commands = createCommands(interaction);
    // Whoever waits for an answer has to learn that there is none: Slack sends an event again, and tells a person.
    bolt.error(async (error) => {
      throw error;
    });
    bolt.event('message', ({ body }) => events(body));
    bolt.event('app_mention', ({ body }) => events(body));
    bolt.event('app_home_opened', async ({ body }) => later(homes(body)));
    bolt.action(everything, (listener) => clicks(listener.body, ackOf(listener)));
    bolt.view(everything, (listener) => submissions.submitted(listener.body, ackOf(listener)));
    bolt.view({ callback_id: everything, type: 'view_closed' }, (listener) => submissions.closed(listener.body, ackOf(listener)));
    bolt.command(everything, (listener) => commands.command(listener.body, ackOf(listener)));
    bolt.shortcut(everything, (listener) => commands.shortcut(listener.body, ackOf(listener)));
    bolt.options(everything, ({ ack }) => ack());
  }
}

/** Bolt's acknowledgement. Each kind of interaction types its own answers; ours are made for the kind they answer. */
interface Acknowledging {
  ack(answer?: unknown): Promise<void>;
}

function ackOf(listener: Acknowledging): Ack {
  return (answer) => listener.ack(answer);
}
