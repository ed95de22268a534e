import { type Request, type Response, Router } from 'express';
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/** What the operator's tools ask for: whether the program lives, whether it can work, and its figures. */
export type Operations = {
  readonly router: Router;
  readonly turns: Counter<'platform' | 'kind'>;
  readonly deliveryFailures: Counter<'platform' | 'ended'>;
  readonly auditTrouble: Gauge;
  readonly refusedRequests: Counter<'platform' | 'reason'>;
  readonly repeatedRequests: Counter<'platform'>;
};

type ByPart = Readonly<Record<string, string>>;
/** How much is kept that has not been worked on, and not been delivered. */
type Backlog = { readonly inbox: number; readonly outbox: number };

/** `check` answers with what is wrong, by part; nothing wrong means ready. `notes` is what an operator should look after all the same. */
export function createOperations(check: () => Promise<ByPart>, notes: () => ByPart, backlog: () => Promise<Backlog>): Operations {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'portclerk_waiting',
    help: 'What was said and is not answered yet (inbox), and what was answered and is not delivered yet (outbox)',
    labelNames: ['where'] as const,
    registers: [registry],
    async collect() {
      // Without the database the other figures are shown all the same.
      const { inbox, outbox } = await backlog().catch(() => ({ inbox: Number.NaN, outbox: Number.NaN }));
      this.set({ where: 'inbox' }, inbox);
      this.set({ where: 'outbox' }, outbox);
    },
  });
  const turns = new Counter({
    name: 'portclerk_turns_total',
    help: 'Messages and clicks taken in',
    labelNames: ['platform', 'kind'] as const,
    registers: [registry],
  });
  const deliveryFailures = new Counter({
    name: 'portclerk_delivery_failures_total',
    help: 'Deliveries that did not go through; ended says whether they were given up',
    labelNames: ['platform', 'ended'] as const,
    registers: [registry],
  });
  const auditTrouble = new Gauge({
    name: 'portclerk_audit_trouble',
    help: '1 while checkpoints of the audit log cannot be signed or anchored',
    registers: [registry],
  });
  const refusedRequests = new Counter({
    name: 'portclerk_refused_requests_total',
    help: 'Requests of a chat platform that were turned away, by reason',
    labelNames: ['platform', 'reason'] as const,
    registers: [registry],
  });
  const repeatedRequests = new Counter({
    name: 'portclerk_repeated_requests_total',
    help: 'Requests that a chat platform sent again',
    labelNames: ['platform'] as const,
    registers: [registry],
  });
  const router = Router();
  router.get('/healthz', (_request: Request, response: Response) => void response.json({ status: 'alive' }));
  router.get('/readyz', async (_request: Request, response: Response) => {
    const wrong = await check();
    const ready = Object.keys(wrong).length === 0;
    response.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'not ready', ...wrong, ...notes() });
  });
  router.get('/metrics', async (_request: Request, response: Response) => {
    response.type(registry.contentType).send(await registry.metrics());
  });
  return { router, turns, deliveryFailures, auditTrouble, refusedRequests, repeatedRequests };
}
