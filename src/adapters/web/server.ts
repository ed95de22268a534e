import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import { z } from 'zod';
import type { Clock, HandleTurn, KnowledgeSource, MessageBoard } from '../../app/ports.ts';
import type { ChatPlatform } from '../../chat/platform.ts';
import { personIdSchema } from '../../domain/actor.ts';
import { AppError } from '../../errors.ts';
import { type Locale, localeSchema } from '../../locale.ts';
import { mayRead } from './conversations.ts';
import { guard } from './guard.ts';
import { createLive } from './live.ts';
import { createWebPlatform } from './platform.ts';
import { failureText } from './texts.ts';
import { createTurns, isOverlong, turnSchema } from './turns.ts';
import { readView, wireMessage } from './view.ts';

const bodyLimit = '64kb';
const heartbeatMs = 20_000;
const reconnectMs = 1_000;
const query = z.object({ as: personIdSchema.catch(personIdSchema.parse('engineer')), lang: localeSchema.nullable().catch(null) });

export type WebParts = {
  readonly handleTurn: HandleTurn;
  readonly knowledge: KnowledgeSource;
  readonly board: MessageBoard;
  readonly clock: Clock;
  /** Folder of index.html, page.css and the compiled page. */
  readonly pageDir: string;
  /** Microsoft's renderer for browsers, adaptivecards.min.js. */
  readonly rendererFile: string;
  /** Different for every process: an event id of another one means "read everything again". */
  readonly epoch: string;
  /** Hears of every fault that a person was told about in general words. */
  readonly onFault: (fault: unknown) => void;
};

export type Web = {
  readonly platform: ChatPlatform;
  readonly router: Router;
  /** Ends the open event streams, so that a server can close. */
  close(): void;
};

/** The local page: its chat platform for the outbox, and its routes. */
export function createWeb(parts: WebParts): Web {
  const { knowledge, board, clock, onFault } = parts;
  const live = createLive(parts.epoch);
  const takeTurn = createTurns({ ...parts, knowledge: () => knowledge.current(), live });
  const router = express.Router();

  router.use(guard);
  router.get('/api/view', async (request, response) => {
    const { as, lang } = query.parse({ lang: null, ...request.query });
    response.json(await readView(as, lang, knowledge.current(), board));
  });
  router.get('/api/events', (request, response) => listen(request, response));
  router.post('/api/turns', requireJson, express.json({ limit: bodyLimit, strict: true }), async (request, response) => {
    const turn = turnSchema.safeParse(request.body);
    if (!turn.success)
      return isOverlong(request.body) ? fail(request, response, 413, 'failure.large') : fail(request, response, 400, 'failure.invalid');
    if ((await takeTurn(turn.data)) === 'no-place') return fail(request, response, 404, 'failure.gone');
    response.json({});
  });
  router.get('/adaptivecards.js', (_request, response) => response.sendFile(parts.rendererFile, { cacheControl: false }));
  router.use(express.static(parts.pageDir, { cacheControl: false, index: 'index.html' }));
  router.use(onError);

  return { platform: createWebPlatform(board, live, clock), router, close: () => live.close() };

  function listen(request: Request, response: Response): void {
    const { as } = query.parse({ lang: null, ...request.query });
    response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8', Connection: 'keep-alive' });
    response.write(`retry: ${reconnectMs}\n\n`);
    const heartbeat = setInterval(() => response.write(':\n\n'), heartbeatMs);
    heartbeat.unref();
    const stop = live.listen(
      {
        mayRead: (message) => mayRead(as, message, knowledge.current()),
        send(id, event, message) {
          const data =
            message === null ? {} : { conversation: message.conversation.id, message: wireMessage(message, knowledge.current()) };
          response.write(`id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
        },
        end: () => response.end(),
      },
      request.get('Last-Event-ID') ?? null,
    );
    response.on('close', () => {
      clearInterval(heartbeat);
      stop();
    });
  }

  function requireJson(request: Request, response: Response, next: NextFunction): void {
    if (request.is('application/json') === 'application/json') next();
    else fail(request, response, 415, 'failure.invalid');
  }

  function fail(request: Request, response: Response, status: number, text: string): void {
    response.status(status).json({ error: failureText(knowledge.current(), text, localeOf(request)) });
  }

  // Express tells an error handler by its four parameters.
  function onError(error: unknown, request: Request, response: Response, _next: NextFunction): void {
    const status = statusOf(error);
    if (status >= 500) onFault(error);
    const busy = error instanceof AppError && error.code === 'store-busy';
    fail(
      request,
      response,
      busy ? 503 : status,
      busy ? 'failure.busy' : status === 413 ? 'failure.large' : status < 500 ? 'failure.invalid' : 'failure.fault',
    );
  }
}

/** The page says which language it is shown in; everything else asks in its `Accept-Language`. */
function localeOf(request: Request): Locale {
  const chosen = localeSchema.safeParse(request.query['lang']);
  if (chosen.success) return chosen.data;
  return request.acceptsLanguages('en', 'zh') === 'zh' ? 'zh-CN' : 'en';
}

const httpError = z.object({ status: z.int().min(400).max(499) });
function statusOf(error: unknown): number {
  const parsed = httpError.safeParse(error);
  return parsed.success ? parsed.data.status : 500;
}
