import { type App, type Logger, type Receiver, SocketModeReceiver } from '@slack/bolt';
import { z } from 'zod';
import { clientOptions } from './client.ts';
import type { Counts } from './counts.ts';
import { failureOf } from './errors.ts';
import type { Log } from './log.ts';

const envelope = z.object({
  body: z.record(z.string(), z.unknown()),
  retry_num: z.number().nullish(),
  retry_reason: z.string().nullish(),
});

const firstWaitMs = 250;
const longestWaitMs = 60_000;
const slowestPongMs = 15_000;

export type SlackSocket = {
  readonly receiver: Receiver;
  /** What keeps the socket from standing; null while it stands. */
  readonly trouble: () => string | null;
};

/**
 * Socket Mode by Bolt's receiver, with two things of our own. An event is acknowledged after its listeners, once it is stored:
 * Bolt would do so before. And a connection that ends, or can't be had, is tried anew for as long as the program runs: Bolt's
 * own way gives up on a failed connection, and takes the process with it.
 */
export function createSlackSocket(parts: {
  readonly appToken: string;
  readonly apiUrl: string | null;
  readonly logger: Logger;
  readonly log: Log;
  readonly counts: Counts;
}): SlackSocket {
  const { appToken, apiUrl, logger, log, counts } = parts;
  const inner = new SocketModeReceiver({
    appToken,
    logger,
    autoReconnectEnabled: false,
    clientPingTimeout: slowestPongMs,
    installerOptions: { clientOptions: clientOptions(apiUrl, logger) },
  });
  const { client } = inner;
  let isStopped = false;
  let trouble: string | null = 'the socket is not open yet';
  let waitMs = firstWaitMs;
  let timer: NodeJS.Timeout | undefined;

  async function connect(): Promise<void> {
    try {
      await client.start();
    } catch (error) {
      // An error of the socket itself is followed by its end, which brings us here again.
      trouble = `the socket cannot be opened: ${error === undefined ? 'it was closed' : whyNot(error)}`;
      log({ level: 'warn', what: trouble });
      again();
    }
  }

  function again(): void {
    if (isStopped || timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      void connect();
    }, waitMs);
    waitMs = Math.min(waitMs * 2, longestWaitMs);
  }

  client.on('connected', () => {
    trouble = null;
    waitMs = firstWaitMs;
  });
  client.on('disconnected', () => {
    if (isStopped) return;
    trouble ??= 'the socket was closed and is being opened again';
    again();
  });

  return {
    receiver: {
      init(app: App) {
        client.on('slack_event', async (event: unknown) => {
          await take(app, event).catch((error: unknown) => {
            counts.refused('not-stored');
            log({ level: 'warn', what: `an event could not be taken in: ${error instanceof Error ? error.message : typeof error}` });
          });
        });
      },
      async start() {
        void connect();
      },
      async stop() {
        isStopped = true;
        clearTimeout(timer);
        await inner.stop();
      },
    },
    trouble: () => trouble,
  };

  async function take(app: App, event: unknown): Promise<void> {
    const { body, retry_num, retry_reason } = envelope.parse(event);
    const acknowledge = z
      .object({ ack: z.custom<(answer?: unknown) => Promise<void>>((ack) => typeof ack === 'function') })
      .parse(event).ack;
    if (retry_num != null && retry_num > 0) counts.retried();
    const isEvent = body['type'] === 'event_callback';
    const retries = {
      ...(retry_num == null ? {} : { retryNum: retry_num }),
      ...(retry_reason == null ? {} : { retryReason: retry_reason }),
    };
    let isAcknowledged = false;
    await app.processEvent({
      body,
      ...retries,
      ack: async (answer?: unknown) => {
        if (isEvent || isAcknowledged) return;
        isAcknowledged = true;
        await acknowledge(answer);
      },
    });
    if (!isAcknowledged) await acknowledge();
  }
}

function whyNot(error: unknown): string {
  const failure = failureOf(error);
  if (failure.kind === 'gone' || !failure.trouble) return failure.reason;
  const token = 'make an app-level token with the scope connections:write on the app’s Basic Information page';
  return `Slack refuses SLACK_APP_TOKEN: ${failure.reason}: ${token}, and set SLACK_APP_TOKEN to it`;
}
