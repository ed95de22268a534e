import { request as httpRequest, type Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import express from 'express';
import { z } from 'zod';
import type { WireMessage, WireView } from '../../src/adapters/web/page/wire.ts';
import type { WebParts } from '../../src/adapters/web/server.ts';
import { createWeb, type Web } from '../../src/adapters/web/server.ts';
import { memoryBoard, stubKnowledge } from './web-stubs.ts';

export const rendererFile = fileURLToPath(new URL('../../node_modules/adaptivecards/dist/adaptivecards.min.js', import.meta.url));
export const pageSource = fileURLToPath(new URL('../../src/adapters/web/page', import.meta.url));

export type Answer = {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
};
export type RunningWeb = Web & {
  readonly port: number;
  readonly faults: readonly unknown[];
  /** Any request at all, whatever its headers say: `fetch` would mend some of them. */
  raw(method: string, path: string, headers: Record<string, string>, body?: string): Promise<Answer>;
  view(as: string): Promise<WireView>;
  turn(turn: object): Promise<Answer>;
  stop(): Promise<void>;
};

const at = new Date('2026-11-20T14:02:00.000Z');

/** The page's server on a free port of loopback. */
export async function runWeb(parts: Partial<WebParts>): Promise<RunningWeb> {
  const faults: unknown[] = [];
  const web = createWeb({
    handleTurn: async () => ({ cards: [], private: false }),
    knowledge: stubKnowledge,
    board: memoryBoard(),
    clock: { now: () => at },
    pageDir: pageSource,
    rendererFile,
    epoch: 'test',
    onFault: (fault) => faults.push(fault),
    ...parts,
  });
  const server = await listening(express().use(web.router));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const { port } = address;
  const raw: RunningWeb['raw'] = (method, path, headers, body) => send(port, method, path, headers, body);
  return {
    ...web,
    port,
    faults,
    raw,
    async view(as) {
      const answer = await raw('GET', `/api/view?as=${as}`, {});
      return viewSchema.parse(JSON.parse(answer.body));
    },
    turn: (turn) =>
      raw('POST', '/api/turns', { origin: `http://127.0.0.1:${port}`, 'content-type': 'application/json' }, JSON.stringify(turn)),
    async stop() {
      web.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Our own server's answer, as far as tests look at it. */
const viewSchema = z.custom<WireView>((value) => typeof value === 'object' && value !== null && 'conversations' in value);

function listening(app: express.Express): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = app.listen(0, '127.0.0.1', (error?: Error) => (error ? reject(error) : resolve(server)));
  });
}

function send(port: number, method: string, path: string, headers: Record<string, string>, body = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ port, host: '127.0.0.1', method, path, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text, headers: response.headers }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

export type StreamEvent = { readonly id: string; readonly event: string; readonly data: unknown };

/** An open event stream, as a browser reads one. `next` waits for the next event. */
export async function openEvents(port: number, as: string, lastId: string | null = null) {
  const abort = new AbortController();
  const response = await fetch(`http://127.0.0.1:${port}/api/events?as=${as}`, {
    signal: abort.signal,
    headers: { 'Sec-Fetch-Site': 'same-origin', ...(lastId === null ? {} : { 'Last-Event-ID': lastId }) },
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let buffered = '';
  async function next(): Promise<StreamEvent> {
    for (;;) {
      const end = buffered.indexOf('\n\n');
      if (end >= 0) {
        const block = buffered.slice(0, end);
        buffered = buffered.slice(end + 2);
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
        const data = field('data');
        if (data !== undefined) return { id: field('id') ?? '', event: field('event') ?? 'message', data: JSON.parse(data) };
        continue;
      }
      const chunk = await reader?.read();
      if (chunk === undefined || chunk.done) throw new Error('the stream ended');
      buffered += chunk.value;
    }
  }
  return { next, close: () => abort.abort() };
}

const wireEvent = z.object({ conversation: z.string(), message: z.custom<WireMessage>((value) => typeof value === 'object') });
export function messageOf({ data }: StreamEvent): WireMessage {
  return wireEvent.parse(data).message;
}
