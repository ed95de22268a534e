import Sqlite from 'better-sqlite3';
import { type Listening, listen } from '../../src/adapters/http/listen.ts';
import { createSlack, type Slack, type SlackParts, type SlackSettings } from '../../src/adapters/slack/app.ts';
import type { Refusal } from '../../src/adapters/slack/counts.ts';
import { slackEventsPath } from '../../src/adapters/slack/http.ts';
import type { LogLine } from '../../src/adapters/slack/log.ts';
import { neededScopes } from '../../src/adapters/slack/start-check.ts';
import type { Knowledge } from '../../src/app/ports.ts';
import { loadTestKnowledge } from './knowledge.ts';
import { startProgram, still, type TestClock, type TestProgram } from './program.ts';
import { bot, type SlackEmulator, startEmulator, type WorkspacePerson, workspacePeople } from './slack-emulator.ts';
import { type SlackFront, startFront } from './slack-front.ts';
import { SlackSeat } from './slack-seat.ts';
import { createSender, type SlackSender, signingSecret } from './slack-sender.ts';

export type SlackWorld = {
  readonly emulator: SlackEmulator;
  readonly front: SlackFront;
  readonly sender: SlackSender;
  readonly started: TestProgram;
  readonly slack: Slack;
  readonly log: readonly LogLine[];
  readonly refused: readonly Refusal[];
  readonly seat: (person: WorkspacePerson) => SlackSeat;
  /** Resolves when everything that was taken in is worked off and everything due is delivered. */
  readonly settled: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** A workspace that outlives the processes that serve it. */
export type Workspace = { readonly emulator: SlackEmulator; readonly front: SlackFront; readonly close: () => Promise<void> };

export async function startWorkspace(): Promise<Workspace> {
  const emulator = await startEmulator();
  const front = await startFront(emulator, neededScopes);
  return {
    emulator,
    front,
    close: async () => {
      await front.close();
      await emulator.close();
    },
  };
}

export type WorldOptions = {
  /** One that is there already, and stays. */
  readonly workspace?: Workspace;
  readonly clock?: TestClock;
  readonly databaseUrl?: string;
  readonly settings?: Partial<SlackSettings>;
  readonly parts?: Partial<SlackParts>;
  readonly wrap?: (program: TestProgram['program']) => Pick<TestProgram['program'], 'handleTurn' | 'receive' | 'home'>;
};

/** The program with Slack, against the emulator, over HTTP on loopback. */
export async function startWorld(options: WorldOptions = {}): Promise<SlackWorld> {
  const workspace = options.workspace ?? (await startWorkspace());
  const { emulator, front } = workspace;
  const knowledge = still(withIdentities(loadTestKnowledge(), emulator));
  const started = await startProgram({
    knowledge,
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    ...(options.databaseUrl === undefined ? {} : { databaseUrl: options.databaseUrl }),
  });
  const { program, store, clock } = started;
  const log: LogLine[] = [];
  const refused: Refusal[] = [];
  const used = options.wrap?.(program) ?? program;
  const slack = createSlack({
    settings: {
      botToken: bot.token,
      transport: { kind: 'http', signingSecret },
      apiUrl: front.api,
      approvalsChannel: emulator.channel('approvals'),
      ...options.settings,
    },
    handleTurn: used.handleTurn,
    receive: used.receive,
    home: used.home,
    store,
    notes: store,
    clock,
    say: () => knowledge.current().say,
    readerOf: (account) =>
      knowledge.current().people.find(({ identities }) => identities['slack'] === account) ?? { locale: 'en', zone: 'UTC' },
    counts: { refused: (reason) => refused.push(reason), retried: () => undefined },
    log: (line) => log.push(line),
    onFault: (fault) => log.push({ level: 'error', what: `fault: ${fault instanceof Error ? fault.stack : String(fault)}` }),
    ...options.parts,
  });
  program.attach(slack.platform);
  const server: Listening = await listen(slack.router === null ? [] : [slack.router], '127.0.0.1', 0);
  await slack.start();
  const sender = createSender(() => new URL(slackEventsPath, server.url).href);
  const seats = new Map<WorkspacePerson, SlackSeat>(
    workspacePeople.map((name) => [name, new SlackSeat(name, { emulator, front, sender })]),
  );
  const database = new Sqlite(started.databaseUrl.replace('sqlite:', ''), { readonly: true });
  const isPending = (): boolean => {
    const now = clock.now().toISOString();
    const kept = database.prepare('select 1 from inbox where done_at is null and due_at <= ? limit 1').get(now);
    return (
      kept !== undefined || database.prepare("select 1 from outbox where status = 'pending' and due_at <= ? limit 1").get(now) !== undefined
    );
  };
  return {
    emulator,
    front,
    sender,
    started,
    slack,
    log,
    refused,
    seat: (person) => seats.get(person) ?? new SlackSeat(person, { emulator, front, sender }),
    async settled() {
      for (;;) {
        await program.deliver();
        await slack.idle();
        if (!isPending()) return;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    async close() {
      await slack.close();
      await server.close();
      database.close();
      await started.close();
      if (options.workspace === undefined) await workspace.close();
    },
  };
}

/** The sample people as they are known in the emulator's workspace. Visitors and strangers are in no file. */
export function withIdentities(knowledge: Knowledge, emulator: SlackEmulator): Knowledge {
  const people = knowledge.people.map((person) => {
    const name = workspacePeople.find((one) => one === person.id);
    return name === undefined ? person : { ...person, identities: { slack: emulator.user(name) } };
  });
  return { ...knowledge, people };
}
