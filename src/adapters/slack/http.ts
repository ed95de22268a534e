import type { ServerResponse } from 'node:http';
import { ExpressReceiver, type Logger } from '@slack/bolt';
import express, { type NextFunction, type Request, type Response, Router } from 'express';
import type { Counts, Refusal } from './counts.ts';
import type { Log } from './log.ts';

export const slackEventsPath = '/slack/events';

const bodyLimit = '1mb';
const mostAheadSeconds = 5 * 60;

export type SlackHttp = { readonly receiver: ExpressReceiver; readonly router: Router };

/**
 * Bolt's receiver as a router of our own server. Bolt checks the signature and its age; in front of it stand the size of a
 * body, which nobody may make us read further than that, and timestamps of the future, which Bolt lets through. An answer
 * waits until the listeners are done: 200 says that an event is stored, 503 that Slack has to send it again.
 */
export function createSlackHttp(parts: {
  readonly signingSecret: string;
  readonly logger: Logger;
  readonly log: Log;
  readonly counts: Counts;
}): SlackHttp {
  const { signingSecret, logger, log, counts } = parts;
  const router = Router();
  router.post(slackEventsPath, counted, express.raw({ type: () => true, limit: bodyLimit, inflate: false }), guard);
  const receiver = new PromptReceiver({
    signingSecret,
    logger,
    endpoints: slackEventsPath,
    router,
    processBeforeResponse: true,
    processEventErrorHandler: async ({ response, error }) => {
      log({ level: 'warn', what: `an event could not be taken in: ${error.message}` });
      unavailable(response);
      return false;
    },
    unhandledRequestHandler: ({ response }) => unavailable(response),
  });
  router.use(slackEventsPath, refuse);
  return { receiver, router };

  function counted(request: Request, response: Response, next: NextFunction): void {
    response.on('finish', () => {
      const reason = reasonOf(response);
      if (reason === null) {
        if (request.get('x-slack-retry-num') !== undefined) counts.retried();
        return;
      }
      counts.refused(reason);
      const hint = reason === 'signature' ? ': not from Slack, older than five minutes, or SLACK_SIGNING_SECRET is not this app’s' : '';
      log({ level: 'warn', what: `refused a request: ${reason}${hint}` });
    });
    next();
  }

  function guard(request: Request, response: Response, next: NextFunction): void {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    if (isSslCheck(request, body)) {
      response.status(200).send();
      return;
    }
    const sent = Number(request.get('x-slack-request-timestamp'));
    if (sent > Date.now() / 1000 + mostAheadSeconds) {
      response.locals['reason'] = 'future';
      response.status(401).send();
      return;
    }
    // Where Bolt looks for a body that was read before it.
    Object.assign(request, { rawBody: body });
    next();
  }

  // Express tells an error handler by its four parameters.
  function refuse(error: unknown, _request: Request, response: Response, next: NextFunction): void {
    if (response.headersSent) {
      next(error);
      return;
    }
    const isLarge = error instanceof Error && 'type' in error && error.type === 'entity.too.large';
    response.status(isLarge ? 413 : 400).send();
  }
}

/** Bolt's receiver, but for kinds of payload that nobody knows: they are answered at once, so that Slack does not send them again. */
class PromptReceiver extends ExpressReceiver {
  override async requestHandler(request: Request, response: Response): Promise<void> {
    await super.requestHandler(request, response);
    if (response.headersSent) return;
    response.locals['reason'] = 'unknown';
    response.status(200).send();
  }
}

function unavailable(response: ServerResponse): void {
  if (!response.headersSent) response.writeHead(503).end();
}

function reasonOf(response: Response): Refusal | null {
  const { reason } = response.locals;
  if (reason === 'future' || reason === 'unknown') return reason;
  switch (response.statusCode) {
    case 401:
      return 'signature';
    case 413:
      return 'too-large';
    case 503:
      return 'not-stored';
    default:
      return response.statusCode >= 400 ? 'malformed' : null;
  }
}

/** Slack asks this without a signature, and wants no more than an answer. */
function isSslCheck(request: Request, body: Buffer): boolean {
  if (request.get('content-type') !== 'application/x-www-form-urlencoded') return false;
  return body.length < 1_000 && new URLSearchParams(body.toString('utf8')).get('ssl_check') === '1';
}
