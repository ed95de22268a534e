import { randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';
import { App, ExpressReceiver, LogLevel } from '@slack/bolt';
import express, { Router } from 'express';
import { type Listening, listen } from '../src/adapters/http/listen.ts';
import { createSlack } from '../src/adapters/slack/app.ts';
import { slackEventsPath } from '../src/adapters/slack/http.ts';
import { startProgram } from '../test/support/program.ts';
import { sign } from '../test/support/slack-sender.ts';
import { type Measure, rates } from './measurement.ts';

const perRound = 100;
const warmUp = 3;
/** Questions under way at the same time, each of somebody else. */
const atOnce = 32;
const secret = 'a-signing-secret';
const token = 'xoxb-0-bench';
const team = 'T0BENCH';
const channel = 'C0BENCH';
const bot = 'U0BENCHBOT';
const questions = ['which ports from Edge to Director?', 'is 5061 allowed from director to edge?', '从边缘服务器到控制器需要开哪些端口？'];

/**
 * Questions a second in Slack: from a signed mention over HTTP to the answer posted, with a database file and its audit log. The
 * floor is a bare Bolt app that checks the signature, acknowledges and posts a fixed text as long as an answer. Both ask the same
 * Web API, which answers at once.
 */
export const measure: Measure = async ({ full }) => {
  const api = await startApi();
  const ours = await startOurs(api.url);
  const floor = await startFloor(api.url, 'x'.repeat(await answered(ours.url, api, 0)));
  const times: { readonly ours: number[]; readonly floors: number[] } = { ours: [], floors: [] };
  for (let turn = -warmUp; turn < (full ? 60 : 12); turn += 1) {
    const took = await roundOf(ours.url, api);
    const bare = await roundOf(floor.url, api);
    if (turn < 0) continue;
    times.ours.push(took);
    times.floors.push(bare);
  }
  for (const { close } of [floor, ours, api]) await close();
  agent.destroy();
  return [rates('slack-question', perRound, times.ours, times.floors)];
};

type Server = Pick<Listening, 'url' | 'close'>;
/** `answerTo`: resolves with the length of the next message in a thread, in characters as it was sent. */
type Api = Server & { readonly answerTo: (thread: string) => Promise<number> };

/** Milliseconds of one round. */
async function roundOf(url: string, api: Api): Promise<number> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < perRound) {
      next += 1;
      await answered(url, api, next);
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: atOnce }, worker));
  return performance.now() - start;
}

const agent = new Agent({ keepAlive: true });
let asked = 0;

/** One question, until it is acknowledged and its answer is posted. Returns the answer's length. */
async function answered(url: string, api: Api, asker: number): Promise<number> {
  asked += 1;
  const ts = `1790000000.${String(asked).padStart(6, '0')}`;
  const text = `<@${bot}> ${questions[asked % questions.length]}`;
  const event = { type: 'app_mention', user: `U0ASKER${asker % perRound}`, text, ts, channel, team, event_ts: ts };
  const about = { token: 'unused', team_id: team, api_app_id: 'A0BENCH', type: 'event_callback', event_id: `Ev${asked}` };
  const body = JSON.stringify({ ...about, event_time: Math.floor(Date.now() / 1000), event });
  const answer = api.answerTo(ts);
  await send(new URL(slackEventsPath, url), body);
  return answer;
}

function send(url: URL, body: string): Promise<void> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': sign(body, timestamp, secret),
  };
  return new Promise((resolve, reject) => {
    request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume().on('end', () => (response.statusCode === 200 ? resolve() : reject(new Error(`status ${response.statusCode}`))));
    })
      .on('error', reject)
      .end(body);
  });
}

async function startOurs(apiUrl: string): Promise<Server> {
  const started = await startProgram({
    clock: { now: () => new Date(), set: () => undefined },
    newSalt: () => randomBytes(32).toString('base64'),
  });
  const { program, store, clock, knowledge } = started;
  const onFault = (fault: unknown): never => {
    throw fault;
  };
  const slack = createSlack({
    settings: { botToken: token, transport: { kind: 'http', signingSecret: secret }, apiUrl, approvalsChannel: null },
    handleTurn: program.handleTurn,
    receive: program.receive,
    home: program.home,
    store,
    notes: store,
    clock,
    say: () => knowledge.current().say,
    readerOf: () => ({ locale: 'en', zone: 'UTC' }),
    beginsDialog: () => false,
    counts: { refused: (reason) => onFault(new Error(reason)), retried: () => undefined },
    log: ({ what }) => onFault(new Error(what)),
    onFault,
  });
  program.attach(slack.platform);
  const server = await listen(slack.router === null ? [] : [slack.router], '127.0.0.1', 0);
  return {
    url: server.url,
    async close() {
      await program.deliver();
      await slack.close();
      await server.close();
      await started.close();
      for (const fault of started.faults) onFault(fault);
    },
  };
}

async function startFloor(apiUrl: string, text: string): Promise<Server> {
  const router = Router();
  const receiver = new ExpressReceiver({ signingSecret: secret, endpoints: slackEventsPath, router, logLevel: LogLevel.ERROR });
  const app = new App({ receiver, token, logLevel: LogLevel.ERROR, clientOptions: { slackApiUrl: apiUrl } });
  app.event('app_mention', async ({ event, client }) => {
    await client.chat.postMessage({ channel: event.channel, thread_ts: event.ts, text });
  });
  return listen([router], '127.0.0.1', 0);
}

/** Just enough of the Web API for a bot to post. */
async function startApi(): Promise<Api> {
  const waiting = new Map<string, (length: number) => void>();
  let posts = 0;
  const answerOf = (method: string): object => {
    if (method === 'auth.test') return { ok: true, team_id: team, user_id: bot, bot_id: 'B0BENCH' };
    if (method === 'users.info') return { ok: true, user: { team_id: team, name: 'asker' } };
    posts += 1;
    return method === 'chat.postMessage' ? { ok: true, channel, ts: `1790000000.9${posts}` } : { ok: false, error: 'unknown_method' };
  };
  const router = Router();
  router.post('/api/:method', express.text({ type: () => true }), ({ params, body }, response) => {
    response.json(answerOf(params.method));
    const thread = new URLSearchParams(String(body)).get('thread_ts') ?? '';
    waiting.get(thread)?.(String(body).length);
    waiting.delete(thread);
  });
  const server = await listen([router], '127.0.0.1', 0);
  return {
    url: new URL('api/', server.url).href,
    answerTo: (thread) => new Promise((resolve) => waiting.set(thread, resolve)),
    close: server.close,
  };
}
