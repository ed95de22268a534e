import Sqlite from 'better-sqlite3';
import { type Listening, listen } from '../../src/adapters/http/listen.ts';
import { createSlack, type Slack, type SlackParts, type SlackSettings } from '../../src/adapters/slack/app.ts';
import type { Refusal } from '../../src/adapters/slack/counts.ts';
import { slackEventsPath } from '../../src/adapters/slack/http.ts';
import type { LogLine } from '../../src/adapters/slack/log.ts';
import type { Knowledge } from '../../src/app/ports.ts';
import { beginsDialog } from '../../src/app/read-command.ts';
import { startProgram, still, type TestClock, type TestProgram } from './program.ts';
import { bot } from './slack-emulator.ts';
import { signingSecret } from './slack-sender.ts';

export type ProcessOptions = {
  /** Slack's Web API. */
  readonly api: string;
  readonly approvals: string;
  readonly knowledge: Knowledge;
  readonly clock?: TestClock;
  readonly databaseUrl?: string;
  readonly settings?: Partial<SlackSettings>;
  readonly parts?: Partial<SlackParts>;
  /** One that serves another platform too, and is closed by whoever started it. */
  readonly started?: TestProgram;
};

export type SlackProcess = {
  /** Where Slack sends its events. */
  readonly events: string;
  readonly started: TestProgram;
  readonly slack: Slack;
  readonly log: readonly LogLine[];
  readonly refused: readonly Refusal[];
  /** Resolves when everything that was taken in is worked off and everything due is delivered. */
  readonly settled: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** One process that serves Slack, over HTTP on loopback unless its settings say otherwise. */
export async function startProcess(options: ProcessOptions): Promise<SlackProcess> {
  const started =
    options.started ??
    (await startProgram({
      knowledge: still(options.knowledge),
      ...(options.clock === undefined ? {} : { clock: options.clock }),
      ...(options.databaseUrl === undefined ? {} : { databaseUrl: options.databaseUrl }),
    }));
  const { program, store, clock } = started;
  const log: LogLine[] = [];
  const refused: Refusal[] = [];
  const slack = createSlack({
    settings: {
      botToken: bot.token,
      transport: { kind: 'http', signingSecret },
      apiUrl: options.api,
      approvalsChannel: options.approvals,
      ...options.settings,
    },
    handleTurn: program.handleTurn,
    receive: program.receive,
    home: program.home,
    store,
    notes: store,
    clock,
    say: () => options.knowledge.say,
    readerOf: (account) =>
      options.knowledge.people.find(({ identities }) => identities['slack'] === account) ?? { locale: 'en', zone: 'UTC' },
    beginsDialog: (text) => beginsDialog(text, options.knowledge.words),
    counts: { refused: (reason) => refused.push(reason), retried: () => undefined },
    log: (line) => log.push(line),
    onFault: (fault) => log.push({ level: 'error', what: `fault: ${fault instanceof Error ? fault.stack : String(fault)}` }),
    ...options.parts,
  });
  program.attach(slack.platform);
  const server: Listening = await listen(slack.router === null ? [] : [slack.router], '127.0.0.1', 0);
  await slack.start();
  const database = new Sqlite(started.databaseUrl.replace('sqlite:', ''), { readonly: true });
  const isDue = (table: 'inbox' | 'outbox', lane: string, open: string): boolean => {
    const before = `select 1 from ${table} b where b.${open} and b.${lane} = a.${lane} and b.seq < a.seq`;
    const due = `select 1 from ${table} a where a.${open} and a.due_at <= ? and not exists (${before}) limit 1`;
    return database.prepare(due).get(clock.now().toISOString()) !== undefined;
  };
  const isPending = (): boolean => isDue('inbox', 'lane', 'done_at is null') || isDue('outbox', 'conversation_key', "status = 'pending'");
  return {
    events: new URL(slackEventsPath, server.url).href,
    started,
    slack,
    log,
    refused,
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
      if (options.started === undefined) await started.close();
    },
  };
}
